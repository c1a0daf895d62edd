console.log(require('minimist')(['-a', '1', '--b.c=2', '--no-d', '-xyz', '--', 'r', '-q'], { boolean: ['x'], default: { e: 5 }, '--': true }));

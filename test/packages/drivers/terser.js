require('terser').minify('function add(first, second) { const unused = 1; return first + second; } if (false) { x() } console.log(add(1, 2))', { toplevel: true }).then((r) => console.log(r.code));

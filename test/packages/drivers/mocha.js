const Mocha = require('mocha'); const m = new Mocha({ reporter: 'json' }); const { Suite, Test } = Mocha;
const s = Suite.create(m.suite, 'suite'); s.addTest(new Test('passes', () => {})); s.addTest(new Test('async', async () => { await 1; })); s.addTest(new Test('fails', () => { throw new Error('bad'); }));
s.beforeEach(() => {}); const runner = new Mocha.Runner(m.suite, {}); runner.on('pass', (t) => console.log('pass', t.fullTitle())); runner.on('fail', (t, e) => console.log('fail', t.fullTitle(), e.message)); runner.run((failures) => console.log('failures', failures));

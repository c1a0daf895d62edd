const { Linter } = require('eslint'); const linter = new Linter();
const m = linter.verify('var x = 1; if (x == 2) { foo() }\nconst y = () => { debugger };', [{ rules: { eqeqeq: 'error', 'no-undef': 'error', 'no-unused-vars': 'warn', 'no-debugger': 2, 'prefer-const': 1, 'no-var': 2 } }]);
console.log(m.map((e) => [e.ruleId, e.line, e.column, e.message]));
console.log(linter.verifyAndFix('var a = 1;;\nexport default a', [{ rules: { 'no-extra-semi': 2, 'no-var': 2 } }]).output);

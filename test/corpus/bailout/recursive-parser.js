// A recursive descent parser, then one whose numbers are fractions.
class Parser {
  constructor(tokens) { this.tokens = tokens; this.at = 0; }
  peek() { return this.tokens[this.at]; }
  take() { return this.tokens[this.at++]; }
  factor() { const t = this.take(); if (t === '(') { const v = this.sum(); this.take(); return v; } return t; }
  product() { let v = this.factor(); while (this.peek() === '*') { this.take(); v = v * this.factor(); } return v; }
  sum() { let v = this.product(); while (this.peek() === '+') { this.take(); v = v + this.product(); } return v; }
}
const tokens = [2, '*', '(', 3, '+', 4, ')', '+', 1];
const parse = (list) => new Parser(list).sum();
for (let i = 0; i < 4000; i++) parse(tokens);
console.log(parse(tokens));
console.log(parse([2.5, '*', '(', 3, '+', 4, ')']));
console.log(parse([2, '*', 3, '+', 'x']));

// A small expression language: tokenizer, Pratt parser, constant folder, interpreter and printer over a tree of node classes. What it
// shows: polymorphic method calls, switch statements over strings, exceptions, and closures.

class SyntaxProblem extends Error {
  constructor(message, position) {
    super(`${message} at ${position}`);
    this.name = 'SyntaxProblem';
    this.position = position;
  }
}

function isDigit(c) {
  return c >= '0' && c <= '9';
}

function isLetter(c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c === '_';
}

function tokenize(source) {
  const tokens = [];
  let i = 0;
  while (i < source.length) {
    const c = source[i];
    const start = i;
    if (c === ' ' || c === '\n') {
      i++;
    } else if (isDigit(c)) {
      while (i < source.length && (isDigit(source[i]) || source[i] === '.')) i++;
      tokens.push({ type: 'number', text: source.slice(start, i), start });
    } else if (isLetter(c)) {
      while (i < source.length && (isLetter(source[i]) || isDigit(source[i]))) i++;
      tokens.push({ type: 'name', text: source.slice(start, i), start });
    } else {
      const two = source.slice(i, i + 2);
      const text = ['==', '!=', '<=', '>=', '&&', '||', '=>'].includes(two) ? two : c;
      i += text.length;
      tokens.push({ type: 'operator', text, start });
    }
  }
  tokens.push({ type: 'end', text: '', start: i });
  return tokens;
}

class Literal {
  constructor(value) {
    this.value = value;
  }
  evaluate() {
    return this.value;
  }
  fold() {
    return this;
  }
  print() {
    return String(this.value);
  }
}

class Name {
  constructor(name) {
    this.name = name;
  }
  evaluate(scope) {
    for (let s = scope; s !== null; s = s.outer) {
      if (s.values.has(this.name)) return s.values.get(this.name);
    }
    throw new ReferenceError(`${this.name} is unknown`);
  }
  fold() {
    return this;
  }
  print() {
    return this.name;
  }
}

class Unary {
  constructor(operator, operand) {
    this.operator = operator;
    this.operand = operand;
  }
  evaluate(scope) {
    const value = this.operand.evaluate(scope);
    return this.operator === '-' ? -value : !value;
  }
  fold() {
    const operand = this.operand.fold();
    if (operand instanceof Literal) return new Literal(new Unary(this.operator, operand).evaluate(null));
    return new Unary(this.operator, operand);
  }
  print() {
    return `${this.operator}${this.operand.print()}`;
  }
}

class Binary {
  constructor(operator, left, right) {
    this.operator = operator;
    this.left = left;
    this.right = right;
  }
  evaluate(scope) {
    const left = this.left.evaluate(scope);
    if (this.operator === '&&') return left && this.right.evaluate(scope);
    if (this.operator === '||') return left || this.right.evaluate(scope);
    const right = this.right.evaluate(scope);
    switch (this.operator) {
      case '+':
        return left + right;
      case '-':
        return left - right;
      case '*':
        return left * right;
      case '/':
        if (right === 0) throw new RangeError('division by zero');
        return left / right;
      case '%':
        return left % right;
      case '<':
        return left < right;
      case '>':
        return left > right;
      case '<=':
        return left <= right;
      case '>=':
        return left >= right;
      case '==':
        return left === right;
      case '!=':
        return left !== right;
      default:
        throw new Error(`operator ${this.operator}`);
    }
  }
  fold() {
    const left = this.left.fold();
    const right = this.right.fold();
    const folded = new Binary(this.operator, left, right);
    if (left instanceof Literal && right instanceof Literal) return new Literal(folded.evaluate(null));
    if (this.operator === '*' && right instanceof Literal && right.value === 1) return left;
    if (this.operator === '+' && right instanceof Literal && right.value === 0) return left;
    return folded;
  }
  print() {
    return `(${this.left.print()} ${this.operator} ${this.right.print()})`;
  }
}

class Conditional {
  constructor(test, yes, no) {
    this.test = test;
    this.yes = yes;
    this.no = no;
  }
  evaluate(scope) {
    return this.test.evaluate(scope) ? this.yes.evaluate(scope) : this.no.evaluate(scope);
  }
  fold() {
    const test = this.test.fold();
    if (test instanceof Literal) return (test.value ? this.yes : this.no).fold();
    return new Conditional(test, this.yes.fold(), this.no.fold());
  }
  print() {
    return `(${this.test.print()} ? ${this.yes.print()} : ${this.no.print()})`;
  }
}

class Lambda {
  constructor(parameters, body) {
    this.parameters = parameters;
    this.body = body;
  }
  evaluate(scope) {
    return (...args) => {
      const values = new Map();
      this.parameters.forEach((name, i) => values.set(name, args[i]));
      return this.body.evaluate({ values, outer: scope });
    };
  }
  fold() {
    return new Lambda(this.parameters, this.body.fold());
  }
  print() {
    return `(${this.parameters.join(', ')}) => ${this.body.print()}`;
  }
}

class Call {
  constructor(callee, args) {
    this.callee = callee;
    this.args = args;
  }
  evaluate(scope) {
    const callee = this.callee.evaluate(scope);
    if (typeof callee !== 'function') throw new TypeError(`${this.callee.print()} is not a function`);
    return callee(...this.args.map((arg) => arg.evaluate(scope)));
  }
  fold() {
    return new Call(
      this.callee.fold(),
      this.args.map((arg) => arg.fold()),
    );
  }
  print() {
    return `${this.callee.print()}(${this.args.map((arg) => arg.print()).join(', ')})`;
  }
}

const POWERS = { '?': 1, '||': 2, '&&': 3, '==': 4, '!=': 4, '<': 5, '>': 5, '<=': 5, '>=': 5, '+': 6, '-': 6, '*': 7, '/': 7, '%': 7, '(': 9 };

class Parser {
  constructor(source) {
    this.tokens = tokenize(source);
    this.position = 0;
  }

  get current() {
    return this.tokens[this.position];
  }

  take(text) {
    if (this.current.text !== text) throw new SyntaxProblem(`expected ${text}, found ${this.current.text || 'the end'}`, this.current.start);
    this.position++;
  }

  accept(text) {
    if (this.current.text !== text) return false;
    this.position++;
    return true;
  }

  parse() {
    const tree = this.expression(0);
    if (this.current.type !== 'end') throw new SyntaxProblem(`unexpected ${this.current.text}`, this.current.start);
    return tree;
  }

  expression(power) {
    let left = this.prefix();
    for (;;) {
      const operator = this.current.text;
      const binding = POWERS[operator];
      if (binding === undefined || binding <= power) return left;
      this.position++;
      if (operator === '(') {
        left = new Call(left, this.list());
      } else if (operator === '?') {
        const yes = this.expression(0);
        this.take(':');
        left = new Conditional(left, yes, this.expression(0));
      } else {
        left = new Binary(operator, left, this.expression(binding));
      }
    }
  }

  list() {
    const items = [];
    while (!this.accept(')')) {
      if (items.length > 0) this.take(',');
      items.push(this.expression(0));
    }
    return items;
  }

  prefix() {
    const token = this.current;
    this.position++;
    if (token.type === 'number') return new Literal(Number(token.text));
    if (token.type === 'name') {
      if (this.accept('=>')) return new Lambda([token.text], this.expression(0));
      return new Name(token.text);
    }
    if (token.text === '-' || token.text === '!') return new Unary(token.text, this.expression(8));
    if (token.text === '(') {
      const inner = this.expression(0);
      this.take(')');
      return inner;
    }
    throw new SyntaxProblem(`unexpected ${token.text || 'end'}`, token.start);
  }
}

const globals = {
  values: new Map([
    ['pi', 3.141592653589793],
    ['max', (a, b) => (a > b ? a : b)],
    ['twice', (f) => (x) => f(f(x))],
    ['x', 7],
  ]),
  outer: null,
};

const sources = ['1 + 2 * 3', '(1 + 2) * 3 - -4', 'x * 1 + 0', 'x > 5 ? x * 2 : x / 2', 'max(x, 10 % 4) + pi * 2', 'twice(n => n * n + 1)(2)', '1 < 2 && !(3 == 4)', '10 / (5 - 5)', '2 +', '(1 + 2', 'unknown + 1', 'x(3)', '7 / 2 * 2 == 7 || 1'];

for (const source of sources) {
  try {
    const tree = new Parser(source).parse();
    const folded = tree.fold();
    console.log(`${source.padEnd(28)} = ${tree.evaluate(globals)}   ${folded.print()}`);
  } catch (error) {
    console.log(`${source.padEnd(28)} ! ${error.name}: ${error.message}`);
  }
}

const polynomial = new Parser('n => n * n * 3 - n * 2 + (n % 5 == 0 ? 1 : 0)').parse();
const f = polynomial.evaluate(globals);
let sum = 0;
for (let i = 0; i < 2000; i++) sum += f(i);
console.log(`sum of ${polynomial.print()} = ${sum}`);

// A JSON parser and a pretty printer, checked against the built-in one. What it shows: recursion, string building, switch over
// characters, errors with positions, and properties that come in any order.
class Reader {
  constructor(text) {
    this.text = text;
    this.at = 0;
  }

  fail(message) {
    throw new SyntaxError(`${message} at ${this.at}`);
  }

  space() {
    while (this.at < this.text.length && ' \n\t\r'.includes(this.text[this.at])) this.at++;
  }

  expect(c) {
    if (this.text[this.at] !== c) this.fail(`expected ${c}`);
    this.at++;
  }

  value() {
    this.space();
    const c = this.text[this.at];
    let result;
    switch (c) {
      case '{':
        result = this.object();
        break;
      case '[':
        result = this.array();
        break;
      case '"':
        result = this.string();
        break;
      case 't':
        result = this.word('true', true);
        break;
      case 'f':
        result = this.word('false', false);
        break;
      case 'n':
        result = this.word('null', null);
        break;
      default:
        result = this.number();
    }
    this.space();
    return result;
  }

  word(text, value) {
    if (this.text.slice(this.at, this.at + text.length) !== text) this.fail(`expected ${text}`);
    this.at += text.length;
    return value;
  }

  number() {
    const start = this.at;
    while (this.at < this.text.length && '+-.eE0123456789'.includes(this.text[this.at])) this.at++;
    if (start === this.at) this.fail('expected a value');
    return Number(this.text.slice(start, this.at));
  }

  string() {
    this.expect('"');
    let result = '';
    for (;;) {
      if (this.at >= this.text.length) this.fail('unterminated string');
      const c = this.text[this.at++];
      if (c === '"') return result;
      if (c !== '\\') {
        result += c;
        continue;
      }
      const escape = this.text[this.at++];
      const simple = { n: '\n', t: '\t', r: '\r', '"': '"', '\\': '\\', '/': '/' }[escape];
      if (simple !== undefined) {
        result += simple;
      } else if (escape === 'u') {
        result += String.fromCharCode(parseInt(this.text.slice(this.at, this.at + 4), 16));
        this.at += 4;
      } else {
        this.fail(`escape ${escape}`);
      }
    }
  }

  array() {
    this.expect('[');
    const result = [];
    this.space();
    if (this.text[this.at] === ']') {
      this.at++;
      return result;
    }
    for (;;) {
      result.push(this.value());
      if (this.text[this.at] === ']') break;
      this.expect(',');
    }
    this.at++;
    return result;
  }

  object() {
    this.expect('{');
    const result = {};
    this.space();
    if (this.text[this.at] === '}') {
      this.at++;
      return result;
    }
    for (;;) {
      this.space();
      const key = this.string();
      this.space();
      this.expect(':');
      result[key] = this.value();
      if (this.text[this.at] === '}') break;
      this.expect(',');
    }
    this.at++;
    return result;
  }
}

function parse(text) {
  const reader = new Reader(text);
  const value = reader.value();
  if (reader.at < text.length) reader.fail('unexpected text');
  return value;
}

function quote(text) {
  let result = '"';
  for (const c of text) {
    if (c === '"' || c === '\\') result += `\\${c}`;
    else if (c === '\n') result += '\\n';
    else if (c === '\t') result += '\\t';
    else result += c;
  }
  return `${result}"`;
}

function print(value, width = 44, indent = '') {
  if (typeof value === 'string') return quote(value);
  if (value === null || typeof value !== 'object') return String(value);
  const deeper = `${indent}  `;
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  const parts = Array.isArray(value)
    ? value.map((item) => print(item, width, deeper))
    : Object.keys(value).map((key) => `${quote(key)}: ${print(value[key], width, deeper)}`);
  if (parts.length === 0) return open + close;
  const flat = `${open}${parts.join(', ')}${close}`;
  if (flat.length + indent.length <= width && !flat.includes('\n')) return flat;
  return `${open}\n${parts.map((part) => deeper + part).join(',\n')}\n${indent}${close}`;
}

const source = '{"name":"bailout","kinds":["eager","lazy"],"tiers":{"ignition":{"compiled":true,"bytes":[11,3,63,249]},"turbofan":{"compiled":null}},"ratio":0.125,"big":1e3,"negative":-17,"empty":{},"none":[],"text":"a \\"quoted\\"\\nline\\u0041"}';
const value = parse(source);
console.log(print(value));
console.log(JSON.stringify(value) === JSON.stringify(JSON.parse(source)) ? 'same as JSON.parse' : 'DIFFERENT');
console.log(JSON.stringify(value, null, 1).split('\n').length, 'lines by JSON.stringify');
for (const bad of ['[1, 2', '{"a" 1}', '"abc', '[1,]', 'nil', '{"a":1} x']) {
  try {
    parse(bad);
    console.log(`${bad} parsed`);
  } catch (error) {
    console.log(`${bad.padEnd(12)} ${error.name}: ${error.message}`);
  }
}
const rows = [];
for (let i = 0; i < 60; i++) rows.push({ id: i, tags: [`t${i % 3}`, i % 2 === 0], score: i / 8 });
const text = JSON.stringify(rows);
let hash = 0;
for (let i = 0; i < 4; i++) {
  const again = print(parse(text), 60);
  for (let j = 0; j < again.length; j++) hash = (hash * 31 + again.charCodeAt(j)) % 1000003;
}
console.log(`${text.length} characters, hash ${hash}`);

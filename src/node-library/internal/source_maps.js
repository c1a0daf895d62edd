// Source maps and types as a program asks for them: `module.SourceMap`, `module.setSourceMapsSupport`, `module.stripTypeScriptTypes`.

const { codes } = require('internal/errors');
const { validateBoolean, validateObject, validateOneOf, validateString } = require('internal/validators');
const binding = internalBinding('typescript');

const isShown = binding.mapsStacks();
let support = { nodeModules: isShown, generatedCode: isShown };

const getSourceMapsSupport = () => ({ __proto__: null, enabled: binding.mapsStacks(), ...support });

const setSourceMapsSupport = (enabled, options = {}) => {
  validateBoolean(enabled, 'enabled');
  validateObject(options, 'options');
  const { nodeModules = false, generatedCode = false } = options;
  validateBoolean(nodeModules, 'options.nodeModules');
  validateBoolean(generatedCode, 'options.generatedCode');
  binding.mapsStacks(enabled);
  support = { nodeModules, generatedCode };
};

let hasWarned = false;

const stripTypeScriptTypes = (code, options = {}) => {
  if (!hasWarned) {
    hasWarned = true;
    const message = 'stripTypeScriptTypes is an experimental feature and might change at any time';
    process.emitWarning(message, 'ExperimentalWarning');
  }
  validateString(code, 'code');
  validateObject(options, 'options');
  const { sourceMap = false, sourceUrl = '', mode = 'strip' } = options;
  validateOneOf(mode, 'options.mode', ['strip', 'transform']);
  validateString(sourceUrl, 'options.sourceUrl');
  if (mode === 'strip') validateOneOf(sourceMap, 'options.sourceMap', [false, undefined]);
  else validateBoolean(sourceMap, 'options.sourceMap');
  const { text, problem } = binding.strip(code, mode, sourceMap === true, sourceUrl);
  if (problem === undefined) return text;
  const error = new SyntaxError(problem.message);
  error.code = problem.code;
  throw error;
};

const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Numbers of one segment, base 64 VLQ. */
const decode = (segment) => {
  const numbers = [];
  let value = 0;
  let shift = 0;
  for (const digit of segment) {
    const bits = digits.indexOf(digit);
    value += (bits & 31) * 2 ** shift;
    shift += 5;
    if ((bits & 32) !== 0) continue;
    numbers.push(value % 2 === 1 ? -((value - 1) / 2) : value / 2);
    value = 0;
    shift = 0;
  }
  return numbers;
};

/** [generatedLine, generatedColumn, originalSource, originalLine, originalColumn, name], in order. */
const entriesOf = (payload, lineOffset = 0, columnOffset = 0) => {
  if (payload.sections) {
    const { sections } = payload;
    return sections.flatMap(({ offset, map }) => entriesOf(map, offset.line, offset.column));
  }
  const entries = [];
  let [source, line, column, name] = [0, 0, 0, 0];
  for (const [i, segments] of payload.mappings.split(';').entries()) {
    let generated = i === 0 ? columnOffset : 0;
    for (const segment of segments === '' ? [] : segments.split(',')) {
      const numbers = decode(segment);
      generated += numbers[0];
      if (numbers.length === 1) {
        entries.push([i + lineOffset, generated]);
        continue;
      }
      source += numbers[1];
      line += numbers[2];
      column += numbers[3];
      if (numbers.length > 4) name += numbers[4];
      const named = numbers.length > 4 ? payload.names?.[name] : undefined;
      entries.push([i + lineOffset, generated, payload.sources[source], line, column, named]);
    }
  }
  return entries;
};

class SourceMap {
  #payload;
  #entries;
  #lineLengths;

  constructor(payload, { lineLengths } = {}) {
    if (payload === null || typeof payload !== 'object')
      throw new codes.ERR_INVALID_ARG_TYPE('payload', 'Object', payload);
    this.#payload = structuredClone(payload);
    this.#entries = entriesOf(this.#payload);
    this.#lineLengths = lineLengths === undefined ? undefined : [...lineLengths];
  }

  get payload() {
    return structuredClone(this.#payload);
  }

  get lineLengths() {
    return this.#lineLengths === undefined ? undefined : [...this.#lineLengths];
  }

  /** The last segment at or before a place, from 0. */
  findEntry(lineOffset, columnOffset) {
    let found;
    for (const entry of this.#entries) {
      if (entry[0] > lineOffset || (entry[0] === lineOffset && entry[1] > columnOffset)) break;
      found = entry;
    }
    if (found === undefined) return {};
    const [generatedLine, generatedColumn, originalSource, originalLine, originalColumn, name] = found;
    return { generatedLine, generatedColumn, originalSource, originalLine, originalColumn, name };
  }

  /** As `findEntry`, from 1, and with the way from the segment's beginning. */
  findOrigin(lineNumber, columnNumber) {
    const range = this.findEntry(lineNumber - 1, columnNumber - 1);
    if (range.originalSource === undefined || range.originalLine === undefined) return {};
    return {
      name: range.name,
      fileName: range.originalSource,
      lineNumber: range.originalLine + lineNumber - range.generatedLine,
      columnNumber: range.originalColumn + columnNumber - range.generatedColumn,
    };
  }
}

module.exports = { SourceMap, getSourceMapsSupport, setSourceMapsSupport, stripTypeScriptTypes };

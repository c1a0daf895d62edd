// util.parseArgs.

const { codes } = require('internal/errors');
const {
  validateArray,
  validateBoolean,
  validateObject,
  validateString,
  validateStringArray,
  validateUnion,
} = require('internal/validators');

const validateBooleanArray = (value, name) => {
  validateArray(value, name);
  for (let i = 0; i < value.length; i++) validateBoolean(value[i], `${name}[${i}]`);
};

const isOptionLike = (value) => value != null && value.length > 1 && value[0] === '-';

/** The options' tokens, in order. */
const tokenize = (args, options) => {
  const tokens = [];
  let index = -1;
  let groupCount = 0;
  const remaining = [...args];
  const typeOf = (name) => (Object.hasOwn(options, name) ? options[name].type : undefined);
  const longOf = (short) => {
    validateString(short, 'shortOption');
    for (const name of Object.keys(options)) if (options[name].short === short) return name;
    return short;
  };
  while (remaining.length > 0) {
    const arg = remaining.shift();
    const next = remaining[0];
    if (groupCount > 0) groupCount--;
    else index++;
    if (arg === '--') {
      tokens.push({ kind: 'option-terminator', index });
      for (const value of remaining) tokens.push({ kind: 'positional', index: ++index, value });
      break;
    }
    if (arg.length === 2 && arg[0] === '-' && arg[1] !== '-') {
      const name = longOf(arg[1]);
      let value;
      let inlineValue;
      if (typeOf(name) === 'string' && next != null) {
        value = remaining.shift();
        inlineValue = false;
      }
      tokens.push({ kind: 'option', name, rawName: arg, index, value, inlineValue });
      if (value != null) index++;
      continue;
    }
    if (arg.length > 2 && arg[0] === '-' && arg[1] !== '-') {
      const first = longOf(arg[1]);
      if (typeOf(first) === 'string') {
        tokens.push({
          kind: 'option',
          name: first,
          rawName: `-${arg[1]}`,
          index,
          value: arg.slice(2),
          inlineValue: true,
        });
        continue;
      }
      const expanded = [];
      for (let i = 1; i < arg.length; i++) {
        const isLast = i === arg.length - 1;
        if (typeOf(longOf(arg[i])) !== 'string' || isLast) expanded.push(`-${arg[i]}`);
        else {
          expanded.push(`-${arg.slice(i)}`);
          break;
        }
      }
      remaining.unshift(...expanded);
      // all of a group have the index of the argument
      groupCount = expanded.length;
      continue;
    }
    if (arg.length > 2 && arg.startsWith('--') && !arg.includes('=', 3)) {
      const name = arg.slice(2);
      let value;
      let inlineValue;
      if (typeOf(name) === 'string' && next != null) {
        value = remaining.shift();
        inlineValue = false;
      }
      tokens.push({ kind: 'option', name, rawName: arg, index, value, inlineValue });
      if (value != null) index++;
      continue;
    }
    if (arg.length > 2 && arg.startsWith('--')) {
      const at = arg.indexOf('=');
      const name = arg.slice(2, at);
      tokens.push({ kind: 'option', name, rawName: `--${name}`, index, value: arg.slice(at + 1), inlineValue: true });
      continue;
    }
    tokens.push({ kind: 'positional', index, value: arg });
  }
  return tokens;
};

function parseArgs(config = {}) {
  const {
    args = defaultArgs(),
    strict = true,
    options = {},
    allowNegative = false,
    tokens: returnTokens = false,
  } = config ?? {};
  const allowPositionals = config.allowPositionals ?? !strict;
  validateArray(args, 'args');
  validateBoolean(strict, 'strict');
  validateBoolean(allowPositionals, 'allowPositionals');
  validateBoolean(returnTokens, 'tokens');
  validateBoolean(allowNegative, 'allowNegative');
  validateObject(options, 'options');
  for (const name of Object.keys(options)) {
    const option = options[name];
    validateObject(option, `options.${name}`);
    validateUnion(option.type, `options.${name}.type`, ['string', 'boolean']);
    if (Object.hasOwn(option, 'short')) {
      validateString(option.short, `options.${name}.short`);
      if (option.short.length !== 1)
        throw new codes.ERR_INVALID_ARG_VALUE(`options.${name}.short`, option.short, 'must be a single character');
    }
    if (Object.hasOwn(option, 'multiple')) validateBoolean(option.multiple, `options.${name}.multiple`);
    if (option.default !== undefined) {
      const where = `options.${name}.default`;
      if (option.type === 'string') (option.multiple ? validateStringArray : validateString)(option.default, where);
      else (option.multiple ? validateBooleanArray : validateBoolean)(option.default, where);
    }
  }
  const tokens = tokenize(args, options);
  const result = { values: { __proto__: null }, positionals: [] };
  if (returnTokens) result.tokens = tokens;
  for (const token of tokens) {
    if (token.kind === 'positional') {
      if (!allowPositionals) throw new codes.ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL(token.value);
      result.positionals.push(token.value);
      continue;
    }
    if (token.kind !== 'option') continue;
    if (strict) {
      checkUsage(token, options, allowPositionals, allowNegative);
      checkValueLike(token);
    }
    store(token, options, result.values, allowNegative);
  }
  for (const name of Object.keys(options))
    if (options[name].default !== undefined && result.values[name] === undefined)
      result.values[name] = options[name].default;
  return result;
}

const defaultArgs = () => process.argv.slice(process.argv.length > 0 && process._eval !== undefined ? 1 : 2);

const checkValueLike = (token) => {
  if (token.inlineValue || !isOptionLike(token.value)) return;
  const example = token.rawName.startsWith('--')
    ? `'${token.rawName}=-XYZ'`
    : `'--${token.name}=-XYZ' or '${token.rawName}-XYZ'`;
  throw new codes.ERR_PARSE_ARGS_INVALID_OPTION_VALUE(
    `Option '${token.rawName}' argument is ambiguous.\nDid you forget to specify the option argument for '${token.rawName}'?\nTo specify an option argument starting with a dash use ${example}.`,
  );
};

const checkUsage = (token, options, allowPositionals, allowNegative) => {
  let { name } = token;
  const negates = allowNegative && name.startsWith('no-') && !Object.hasOwn(options, name);
  if (negates) {
    const positive = name.slice(3);
    if (Object.hasOwn(options, positive) && options[positive].type === 'boolean') name = positive;
  }
  if (!Object.hasOwn(options, name)) throw new codes.ERR_PARSE_ARGS_UNKNOWN_OPTION(token.rawName, allowPositionals);
  const { short, type } = options[name];
  const shown = `${short ? `-${short}, ` : ''}--${name}`;
  if (type === 'string' && typeof token.value !== 'string')
    throw new codes.ERR_PARSE_ARGS_INVALID_OPTION_VALUE(`Option '${shown} <value>' argument missing`);
  if (type === 'boolean' && token.value != null)
    throw new codes.ERR_PARSE_ARGS_INVALID_OPTION_VALUE(`Option '${shown}' does not take an argument`);
};

const store = (token, options, values, allowNegative) => {
  let { name } = token;
  if (name === '__proto__') return;
  let value = token.value ?? true;
  if (allowNegative && name.startsWith('no-') && token.value === undefined) {
    const positive = name.slice(3);
    if (!Object.hasOwn(options, name) && Object.hasOwn(options, positive) && options[positive].type === 'boolean') {
      name = positive;
      value = false;
      token.name = name;
    } else if (!Object.hasOwn(options, name)) {
      name = positive;
      value = false;
    }
  }
  if (Object.hasOwn(options, name) && options[name].multiple) {
    values[name] ??= [];
    values[name].push(value);
  } else values[name] = value;
};

module.exports = { parseArgs };

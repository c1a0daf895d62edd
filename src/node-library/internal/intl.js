// Intl: objects whose answers are the host's. An object keeps its locales and options as JSON.

const binding = internalBinding('intl');

const states = new WeakMap();
const kindOf = (value) => internalBinding('util').kind(value);

/** Arguments in JSON: dates and numbers that it has no words for are marked. */
const pack = (value) => {
  if (typeof value === 'bigint') return { $bigint: `${value}` };
  if (typeof value === 'number' && (!Number.isFinite(value) || Object.is(value, -0)))
    return { $number: Object.is(value, -0) ? '-0' : `${value}` };
  if (kindOf(value) === 'Date') return { $date: value.getTime() };
  if (Array.isArray(value)) return value.map(pack);
  return value;
};

const localesOf = (locales) => {
  if (locales === undefined) return undefined;
  if (locales === null) throw new TypeError('Cannot convert undefined or null to object');
  if (typeof locales === 'string') return [locales];
  if (states.get(locales)?.name === 'Locale') return [`${locales}`];
  const list = [];
  for (let i = 0; i < locales.length; i++) {
    const item = locales[i];
    if (typeof item !== 'string' && (typeof item !== 'object' || item === null))
      throw new TypeError('Incorrect locale information provided');
    list.push(`${item}`);
  }
  return list;
};

const plainOptions = (options, name) => {
  if (options === undefined) return undefined;
  if (options === null) throw new TypeError('Cannot convert undefined or null to object');
  const result = {};
  for (const key of optionNames[name] ?? Object.keys(options)) {
    const value = options[key];
    if (value === undefined) continue;
    result[key] =
      typeof value === 'object' && value !== null ? `${value}` : typeof value === 'symbol' ? String(value) : value;
  }
  return result;
};

const dateOptions =
  'localeMatcher weekday era year month day dayPeriod hour minute second fractionalSecondDigits timeZoneName hour12 hourCycle timeZone calendar numberingSystem formatMatcher dateStyle timeStyle';
const optionNames = {
  Collator: 'localeMatcher usage sensitivity ignorePunctuation numeric caseFirst collation'.split(' '),
  DateTimeFormat: dateOptions.split(' '),
  DisplayNames: 'localeMatcher style type fallback languageDisplay'.split(' '),
  DurationFormat:
    'localeMatcher numberingSystem style years yearsDisplay months monthsDisplay weeks weeksDisplay days daysDisplay hours hoursDisplay minutes minutesDisplay seconds secondsDisplay milliseconds millisecondsDisplay microseconds microsecondsDisplay nanoseconds nanosecondsDisplay fractionalDigits'.split(
      ' ',
    ),
  ListFormat: 'localeMatcher type style'.split(' '),
  NumberFormat:
    'localeMatcher style currency currencyDisplay currencySign unit unitDisplay notation compactDisplay useGrouping signDisplay roundingMode roundingPriority roundingIncrement trailingZeroDisplay minimumIntegerDigits minimumFractionDigits maximumFractionDigits minimumSignificantDigits maximumSignificantDigits numberingSystem'.split(
      ' ',
    ),
  PluralRules:
    'localeMatcher type minimumIntegerDigits minimumFractionDigits maximumFractionDigits minimumSignificantDigits maximumSignificantDigits roundingMode roundingPriority roundingIncrement trailingZeroDisplay'.split(
      ' ',
    ),
  RelativeTimeFormat: 'localeMatcher numberingSystem style numeric'.split(' '),
  Segmenter: 'localeMatcher granularity'.split(' '),
  Locale:
    'language script region variants calendar collation hourCycle caseFirst numeric numberingSystem firstDayOfWeek'.split(
      ' ',
    ),
};

const call = (self, name, method, ...args) => {
  const state = states.get(self);
  if (state?.name !== name)
    throw new TypeError(`Method Intl.${name}.prototype.${method} called on incompatible receiver ${String(self)}`);
  const text = binding.call(name, state.setup, method, JSON.stringify(args.map(pack)));
  return text === undefined ? undefined : JSON.parse(text);
};

const setupOf = (name, locales, options) =>
  JSON.stringify([name === 'Locale' ? locales : localesOf(locales), plainOptions(options, name)]);

/** A constructor. `callable`: without `new`, too. */
const define = (name, methods, callable = false) => {
  const Class = {
    [name]: function (locales, options) {
      if (new.target === undefined && !callable) throw new TypeError(`Constructor Intl.${name} requires 'new'`);
      const self = new.target === undefined ? Object.create(Class.prototype) : Object.create(new.target.prototype);
      const setup = setupOf(name, locales, options);
      states.set(self, { name, setup });
      // what is wrong with locales and options shows now
      binding.call(name, setup, name === 'Locale' ? 'toString' : 'resolvedOptions', '[]');
      return self;
    },
  }[name];
  Object.defineProperty(Class, 'length', { value: 0, configurable: true });
  Object.defineProperty(Class, 'prototype', { writable: false });
  Object.defineProperty(Class.prototype, Symbol.toStringTag, { value: `Intl.${name}`, configurable: true });
  const hidden = (target, key, value) =>
    Object.defineProperty(target, key, { value, writable: true, configurable: true, enumerable: false });
  if (name !== 'Locale') {
    hidden(
      Class,
      'supportedLocalesOf',
      {
        supportedLocalesOf(locales) {
          return JSON.parse(binding.supportedLocales(name, JSON.stringify(localesOf(locales) ?? [])));
        },
      }.supportedLocalesOf,
    );
    hidden(
      Class.prototype,
      'resolvedOptions',
      {
        resolvedOptions() {
          return call(this, name, 'resolvedOptions');
        },
      }.resolvedOptions,
    );
  }
  for (const key of Object.keys(methods)) hidden(Class.prototype, key, methods[key]);
  return Class;
};

/** A getter that gives a function bound to its object. */
const bound = (Class, name, key, length, convert = (list) => list) => {
  const functions = new WeakMap();
  Object.defineProperty(Class.prototype, key, {
    configurable: true,
    enumerable: false,
    get: Object.getOwnPropertyDescriptor(
      {
        get [key]() {
          if (states.get(this)?.name !== name)
            throw new TypeError(
              `Method get Intl.${name}.prototype.${key} called on incompatible receiver ${String(this)}`,
            );
          let fn = functions.get(this);
          if (fn === undefined) {
            fn = (...args) => call(this, name, key, ...convert(args));
            Object.defineProperties(fn, { name: { value: '' }, length: { value: length } });
            functions.set(this, fn);
          }
          return fn;
        },
      },
      key,
    ).get,
  });
};

const dateOf = (value) => {
  if (value === undefined) return new Date();
  const time = kindOf(value) === 'Date' ? value.getTime() : Number(value);
  if (!(Math.abs(time) <= 8.64e15)) throw new RangeError('Invalid time value');
  return new Date(time);
};
const numberOf = (value) => (typeof value === 'bigint' || typeof value === 'string' ? value : Number(value));

const DateTimeFormat = define(
  'DateTimeFormat',
  {
    formatToParts(date) {
      return call(this, 'DateTimeFormat', 'formatToParts', dateOf(date));
    },
    formatRange(start, end) {
      return call(this, 'DateTimeFormat', 'formatRange', dateOf(start), dateOf(end));
    },
    formatRangeToParts(start, end) {
      return call(this, 'DateTimeFormat', 'formatRangeToParts', dateOf(start), dateOf(end));
    },
  },
  true,
);
bound(DateTimeFormat, 'DateTimeFormat', 'format', 1, ([date]) => [dateOf(date)]);
const NumberFormat = define(
  'NumberFormat',
  {
    formatToParts(value) {
      return call(this, 'NumberFormat', 'formatToParts', numberOf(value));
    },
    formatRange(start, end) {
      return call(this, 'NumberFormat', 'formatRange', numberOf(start), numberOf(end));
    },
    formatRangeToParts(start, end) {
      return call(this, 'NumberFormat', 'formatRangeToParts', numberOf(start), numberOf(end));
    },
  },
  true,
);
bound(NumberFormat, 'NumberFormat', 'format', 1, ([value]) => [numberOf(value)]);
const Collator = define('Collator', {}, true);
bound(Collator, 'Collator', 'compare', 2, ([a, b]) => [`${a}`, `${b}`]);
const PluralRules = define('PluralRules', {
  select(value) {
    return call(this, 'PluralRules', 'select', Number(value));
  },
  selectRange(start, end) {
    return call(this, 'PluralRules', 'selectRange', Number(start), Number(end));
  },
});
const RelativeTimeFormat = define('RelativeTimeFormat', {
  format(value, unit) {
    return call(this, 'RelativeTimeFormat', 'format', Number(value), `${unit}`);
  },
  formatToParts(value, unit) {
    return call(this, 'RelativeTimeFormat', 'formatToParts', Number(value), `${unit}`);
  },
});
const texts = (list) => {
  const result = [...list];
  for (const item of result)
    if (typeof item !== 'string') throw new TypeError(`Iterable yielded ${String(item)} which is not a string`);
  return result;
};
const ListFormat = define('ListFormat', {
  format(list) {
    return call(this, 'ListFormat', 'format', texts(list));
  },
  formatToParts(list) {
    return call(this, 'ListFormat', 'formatToParts', texts(list));
  },
});
const DisplayNames = define('DisplayNames', {
  of(code) {
    return call(this, 'DisplayNames', 'of', `${code}`);
  },
});
const Segmenter = define('Segmenter', {
  segment(input) {
    input = `${input}`;
    return new Segments(call(this, 'Segmenter', 'segment', input).map((piece) => ({ ...piece, input })));
  },
});
class Segments {
  #pieces;
  constructor(pieces) {
    this.#pieces = pieces;
  }
  containing(index = 0) {
    index = Math.trunc(index) || 0;
    const piece = this.#pieces.find(({ index: at, segment }) => index >= at && index < at + segment.length);
    return (
      piece && {
        segment: piece.segment,
        index: piece.index,
        input: piece.input,
        ...(piece.isWordLike === undefined ? {} : { isWordLike: piece.isWordLike }),
      }
    );
  }
  *[Symbol.iterator]() {
    for (const { segment, index, input, isWordLike } of this.#pieces)
      yield { segment, index, input, ...(isWordLike === undefined ? {} : { isWordLike }) };
  }
}
const Locale = define('Locale', {
  toString() {
    return call(this, 'Locale', 'toString');
  },
  maximize() {
    return new Locale(binding.call('Locale', states.get(this).setup, 'maximize', '[]').slice(1, -1));
  },
  minimize() {
    return new Locale(binding.call('Locale', states.get(this).setup, 'minimize', '[]').slice(1, -1));
  },
  ...Object.fromEntries(
    [
      'getCalendars',
      'getCollations',
      'getHourCycles',
      'getNumberingSystems',
      'getTextInfo',
      'getTimeZones',
      'getWeekInfo',
    ].map((name) => [
      name,
      {
        [name]() {
          return call(this, 'Locale', name);
        },
      }[name],
    ]),
  ),
});
for (const name of [
  'baseName',
  'calendar',
  'caseFirst',
  'collation',
  'hourCycle',
  'language',
  'numberingSystem',
  'numeric',
  'region',
  'script',
  'variants',
])
  Object.defineProperty(Locale.prototype, name, {
    configurable: true,
    get: Object.getOwnPropertyDescriptor(
      {
        get [name]() {
          return call(this, 'Locale', 'properties')[name];
        },
      },
      name,
    ).get,
  });
const DurationFormat = define('DurationFormat', {
  format(duration) {
    return call(this, 'DurationFormat', 'format', { ...duration });
  },
  formatToParts(duration) {
    return call(this, 'DurationFormat', 'formatToParts', { ...duration });
  },
});

const Intl = {};
const classes = {
  Collator,
  DateTimeFormat,
  DisplayNames,
  DurationFormat,
  ListFormat,
  Locale,
  NumberFormat,
  PluralRules,
  RelativeTimeFormat,
  Segmenter,
};
const functions = {
  getCanonicalLocales(locales) {
    return JSON.parse(binding.canonical(JSON.stringify(localesOf(locales) ?? [])));
  },
  supportedValuesOf(key) {
    return JSON.parse(binding.supportedValues(`${key}`));
  },
};
for (const [name, value] of Object.entries({ ...functions, ...classes }))
  if (name !== 'DurationFormat' || binding.has(name))
    Object.defineProperty(Intl, name, { value, writable: true, configurable: true, enumerable: false });
Object.defineProperty(Intl, Symbol.toStringTag, { value: 'Intl', configurable: true });

module.exports = { Intl };

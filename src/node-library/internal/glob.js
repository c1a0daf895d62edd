// Glob patterns as regular expressions: *, **, ?, [a-z], {a,b}, \x.

const piece = (pattern) => {
  let result = '';
  for (let i = 0; i < pattern.length; i++) {
    const c = pattern[i];
    if (c === '*') {
      if (pattern[i + 1] === '*') {
        while (pattern[i + 1] === '*') i++;
        if (pattern[i + 1] === '/') {
          i++;
          result += '(?:(?!\\.)[^/]+/)*';
        } else result += '(?:(?!\\.)[^/]+(?:/(?!\\.)[^/]+)*)?';
      } else result += `${i === 0 || pattern[i - 1] === '/' ? '(?!\\.)' : ''}[^/]*`;
    } else if (c === '?') result += '[^/]';
    else if (c === '[') {
      const end = pattern.indexOf(']', i + 2);
      if (end < 0) result += '\\[';
      else {
        let set = pattern.slice(i + 1, end);
        if (set[0] === '!' || set[0] === '^') set = `^${set.slice(1)}`;
        result += `[${set.replaceAll('\\', '\\\\')}]`;
        i = end;
      }
    } else if (c === '\\' && i + 1 < pattern.length) result += pattern[++i].replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
    else result += c.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
  }
  return result;
};

/** Alternatives of the outermost braces, each a pattern. */
const braces = (pattern) => {
  const open = pattern.indexOf('{');
  if (open < 0) return [pattern];
  let depth = 0;
  const cuts = [open];
  for (let i = open; i < pattern.length; i++) {
    if (pattern[i] === '{') depth++;
    else if (pattern[i] === ',' && depth === 1) cuts.push(i);
    else if (pattern[i] === '}' && --depth === 0) {
      cuts.push(i);
      const rest = pattern.slice(i + 1);
      const choices = cuts.slice(1).map((cut, k) => pattern.slice(cuts[k] + 1, cut));
      if (choices.length === 1) return braces(rest).map((tail) => `${pattern.slice(0, i + 1)}${tail}`);
      return choices.flatMap((choice) => braces(`${pattern.slice(0, open)}${choice}${rest}`));
    }
  }
  return [pattern];
};

const toRegExp = (pattern, isWindows) => {
  if (isWindows) pattern = pattern.replaceAll('\\', '/');
  const alternatives = braces(pattern).map((alternative) => piece(alternative));
  return new RegExp(`^(?:${alternatives.join('|')})$`, isWindows ? 'i' : '');
};

module.exports = { toRegExp };

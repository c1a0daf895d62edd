// MIMEType and MIMEParams (WHATWG MIME Sniffing, parsing and serializing).

const notToken = /[^!#$%&'*+\-.^_`|~A-Za-z0-9]/;
const notQuoted = /[^\t\u0020-~\u0080-\u00ff]/;

const invalid = (part, text, at) => {
  const error = new TypeError(`The MIME syntax for a ${part} in ${text} is invalid${at === -1 ? '' : ` at ${at}`}`);
  error.code = 'ERR_INVALID_MIME_SYNTAX';
  return error;
};

class MIMEParams {
  #map = new Map();
  delete(name) {
    this.#map.delete(`${name}`);
  }
  get(name) {
    return this.#map.get(`${name}`) ?? null;
  }
  has(name) {
    return this.#map.has(`${name}`);
  }
  set(name, value) {
    name = `${name}`;
    value = `${value}`;
    const at = name.search(notToken);
    if (name.length === 0 || at !== -1) throw invalid('parameter name', name, at);
    const bad = value.search(notQuoted);
    if (bad !== -1) throw invalid('parameter value', value, bad);
    this.#map.set(name, value);
  }
  *entries() {
    yield* this.#map.entries();
  }
  *keys() {
    yield* this.#map.keys();
  }
  *values() {
    yield* this.#map.values();
  }
  toString() {
    return [...this.#map]
      .map(
        ([key, value]) =>
          `${key}=${value.length === 0 || notToken.test(value) ? `"${value.replace(/["\\]/g, '\\$&')}"` : value}`,
      )
      .join(';');
  }
  toJSON() {
    return this.toString();
  }
}
Object.defineProperty(MIMEParams.prototype, Symbol.iterator, {
  configurable: true,
  value: MIMEParams.prototype.entries,
  writable: true,
});

class MIMEType {
  #type;
  #subtype;
  #parameters = new MIMEParams();
  constructor(string) {
    const text = `${string}`.trim();
    const slash = text.indexOf('/');
    const type = slash < 0 ? text : text.slice(0, slash);
    let at = type.search(notToken);
    if (type.length === 0 || slash < 0 || at !== -1) throw invalid('type', `${string}`, at);
    const semicolon = text.indexOf(';', slash);
    const subtype = (semicolon < 0 ? text.slice(slash + 1) : text.slice(slash + 1, semicolon)).trimEnd();
    at = subtype.search(notToken);
    if (subtype.length === 0 || at !== -1) throw invalid('subtype', `${string}`, at);
    this.#type = type.toLowerCase();
    this.#subtype = subtype.toLowerCase();
    if (semicolon < 0) return;
    const parameter = /;[\t\n\r ]*([^;=]*)(?:=(?:"((?:[^"\\]|\\.)*)"?[^;]*|([^;]*)))?/g;
    for (const [, rawName, quoted, bare] of text.slice(semicolon).matchAll(parameter)) {
      const name = rawName.toLowerCase();
      const value = quoted !== undefined ? quoted.replace(/\\(.)/g, '$1') : bare?.trimEnd();
      if (
        name !== '' &&
        value !== undefined &&
        !notToken.test(name) &&
        !notQuoted.test(value) &&
        (quoted !== undefined || value !== '') &&
        !this.#parameters.has(name)
      )
        this.#parameters.set(name, value);
    }
  }
  get type() {
    return this.#type;
  }
  set type(value) {
    value = `${value}`;
    const at = value.search(notToken);
    if (value.length === 0 || at !== -1) throw invalid('type', value, at);
    this.#type = value.toLowerCase();
  }
  get subtype() {
    return this.#subtype;
  }
  set subtype(value) {
    value = `${value}`;
    const at = value.search(notToken);
    if (value.length === 0 || at !== -1) throw invalid('subtype', value, at);
    this.#subtype = value.toLowerCase();
  }
  get essence() {
    return `${this.#type}/${this.#subtype}`;
  }
  get params() {
    return this.#parameters;
  }
  toString() {
    const parameters = this.#parameters.toString();
    return parameters.length > 0 ? `${this.essence};${parameters}` : this.essence;
  }
  toJSON() {
    return this.toString();
  }
}

module.exports = { MIMEParams, MIMEType };

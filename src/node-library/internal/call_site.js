// The frames that `Error.prepareStackTrace` gets: V8's CallSite objects.

class CallSite {
  #site;
  constructor(site) {
    this.#site = site;
  }
  getColumnNumber() {
    return this.#site[2] || null;
  }
  getEvalOrigin() {}
  getFileName() {
    return this.#site[0] || undefined;
  }
  /** Only of functions that are not strict. */
  getFunction() {
    return this.#site[7];
  }
  getFunctionName() {
    return this.#site[3] || null;
  }
  getLineNumber() {
    return this.#site[1] || null;
  }
  getMethodName() {
    return this.#site[5] || null;
  }
  getPosition() {
    return 0;
  }
  getPromiseIndex() {
    return null;
  }
  getScriptNameOrSourceURL() {
    return this.#site[0] || null;
  }
  getScriptHash() {
    return '';
  }
  getEnclosingColumnNumber() {
    return this.#site[2] || 0;
  }
  getEnclosingLineNumber() {
    return this.#site[1] || 0;
  }
  getThis() {
    return this.#site[8];
  }
  getTypeName() {
    return this.#site[4] ?? null;
  }
  isAsync() {
    return (this.#site[6] & 1) !== 0;
  }
  isConstructor() {
    return (this.#site[6] & 2) !== 0;
  }
  isEval() {
    return false;
  }
  isNative() {
    return (this.#site[6] & 4) !== 0;
  }
  isPromiseAll() {
    return false;
  }
  isToplevel() {
    return (this.#site[6] & 8) !== 0;
  }
  toString() {
    return this.#site[9];
  }
}

/** Takes the place of each row. */
exports.makeCallSites = (rows) => {
  for (let i = 0; i < rows.length; i++) rows[i] = new CallSite(rows[i]);
  return rows;
};

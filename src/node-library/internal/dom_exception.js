// DOMException (Web IDL).

const names = [
  ['IndexSizeError', 'INDEX_SIZE_ERR', 1],
  ['HierarchyRequestError', 'HIERARCHY_REQUEST_ERR', 3],
  ['WrongDocumentError', 'WRONG_DOCUMENT_ERR', 4],
  ['InvalidCharacterError', 'INVALID_CHARACTER_ERR', 5],
  ['NoModificationAllowedError', 'NO_MODIFICATION_ALLOWED_ERR', 7],
  ['NotFoundError', 'NOT_FOUND_ERR', 8],
  ['NotSupportedError', 'NOT_SUPPORTED_ERR', 9],
  ['InUseAttributeError', 'INUSE_ATTRIBUTE_ERR', 10],
  ['InvalidStateError', 'INVALID_STATE_ERR', 11],
  ['SyntaxError', 'SYNTAX_ERR', 12],
  ['InvalidModificationError', 'INVALID_MODIFICATION_ERR', 13],
  ['NamespaceError', 'NAMESPACE_ERR', 14],
  ['InvalidAccessError', 'INVALID_ACCESS_ERR', 15],
  ['TypeMismatchError', 'TYPE_MISMATCH_ERR', 17],
  ['SecurityError', 'SECURITY_ERR', 18],
  ['NetworkError', 'NETWORK_ERR', 19],
  ['AbortError', 'ABORT_ERR', 20],
  ['URLMismatchError', 'URL_MISMATCH_ERR', 21],
  ['TimeoutError', 'TIMEOUT_ERR', 23],
  ['InvalidNodeTypeError', 'INVALID_NODE_TYPE_ERR', 24],
  ['DataCloneError', 'DATA_CLONE_ERR', 25],
  [undefined, 'DOMSTRING_SIZE_ERR', 2],
  [undefined, 'NO_DATA_ALLOWED_ERR', 6],
  [undefined, 'VALIDATION_ERR', 16],
  [undefined, 'QUOTA_EXCEEDED_ERR', 22],
];
const codeOf = new Map(names.map(([name, , code]) => [name, code]));
const slots = new WeakMap();

class DOMException extends Error {
  constructor(message = '', options = 'Error') {
    super();
    const text = `${message}`;
    let name;
    if (options !== null && typeof options === 'object') {
      name = 'name' in options ? `${options.name}` : 'Error';
      if ('cause' in options)
        Object.defineProperty(this, 'cause', {
          value: options.cause,
          configurable: true,
          writable: true,
          enumerable: false,
        });
    } else name = `${options}`;
    delete this.message;
    slots.set(this, { name, message: text, code: codeOf.get(name) ?? 0 });
    Error.captureStackTrace(this, DOMException);
    void this.stack;
  }
}

const slot = (self) => {
  const found = slots.get(self);
  if (found === undefined) throw new (require('internal/errors').codes.ERR_INVALID_THIS)('DOMException');
  return found;
};
for (const key of ['name', 'message', 'code'])
  Object.defineProperty(DOMException.prototype, key, {
    configurable: true,
    enumerable: true,
    get: Object.getOwnPropertyDescriptor(
      {
        get [key]() {
          return slot(this)[key];
        },
      },
      key,
    ).get,
  });
Object.defineProperty(DOMException.prototype, Symbol.toStringTag, { configurable: true, value: 'DOMException' });
for (const [, constant, code] of names) {
  const descriptor = { enumerable: true, value: code };
  Object.defineProperty(DOMException, constant, descriptor);
  Object.defineProperty(DOMException.prototype, constant, descriptor);
}

module.exports = { DOMException };

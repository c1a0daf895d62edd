const { codes } = require('internal/errors');

const kMake = Symbol('make');
class Navigator {
  constructor(key) {
    if (key !== kMake) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
  }
  get hardwareConcurrency() {
    return 1;
  }
  get language() {
    return 'en-US';
  }
  get languages() {
    return Object.freeze(['en-US']);
  }
  get userAgent() {
    return `Node.js/${process.versions.node.split('.')[0]}`;
  }
  get platform() {
    return process.platform;
  }
  get locks() {
    return undefined;
  }
}
for (const name of ['hardwareConcurrency', 'language', 'languages', 'userAgent', 'platform', 'locks'])
  Object.defineProperty(Navigator.prototype, name, { enumerable: true });

module.exports = { Navigator, navigator: new Navigator(kMake) };

module.exports = {
  WASI: class WASI {
    constructor() {
      throw require('internal/refused').wasi();
    }
  },
};

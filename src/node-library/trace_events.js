class Tracing {
  #categories;
  constructor(categories) {
    this.#categories = categories;
    this.enabled = false;
  }
  get categories() {
    return this.#categories.join(',');
  }
  enable() {
    this.enabled = true;
  }
  disable() {
    this.enabled = false;
  }
}

module.exports = {
  createTracing: (options) => new Tracing(options.categories),
  getEnabledCategories: () => undefined,
};

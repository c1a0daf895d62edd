// A class hierarchy of shapes with mixins, super calls, getters and statics. What it shows: one call site that goes from monomorphic
// over polymorphic to megamorphic, each step a bailout.
class Shape {
  static made = 0;
  static #names = new Map();
  static count(name) {
    Shape.#names.set(name, (Shape.#names.get(name) ?? 0) + 1);
    Shape.made++;
  }
  static report() {
    return [...Shape.#names].map(([name, n]) => `${name} ${n}`).join(', ');
  }
  constructor(name) {
    this.name = name;
    Shape.count(name);
  }
  area() {
    return 0;
  }
  get description() {
    return `${this.name} of ${this.area().toFixed(2)}`;
  }
}

const Scalable = (Base) =>
  class extends Base {
    factor = 1;
    scale(k) {
      this.factor *= k;
      return this;
    }
    area() {
      return super.area() * this.factor * this.factor;
    }
  };

class Rectangle extends Shape {
  constructor(w, h, name = 'rectangle') {
    super(name);
    this.w = w;
    this.h = h;
  }
  area() {
    return this.w * this.h;
  }
}

class Square extends Rectangle {
  constructor(side) {
    super(side, side, 'square');
  }
  get description() {
    return `regular ${super.description}`;
  }
}

class Circle extends Shape {
  constructor(r) {
    super('circle');
    this.r = r;
  }
  area() {
    return Math.PI * this.r ** 2;
  }
}

class Triangle extends Shape {
  constructor(a, b, c) {
    super('triangle');
    [this.a, this.b, this.c] = [a, b, c];
  }
  area() {
    const s = (this.a + this.b + this.c) / 2;
    return Math.sqrt(s * (s - this.a) * (s - this.b) * (s - this.c));
  }
}

class Ring extends Scalable(Circle) {
  constructor(outer, inner) {
    super(outer);
    this.inner = inner;
  }
  area() {
    return super.area() - Math.PI * this.inner ** 2;
  }
}

const BigSquare = Scalable(Square);

function sum(shapes, rounds) {
  let total = 0;
  for (let i = 0; i < rounds; i++) total += shapes[i % shapes.length].area();
  return total;
}

const stages = [() => new Rectangle(2, 3), () => new Circle(1), () => new Square(2), () => new Triangle(3, 4, 5), () => new Ring(2, 1), () => new BigSquare(1).scale(3)];
const shapes = [];
for (const make of stages) {
  shapes.push(make());
  console.log(`${shapes.length} classes: ${sum(shapes, 6000).toFixed(3)}`);
}
for (const shape of shapes) console.log(`  ${shape.description}`);
console.log(`${Shape.made} made: ${Shape.report()}`);
console.log(shapes.map((s) => `${s instanceof Rectangle ? 'R' : '-'}${s instanceof Circle ? 'C' : '-'}${'scale' in s ? 'S' : '-'}`).join(' '));
console.log(Object.getPrototypeOf(BigSquare.prototype) === Square.prototype, BigSquare.name === '', Ring.length);

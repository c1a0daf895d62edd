// A subclass that calls super's method.
class Animal { constructor(legs) { this.legs = legs; } count() { return this.legs; } }
class Dog extends Animal { constructor() { super(4); this.name = 'dog'; } count() { return super.count() + 1; } }
function legs(animals) { let n = 0; for (let i = 0; i < animals.length; i++) n += animals[i].count(); return n; }
const dogs = [new Dog(), new Dog()];
for (let i = 0; i < 4000; i++) legs(dogs);
console.log(legs(dogs));
console.log(legs([new Animal(2)]));
console.log(legs([new Animal(0.5), new Dog()]));

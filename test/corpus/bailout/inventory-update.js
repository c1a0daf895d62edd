// Quantities in an inventory of objects, whose prices become fractions.
class Item { constructor(name, price, count) { this.name = name; this.price = price; this.count = count; } total() { return this.price * this.count; } }
function value(items) { let sum = 0; for (let i = 0; i < items.length; i++) sum += items[i].total(); return sum; }
const items = [new Item('a', 2, 3), new Item('b', 5, 1)];
for (let i = 0; i < 4000; i++) value(items);
console.log(value(items));
items[1].price = 2.5;
console.log(value(items));
items.push({ total() { return 7; } });
console.log(value(items));

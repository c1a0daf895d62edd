// What it shows: "wrong map". `area` is compiled for one shape; the last call brings another.
function area(box) {
  return box.width * box.height;
}
let total = 0;
for (let i = 0; i < 20000; i++) total += area({ width: i % 10, height: 2 });
console.log(`before: ${total}`);
total += area({ height: 3, width: 4 });
console.log(`after: ${total}`);

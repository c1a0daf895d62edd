interface Box { width: number }
enum Unit { Metre = 1 }
const outer = (box: Box): number => {
  return inner(box, Unit.Metre);
};
function inner(box: Box, unit: Unit): number {
  if (box.width > unit) {
    throw new Error('too wide');
  }
  return box.width;
}
try {
  outer({ width: 2 });
} catch (error) {
  console.log((error as Error).stack);
}
console.log(outer({ width: 1 }));
outer({ width: 3 });

function area(shape) {
  return shape.width * shape.height;
}
function total(shapes) {
  return shapes.reduce((sum, shape) => sum + area(shape), 0);
}
total([
  { width: 2, height: 3 },
  { height: 3, width: 2 },
]);

// A flood fill over a grid of rows, out of its bounds.
function fill(grid, x, y, c) { if (y < 0 || y >= grid.length || x < 0 || x >= grid[y].length || grid[y][x] !== 0) return 0; grid[y][x] = c; return 1 + fill(grid, x + 1, y, c) + fill(grid, x - 1, y, c) + fill(grid, x, y + 1, c) + fill(grid, x, y - 1, c); }
for (let i = 0; i < 500; i++) fill([[0, 0, 1], [1, 0, 1], [0, 0, 0]], 0, 0, 2);
console.log(fill([[0, 0], [0, 0]], 0, 0, 3));
console.log(fill([[0, 0.5]], 0, 0, 'c'));

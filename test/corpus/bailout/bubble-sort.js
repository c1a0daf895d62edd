// Bubble sort of integers, of doubles, and of a list with a hole.
function sort(list) {
  for (let i = 0; i < list.length; i++)
    for (let j = 0; j + 1 < list.length - i; j++)
      if (list[j] > list[j + 1]) { const t = list[j]; list[j] = list[j + 1]; list[j + 1] = t; }
  return list;
}
for (let i = 0; i < 2000; i++) sort([5, 3, 8, 1]);
console.log(sort([5, 3, 8, 1]).join());
console.log(sort([2.5, 1.5]).join());
console.log(sort(['b', 'a']).join());
console.log(sort([3, , 1]).length);

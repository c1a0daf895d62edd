// An async function that awaits twice: doubles, strings.
async function add(a, b) { const x = await a; const y = await b; return x + y; }
async function main() {
  let s = 0;
  for (let i = 0; i < 20000; i++) s += await add(i, 1);
  console.log(s);
  console.log(await add(1.5, 2));
  console.log(await add('a', 'b'));
}
main();

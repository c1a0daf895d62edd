// An async generator and for await.
async function* agen(n) { for (let i = 0; i < n; i++) { yield i + 1; } }
async function run(n) { let s = 0; for await (const v of agen(n)) s += v; return s; }
async function main() {
  for (let i = 0; i < 800; i++) await run(10);
  console.log(await run(10));
  console.log(await run(10.5));
}
main();

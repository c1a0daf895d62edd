// An async function that awaits in a loop: other maps.
async function load(o) { let t = 0; for (let i = 0; i < 4; i++) { t += o.x; await null; } return t; }
async function main() {
  for (let i = 0; i < 6000; i++) await load({ x: 1 });
  console.log(await load({ x: 2 }));
  console.log(await load({ z: 0, x: 2 }));
  try { await load(null); } catch (e) { console.log(String(e)); }
}
main();

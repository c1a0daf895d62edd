// An async method: a constant field changes, strings.
const obj = { async m(x) { await 0; return this.k + x; }, k: 5 };
async function t() { for (let i = 0; i < 9000; i++) await obj.m(i); console.log(await obj.m(1)); obj.k = 6; console.log(await obj.m(1)); console.log(await obj.m('x')); }
t();

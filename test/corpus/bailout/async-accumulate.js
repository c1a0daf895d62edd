// An async function that awaits in a loop.
async function sum(list) { let s = 0; for (let i = 0; i < list.length; i++) s += await list[i]; return s; }
(async () => { for (let i = 0; i < 1500; i++) await sum([1, 2]); console.log(await sum([1, 2])); console.log(await sum([0.5])); console.log(await sum(['a'])); })();

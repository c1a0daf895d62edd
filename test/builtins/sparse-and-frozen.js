const a = [1, 2, 'x', NaN, , 5]; a[2 ** 20] = 7; a[3e7] = 'far';
function t(f) { try { console.log(f()); } catch (e) { console.log(e.message); } }
for (const k of ['includes', 'indexOf']) for (const v of [1, 2, 'x', NaN, undefined, 5, 7, 'far', 'no', null]) { t(() => a[k](v)); t(() => a[k](v, 3)); t(() => a[k](v, -1)); t(() => a[k](v, 2 ** 20)); t(() => a[k](v, 2**20 + 1)); t(() => a[k](v, 5e7)); }
t(() => a.lastIndexOf(7, 2**20)); t(() => a.lastIndexOf('far'));
const full = []; for (let i = 0; i < 5; i++) Object.defineProperty(full, i, { value: i, configurable: true, enumerable: false, writable: true });
t(() => full.includes(undefined)); t(() => full.includes(undefined, -1)); t(() => full.indexOf(3)); t(() => full.lastIndexOf(3)); t(() => full.lastIndexOf(3, -3)); t(() => full.lastIndexOf(2, -3));
t(() => new Array(2 ** 31).includes(undefined)); t(() => new Array(2 ** 31).includes(1)); t(() => new Array(2 ** 26).indexOf(1));
t(() => [].includes(undefined)); t(() => [,].includes(undefined)); 
function t(f) { try { console.log(f()); } catch (e) { console.log(e.message); } }
for (const n of [0, 2]) { for (const k of ['freeze', 'seal', 'preventExtensions']) { t(() => Object[k](new Uint8Array(n)).length);  const a = new Uint8Array(n); a.x = 1; t(() => Object[k](a).length); t(() => [Object.isFrozen(a), Object.isSealed(a), Object.isExtensible(a)]); } }

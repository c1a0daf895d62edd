// What a break left out was not checked: the binding may still be uninitialized.
const functions = [
  (p) => { do { if (p) break; value; } while (p--); return value; },
  (p) => { do { if (p) break; } while (value); return value; },
  (p) => { do { if (p) continue; value; } while (false); return value; },
  (p) => { label: { if (p) break label; value; } return value; },
  (p) => { switch (p) { case 1: break; case value: } return value; },
  (p) => { while (true) { if (p) break; value; } return value; },
  (p) => { for (;;) { if (p) break; value; } return value; },
  (p) => { label: for (const x of [p]) { inner: { if (x) break inner; value; } return value; } },
  (p) => { try { if (p) throw 1; value; } catch {} return value; },
];
for (const f of functions) {
  try {
    console.log(f(1));
  } catch (error) {
    console.log(error.message);
  }
}
let value = 'set';
for (const f of functions) console.log(f(1));

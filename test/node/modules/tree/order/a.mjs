console.log("a starts"); import "./b.mjs"; import "./c.cjs"; import "./d.mjs"; console.log("a ends"); queueMicrotask(() => console.log("a microtask"));

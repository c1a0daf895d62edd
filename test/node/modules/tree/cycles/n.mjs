import { m, g } from "./m.mjs"; export const n = "n"; export function f() { return g(); } try { m; } catch (e) { console.log(e.name, e.message); } console.log("n", typeof g);

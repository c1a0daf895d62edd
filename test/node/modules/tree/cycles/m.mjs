import { n, f } from "./n.mjs"; export const m = "m"; export function g() { return m; } console.log("m", n, f());

import { b } from "./b.mjs"; console.log("d", b); export { b };

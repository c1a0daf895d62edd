import "./b.mjs"; throw new Error("fails");

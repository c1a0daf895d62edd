import "./f.cjs"; export const e = 1;

console.log("b before"); await null; console.log("b after"); export const b = 1;

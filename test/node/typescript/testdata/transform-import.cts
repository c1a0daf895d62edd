import path = require('node:path');
import type fs = require('node:fs');
enum E { A = path.sep.length }
export = { E };
console.log(E, typeof path.join);
(null as any).x;

import { area } from './parts/shape.ts';
import * as path from 'node:path';
enum Kind { Small = 1, Large = 10 }
export enum Exported { A = 'a' }
function check(kind: Kind): void {
  if (area({ side: kind }) > 50) throw new Error(`too large: ${Kind[kind]}`);
}
console.log(Exported, path.basename('/a/b'));
check(Kind.Small);
await 0;
check(Kind.Large);

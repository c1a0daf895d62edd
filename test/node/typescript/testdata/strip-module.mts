import lib from './parts/lib.cts';
import { area } from './parts/shape.ts';
const { default: again, file } = (await import('./parts/lib.cts')) as any;
console.log(again === lib, file === lib.file, area({ side: 4 }), import.meta.filename.endsWith('.mts'));
const attempt = async (name: string): Promise<void> => {
  try {
    await import(name);
  } catch (error: any) {
    console.log(error.code, error.message.split('\n')[0].replace(/.*\//, ''));
  }
};
await attempt('./parts/bad.ts');
await attempt('./parts/node_modules/typed/index.ts');
export type { Shape } from './parts/shape.ts';
lib.fail({ deep: true } as object);

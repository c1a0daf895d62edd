// dist/node-library.txt: the texts of Node's library (src/node-library), one JavaScript module each, and of the packages that it
// is built on. src/engine/node/library-texts.ts reads the file and says how it is laid out.

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as esbuild from 'esbuild';

/** Packages that are part of the library: its module, and what of the library stands for what they require. */
interface Package {
  readonly id: string;
  readonly entry: string;
  readonly provided: readonly string[];
  /** A place of its text that programs would see to be no place of Node's, and what stands there instead. */
  readonly replaced?: readonly [RegExp, string];
}
const packages: readonly Package[] = [
  {
    id: 'internal/packages/readable-stream',
    entry: 'readable-stream/lib/ours/browser.js',
    provided: ['buffer', 'events', 'string_decoder', 'abort-controller', 'process/', 'process'],
  },
  {
    id: 'internal/packages/web-streams',
    entry: 'web-streams-polyfill/dist/ponyfill.js',
    provided: [],
    // what is there when it is read comes in this order
    replaced: [/(_promise=\s*\w+\(\{)value:\s*(\w+),\s*done:\s*(false|!1)/g, '$1done:$3,value:$2'],
  },
  { id: 'internal/packages/url', entry: 'url/url.js', provided: ['punycode', 'qs'] },
];

/** What a package requires, and the module of the library that it gets. */
const standIns: Readonly<Record<string, string>> = {
  'abort-controller': 'internal/abort_controller',
  process: 'internal/process',
  punycode: 'internal/punycode',
  'process/': 'internal/process',
  qs: 'querystring',
};

const files = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => {
      const file = path.join(folder, entry.name);
      return entry.isDirectory() ? files(file) : entry.name.endsWith('.js') ? [file] : [];
    })
    .sort();

const shared = {
  charset: 'ascii',
  minifyWhitespace: true,
  lineLimit: 160,
  target: 'es2022',
  legalComments: 'none',
} as const;

/** Returns the files of packages that it is made of, relative to `root`. */
export async function writeNodeLibrary(root: string, out: string): Promise<string[]> {
  const folder = path.join(root, 'src/node-library');
  const texts = new Map<string, string>();
  const inputs: string[] = [];
  for (const file of files(folder)) {
    const id = path.relative(folder, file).replace(/\.js$/, '');
    // a module is a function body, where `return` may stand
    const { code } = await esbuild.transform(readFileSync(file, 'utf8'), { ...shared, loader: 'js', sourcefile: file });
    texts.set(id, code);
  }
  for (const { id, entry, provided, replaced } of packages) {
    const { outputFiles, metafile } = await esbuild.build({
      ...shared,
      absWorkingDir: root,
      metafile: true,
      entryPoints: [path.join(root, 'node_modules', entry)],
      bundle: true,
      write: false,
      format: 'cjs',
      platform: 'neutral',
      mainFields: ['main'],
      plugins: [
        {
          name: 'stand-ins',
          setup(build) {
            build.onResolve({ filter: /^[a-z_-]+\/?$/ }, ({ path: name }) =>
              provided.includes(name) ? { path: standIns[name] ?? name, external: true } : undefined,
            );
          },
        },
      ],
    });
    const { text } = outputFiles![0]!;
    if (replaced !== undefined && text.search(replaced[0]) < 0)
      throw new Error(`${entry} has nothing like ${replaced[0]} any longer: does it still need to be replaced?`);
    texts.set(id, replaced === undefined ? text : text.replace(...replaced));
    inputs.push(...Object.keys(metafile!.inputs));
  }
  const index: Record<string, [number, number]> = {};
  let at = 0;
  for (const [id, text] of texts) {
    index[id] = [at, text.length];
    at += text.length;
  }
  writeFileSync(out, `${JSON.stringify(index)}\n${[...texts.values()].join('')}`, 'latin1');
  return inputs;
}

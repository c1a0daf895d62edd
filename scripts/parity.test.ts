import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { compareListings, normaliseListing, parseListings } from './parity-listing.ts';
import { formatParity, problems, summarise } from './parity-report.ts';
import {
  bailoutKey,
  formatBailouts,
  normaliseTraceLine,
  parseBailouts,
  parseInvalidations,
  parseRecordedBailouts,
} from './parity-trace.ts';

const CORPUS = fileURLToPath(new URL('../test/corpus/', import.meta.url));
const files = (folder: string, extension: string) =>
  readdirSync(CORPUS + folder)
    .filter((name) => name.endsWith(extension))
    .map((name) => readFileSync(`${CORPUS}${folder}/${name}`, 'utf8'));

const TRACE = `[bailout (kind: deopt-eager, reason: wrong map): begin. deoptimizing 0x32ed <JSFunction outer (sfi = 0x1ffa)>, 0x2b89 <Code TURBOFAN_JS>, opt id 0, bytecode offset 7, deopt exit 1, FP to SP delta 32, caller SP 0x7ffd, pc 0x7f48]
            ;;; deoptimize at </home/me/c.js:2:27> inlined at </home/me/c.js:3:33>
  reading input frame outer => bytecode_offset=5, args=2, height=2, retval=0(#0); inputs:
      0: 0x32ed ;  [fp -  16]  0x32ed <JSFunction outer (sfi = 0x1ffa)>
  reading construct invoke stub frame Box, inputs:
  translating interpreted frame outer => bytecode_offset=5, variable_frame_size=16, frame_size=96
    0x7ffd8: [top +  88] <- 0x000400000000 <Smi 4> ;  stack parameter (input #2)
    0x7ffd8: [top +  80] <- 0x000000000003 ;  actual argument count
    0x7ffd0: [top +  72] <- 0x7f4906d8d654 ;  caller's pc
    0x7ffd8: [top +  16] <- 0x3532fb488eb1 <arguments_marker> ;  feedback vector    -------------------------
    0x7ffd8: [top +   8] <- 0x1 <JSFunction (sfi = 0x1)> ;  stack parameter (input #3)
[bailout end. took 0.123 ms]
the program's own line
`;

// Seen to fail: normaliseFrameLine leaving addresses in; a bailout's end not ending it.
test('R16: a verbose bailout trace is parsed into bailouts and normalised frames', () => {
  const [bailout, ...rest] = parseBailouts(TRACE);
  assert.equal(rest.length, 0);
  assert.equal(
    bailoutKey(bailout!),
    'outer | deopt-eager | wrong map | 7 | c.js:2:27 < c.js:3:33 | outer @ 5 > construct invoke stub frame Box @ -',
  );
  assert.deepEqual(bailout!.frames[0]!.split('\n'), [
    '  translating interpreted frame outer => bytecode_offset=5, variable_frame_size=16, frame_size=96',
    '    [top +  88] <- <Smi 4> ;  stack parameter (input #2)',
    '    [top +  80] <- #3 ;  actual argument count',
    "    [top +  72] <- … ;  caller's pc",
    '    [top +  16] <- <arguments_marker> ;  feedback vector',
    '    -------------------------',
    '    [top +   8] <- <JSFunction (sfi = 0x…)> ;  stack parameter (input #3)',
  ]);
});

test('Smi words of either pointer size are the same after normalising', () => {
  assert.equal(normaliseTraceLine('<- 0x000400000000 <Smi 4> ;'), normaliseTraceLine('<- 0x1f200000008 <Smi 4> ;'));
  assert.notEqual(normaliseTraceLine('<Smi 4>'), normaliseTraceLine('<Smi 5>'));
});

// Seen to fail: the reasons counted with the bailouts.
test('R26: invalidations are read with the bailouts before them, also where the reference writes a line in two places', () => {
  const mark = (name: string): string =>
    `[marking dependent code 0x2b <Code TURBOFAN_JS> (0x1a <SharedFunctionInfo ${name}>`;
  const end = (id: number, reason: string): string => `) (opt id ${id}) for deoptimization, reason: ${reason}]\n`;
  const whole = `${mark('f')}${end(0, 'for testing')}${TRACE}${mark('g')}${end(1, 'dependent field type changed')}`;
  const expected = ['0 | f | for testing', '1 | g | dependent field type changed'];
  assert.deepEqual(parseInvalidations(whole), expected);
  const ends = `1\n${end(0, 'for testing')}2\n${end(1, 'dependent field type changed')}`;
  assert.deepEqual(parseInvalidations(`${mark('f')}${TRACE}${mark('g')}`, ends), expected);
});

test('recorded bailouts read back as they were written', () => {
  const bailouts = parseBailouts(TRACE + TRACE);
  const recorded = parseRecordedBailouts(formatBailouts(bailouts));
  assert.deepEqual(
    recorded,
    bailouts.map((b) => ({ key: bailoutKey(b), frames: b.frames })),
  );
});

// Seen to fail: parseRecordedBailouts taking each line for a frame; and giving keys without their inner frames.
test('R2: the bailout corpus has at least 48 programs and 14 reasons, eager and lazy, up to three levels of inlining', () => {
  const recorded = files('bailout', '.expected').map(parseRecordedBailouts);
  const keys = recorded.flat().map(({ key }) => key.split(' | '));
  assert.ok(recorded.length >= 48);
  // A program without a bailout shows an invalidation, or that there is neither here.
  const silent = readdirSync(`${CORPUS}bailout`).filter(
    (name) => name.endsWith('.expected') && readFileSync(`${CORPUS}bailout/${name}`, 'utf8').trim() === '',
  );
  for (const name of silent) assert.match(name, /^(?:invalidate|without)-/);
  assert.ok(new Set(keys.map(([, , reason]) => reason)).size >= 14);
  assert.ok(keys.some(([, kind]) => kind === 'deopt-lazy'));
  for (const { key, frames } of recorded.flat()) {
    assert.ok(frames.length >= 1, key);
    for (const frame of frames)
      assert.match(
        frame.split('\n').at(-1)!,
        /\[top \+ {3}0\]|^ {2}translating inlined arguments frame|-{5}$|^ \(input #\d+\)$/,
      );
  }
  const levels = (key: string) =>
    key
      .split(' | ')
      .at(-1)!
      .split(' > ')
      .filter((frame) => !frame.endsWith('@ -')).length;
  assert.ok(new Set(recorded.flat().map(({ key }) => levels(key))).size >= 3);
});

test('the bytecode corpus has at least 150 functions, all parsed and normalised', () => {
  const listings = files('bytecode', '.expected').flatMap(parseListings);
  assert.ok(listings.length >= 150, String(listings.length));
  for (const { text } of listings) {
    assert.equal(normaliseListing(text), text);
    assert.match(text, /\nBytecode length: \d+\nParameter count \d+\nRegister count \d+\nFrame size \d+\n/);
    assert.match(text, /\nSource Position Table \(size = \d+\)/);
  }
});

test('listings pair by name, identical ones first', () => {
  const listing = (name: string, text: string) => ({ name, text });
  const result = compareListings(
    [listing('f', 'a'), listing('f', 'b'), listing('g', 'c')],
    [listing('f', 'b'), listing('f', 'x')],
  );
  assert.deepEqual(
    result.map((r) => [r.identical, r.actual]),
    [
      [false, 'x'],
      [true, 'b'],
      [false, undefined],
    ],
  );
});

test('cases that differ on purpose are listed with their reason and not counted', () => {
  const parity = {
    title: 'bytecode parity',
    unit: 'functions',
    cases: [
      { name: 'a', identical: true, detail: '' },
      { name: 'b', identical: false, detail: 'line 3' },
      { name: 'c', identical: false, detail: 'line 4' },
    ],
    onPurpose: { c: 'Smi range', gone: 'old' },
  };
  assert.deepEqual(summarise(parity), { identical: 1, compared: 2, onPurpose: 1, share: 0.5 });
  const text = formatParity(parity, { verbose: false });
  assert.match(text, /50\.0 %/);
  assert.match(text, /c: Smi range/);
  assert.deepEqual(problems(parity), [
    'b differs, and differences.json gives no reason',
    'gone is listed as differing on purpose, but there is no such case',
  ]);
  assert.deepEqual(problems({ ...parity, onPurpose: { a: 'was once', b: 'known', c: 'known' } }), [
    'a is listed as differing on purpose, but is identical',
  ]);
});

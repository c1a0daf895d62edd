// The inputs of one session of `npm run fuzz-dap`: a debugger's usual conversation, and around it requests with wrong types,
// huge and odd numbers, invented ids and addresses, deep nesting, lone surrogates, bytes that are no UTF-8, unknown commands,
// wrong order, seqs that repeat or are negative, messages that are no requests, and broken frames.

/** xorshift32: the same numbers for the same seed on every host. */
export class Random {
  #state: number;
  constructor(...seeds: readonly number[]) {
    this.#state = 0x9e3779b9;
    for (const seed of seeds) {
      this.#state = Math.imul(this.#state ^ (seed | 0), 0x85ebca6b) ^ (this.#state >>> 13);
      if (this.#state === 0) this.#state = 1;
      for (let i = 0; i < 8; i++) this.next();
    }
  }
  /** An integer below `limit`. */
  below(limit: number): number {
    return this.next() % limit;
  }
  next(): number {
    let x = this.#state;
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    this.#state = x;
    return x >>> 0;
  }
  chance(percent: number): boolean {
    return this.below(100) < percent;
  }
  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)]!;
  }
}

export interface Input {
  readonly bytes: Buffer;
  /** Present when it is a well-formed request: it must be answered. */
  readonly request?: { readonly seq: number; readonly command: string };
}

export interface InputPlaces {
  readonly programs: readonly string[];
  /** A file that `trace` may name. */
  readonly trace: string;
}

type Json = unknown;
type Args = Record<string, Json>;

/** JSON text that is put into a message as it is. */
class Raw {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

const nested = (depth: number, open: string, close: string): Raw =>
  new Raw(`${open.repeat(depth)}1${close.repeat(depth)}`);

const oddNumbers: readonly Json[] = [
  -1,
  0,
  1,
  0.5,
  -0.5,
  2 ** 31,
  -(2 ** 31),
  2 ** 32,
  2 ** 53,
  -(2 ** 53),
  2 ** 53 - 1,
  1e308,
  -1e308,
  new Raw('1e999'),
  new Raw('-0'),
];

const oddStrings: readonly Json[] = [
  '',
  ' ',
  '\0',
  '0x',
  '0x0',
  '-0x1',
  '0xffffffffffffffffffffffff',
  '0x1c2f00400000',
  '1e308',
  'NaN',
  '__proto__',
  'constructor',
  'toString',
  new Raw('"\\ud800"'),
  new Raw('"\\udc00\\ud800"'),
  '\u2028',
  '/dev/zero',
  '/dev/stdin',
  '/',
  '..',
  'a'.repeat(5000),
  '('.repeat(3000),
  '['.repeat(20000),
  '!'.repeat(20000),
];

const expressions: readonly string[] = [
  '1 + 1',
  'list',
  'point',
  'local',
  'this',
  'throw 1',
  'throw new Error("thrown")',
  'null.x',
  'undefinedName',
  'let let',
  'function (',
  '(() => { while (true); })()',
  'for (;;);',
  'new Array(1e6).fill(1)',
  '"x".repeat(2 ** 28)',
  'debugger',
  'import("nowhere")',
  'await 1',
  'yield 1',
  'point.twice',
  'local = 5',
  'list.length = 1e9',
  '[].concat(list).map(x => x)',
  '(function f() { f(); })()',
  'Object.defineProperty(list, 0, { get() { throw 1 } })',
  'new Proxy({}, { get() { throw 1 } })',
  '1n << 100000n',
  'Symbol("s")',
  '`${',
  '/(/',
  'process.exit(3)',
  '{',
  '}',
];

export class SessionInputs {
  readonly groups: Input[][] = [];
  count = 0;
  readonly #random: Random;
  readonly #places: InputPlaces;
  readonly #isStdio: boolean;
  #seq = 1;

  constructor(seed: number, session: number, places: InputPlaces, isStdio: boolean) {
    this.#random = new Random(seed, session);
    this.#places = places;
    this.#isStdio = isStdio;
    this.#conversation();
  }

  #conversation(): void {
    const random = this.#random;
    for (let i = random.below(3); i > 0; i--) this.#group(5 + random.below(15));
    this.#say([this.#good('initialize'), this.#good('launch')]);
    if (random.chance(50)) this.#group(10 + random.below(20));
    this.#say([this.#good('setBreakpoints'), this.#good('setExceptionBreakpoints'), this.#good('configurationDone')]);
    for (let i = 2 + random.below(5); i > 0; i--) this.#group(5 + random.below(25));
    this.#say([this.#request('threads', {})]);
  }

  #say(inputs: Input[]): void {
    this.groups.push(inputs);
    this.count += inputs.length;
  }

  #group(length: number): void {
    const group: Input[] = [];
    while (group.length < length) group.push(...this.#some());
    this.#say(group);
  }

  #some(): Input[] {
    const random = this.#random;
    const kind = random.below(100);
    if (kind < 25) return [this.#good(random.pick(commands))];
    if (kind < 75) return [this.#mutated(random.pick(commands))];
    if (kind < 79) return [this.#request(String(this.#oddText()), this.#value() as Args)].filter(isWellFormed);
    if (kind < 83) return this.#endless();
    if (kind < 88) return [this.#noRequest()];
    if (kind < 92) return [this.#deep()];
    if (kind < 95) return [this.#notUtf8()];
    if (kind < 97) return [this.#good(random.pick(['stepIn', 'next', 'stepOut', 'continue', 'pause']))];
    return this.#isStdio ? [this.#brokenFrame()] : [this.#good('stackTrace')];
  }

  // ── Requests ───────────────────────────────────────────────────────────────────────────────────────────────────────

  #nextSeq(): number {
    const random = this.#random;
    if (random.chance(4)) return random.pick([-1, 0, 1, -(2 ** 31), 2 ** 40, Number.MAX_SAFE_INTEGER]);
    if (random.chance(4)) return Math.max(1, this.#seq - 1 - random.below(3));
    return this.#seq++;
  }

  #request(command: string, args: Json, seq = this.#nextSeq()): Input {
    const text = json({ seq, type: 'request', command, arguments: args });
    return { bytes: framed(text), request: { seq, command } };
  }

  #good(command: string): Input {
    return this.#request(command, this.#goodArguments(command));
  }

  #goodArguments(command: string): Args {
    const random = this.#random;
    const thread = { threadId: 1 };
    const source = { path: random.pick(this.#places.programs) };
    const frameId = random.below(4);
    const memoryReference = random.pick(['0x0', '0x1c2f00400000', '0x1c2f00600000', '0x1c2f00001000', '0xffffffff']);
    switch (command) {
      case 'initialize':
        return { adapterID: 'bailout', linesStartAt1: true, columnsStartAt1: true, pathFormat: 'path' };
      case 'launch':
        return {
          program: random.pick(this.#places.programs),
          stopOnEntry: random.chance(50),
          noDebug: random.chance(10),
          v8Flags: random.chance(30)
            ? [random.pick(['--no-opt', '--deopt-every-n-times=3', '--bogus', '--max-heap-size=64'])]
            : [],
          trace: random.chance(80) ? false : random.pick([true, this.#places.trace]),
        };
      case 'restart':
        return random.chance(50) ? {} : { arguments: this.#goodArguments('launch') };
      case 'cancel':
        return { requestId: random.below(Math.max(1, this.#seq)) };
      case 'setBreakpoints':
        return {
          source,
          breakpoints: [{ line: 1 + random.below(6), condition: random.pick(['', ...expressions]) }, { line: 3 }],
        };
      case 'setFunctionBreakpoints':
        return {
          breakpoints: [
            {
              name: random.pick([
                'inner',
                'guard:area',
                'guard:*:wrong map',
                'phase:write',
                'phase:slot:r0',
                'phase:slot:',
                'osr:*',
                '',
              ]),
            },
          ],
        };
      case 'setInstructionBreakpoints':
        return { breakpoints: [{ instructionReference: memoryReference, offset: random.below(20) }] };
      case 'setExceptionBreakpoints':
        return { filters: [random.pick(['uncaught', 'caught', 'eager', 'lazy', 'reason'])] };
      case 'breakpointLocations':
        return { source, line: random.below(9), endLine: random.pick([1, 9, 2 ** 40]) };
      case 'stackTrace':
        return { ...thread, startFrame: random.below(3), levels: random.below(30) };
      case 'scopes':
        return { frameId };
      case 'variables':
        return {
          variablesReference: random.below(30),
          start: random.below(4),
          count: random.pick([0, 1, 100, 2 ** 50]),
        };
      case 'setVariable':
        return {
          variablesReference: random.below(30),
          name: random.pick(['local', 'x', '0', 'rax']),
          value: random.pick(quickExpressions),
        };
      case 'setExpression':
        return {
          expression: random.pick(['local', 'list[0]', 'point.x']),
          value: random.pick(quickExpressions),
          frameId,
        };
      case 'evaluate':
        return {
          expression: random.pick(quickExpressions),
          frameId,
          context: random.pick(['repl', 'watch', 'hover', 'clipboard', 'odd']),
        };
      case 'completions':
        return { text: random.pick(['list.', 'po', '', 'point.#', '(']), column: 1 + random.below(8), frameId };
      case 'source':
        return { sourceReference: random.below(5) };
      case 'next':
      case 'stepIn':
      case 'stepOut':
        return { ...thread, granularity: random.pick(['statement', 'line', 'instruction']) };
      case 'disassemble':
        return { memoryReference, instructionOffset: random.below(100) - 50, instructionCount: random.below(200) };
      case 'readMemory':
        return { memoryReference, offset: random.below(100), count: random.pick([0, 1, 16, 4096]) };
      case 'writeMemory':
        // What a client writes into the heap may break the program; here only what is refused.
        return { memoryReference: random.pick(['0x0', '0x10', '0xffffffffffff']), data: 'AAAA' };
      case 'bailout/listing':
        return {
          kind: random.pick(['bytecode', 'code']),
          frameId,
          function: random.pick([undefined, 'inner', 'nowhere']),
        };
      case 'bailout/frameTranslation':
        return { bailout: random.pick([undefined, 1, 2, 1000]) };
      case 'bailout/setGuardBreakpoints':
        return {
          breakpoints: [
            {
              function: 'area',
              reason: random.pick(['wrong map', '*']),
              exit: random.pick([undefined, { source: 1, index: 0 }]),
            },
          ],
        };
      case 'disconnect':
        return {};
      default:
        return { ...thread };
    }
  }

  /** Good arguments, of which some are exchanged for others, left out or added. */
  #mutated(command: string): Input {
    const random = this.#random;
    if (random.chance(5)) return this.#request(command, random.pick([undefined, {}, [], [1, 2]]));
    const args = this.#goodArguments(command);
    if (command === 'writeMemory') args.data = random.pick(['', '=', 'A', '*', 5, null]);
    const keys = Object.keys(args);
    for (let i = 1 + random.below(2); i > 0 && keys.length > 0; i--) {
      const key = random.pick(keys);
      if (command === 'writeMemory' && key !== 'data' && random.chance(90)) continue;
      const old = args[key];
      if (Array.isArray(old) && random.chance(50)) args[key] = [this.#exchanged(old[0]), ...old, this.#value()];
      else if (random.chance(15)) delete args[key];
      else args[key] = this.#exchanged(old);
    }
    if (random.chance(20)) define(args, this.#oddText(), this.#value());
    return this.#request(command, args);
  }

  #exchanged(old: Json): Json {
    const random = this.#random;
    if (typeof old === 'number' && random.chance(60)) return random.pick(oddNumbers);
    if (typeof old === 'string' && random.chance(60)) return random.pick(oddStrings);
    if (typeof old === 'object' && old !== null && !Array.isArray(old) && random.chance(60)) {
      const copy = { ...(old as Args) };
      for (const key of Object.keys(copy)) if (random.chance(50)) copy[key] = this.#exchanged(copy[key]);
      return copy;
    }
    return this.#value();
  }

  #value(): Json {
    const random = this.#random;
    switch (random.below(8)) {
      case 0:
        return random.pick(oddNumbers);
      case 1:
        return random.pick(oddStrings);
      case 2:
        return null;
      case 3:
        return random.chance(50);
      case 4:
        return [this.#value()];
      case 5:
        return define({}, this.#oddText(), this.#value());
      case 6:
        return nested(100, '[', ']');
      default:
        return random.pick(expressions);
    }
  }

  #oddText(): string {
    const text = this.#random.pick(oddStrings);
    return typeof text === 'string' ? text : 'frobnicate';
  }

  /** An evaluation without end, and its cancellation or a pause. */
  #endless(): Input[] {
    const random = this.#random;
    const seq = this.#seq++;
    const expression = random.pick([
      '(() => { while (true); })()',
      'for (;;);',
      '(function* () { for (;;) yield 1; })().forEach(x => x)',
    ]);
    const evaluate = this.#request('evaluate', { expression, context: 'repl', frameId: random.below(3) }, seq);
    return [evaluate, this.#request('cancel', { requestId: seq }, this.#seq++)];
  }

  #deep(): Input {
    const random = this.#random;
    const deep = random.pick([
      nested(200_000, '[', ']'),
      nested(200_000, '{"a":', '}'),
      nested(50_000, '[{"b":', '}]'),
    ]);
    const command = random.pick(commands.filter((name) => name !== 'disconnect' && name !== 'terminate'));
    return this.#request(command, {
      ...this.#goodArguments(command),
      [random.pick(['threadId', 'source', 'breakpoints', 'extra'])]: deep,
    });
  }

  #notUtf8(): Input {
    const random = this.#random;
    const seq = this.#seq++;
    const command = random.pick(['evaluate', 'completions', 'setVariable']);
    const args = {
      ...this.#goodArguments(command),
      [command === 'completions' ? 'text' : command === 'evaluate' ? 'expression' : 'value']: '@@',
    };
    const body = Buffer.from(json({ seq, type: 'request', command, arguments: args }));
    const at = body.indexOf('@@');
    body[at] = random.pick([0xff, 0xc0, 0xed, 0x80]);
    body[at + 1] = random.pick([0xfe, 0x80, 0xa0]);
    return { bytes: framedBytes(body), request: { seq, command } };
  }

  // ── What is no request ─────────────────────────────────────────────────────────────────────────────────────────────

  /** Whole messages that are no requests, or not well-formed: reported, or ignored, never answered. */
  #noRequest(): Input {
    const seq = this.#seq;
    const text = this.#random.pick([
      'null',
      '[]',
      '0',
      '"text"',
      '{}',
      '',
      '{"seq":1}',
      json({ seq, type: 'response', request_seq: 1, command: 'runInTerminal', success: true }),
      json({ seq, type: 'response', request_seq: -1 }),
      json({ seq, type: 'event', event: 'stopped', body: {} }),
      json({ seq, type: 'request', command: 5 }),
      json({ seq: 'one', type: 'request', command: 'threads' }),
      json({ seq: 1.5, type: 'request', command: 'threads' }),
      json({ seq: new Raw('1e999'), type: 'request', command: 'threads' }),
      json({ seq, type: 'request', command: 'threads', arguments: 'text' }),
      json({ seq, type: 'request' }),
      json({ type: 'request', command: 'threads' }),
      '{"seq":1,"type":"request","command":"threads"',
      `${'['.repeat(200_000)}`,
      `{"seq":1,"type":"request","command":"threads"}}`,
      '{"__proto__":{"type":"request"},"seq":1,"command":"threads"}',
    ]);
    return { bytes: framed(text) };
  }

  /** A frame that is broken, after which the next header can be found. */
  #brokenFrame(): Input {
    const random = this.#random;
    const { bytes } = this.#request('threads', {});
    switch (random.below(6)) {
      case 0:
        return { bytes: Buffer.from('Hello: there\r\n\r\n') };
      case 1:
        return {
          bytes: Buffer.from(
            `Content-Length: ${random.pick(['many', '-1', '1e3', '', '99999999999', '999999999'])}\r\n\r\n`,
          ),
        };
      case 2:
        return {
          bytes: Buffer.from(
            bytes
              .toString()
              .replace('Content-Length', 'Content-Size')
              .replace(/\{[\s\S]*/, ''),
          ),
        };
      case 3: // the length too small
        return { bytes: Buffer.from(bytes.toString().replace(/\d+/, (n) => String(Number(n) - 1 - random.below(20)))) };
      case 4:
        return { bytes: Buffer.from(`${'x'.repeat(3000)}\r\n\r\n`) };
      default:
        return { bytes: Buffer.from([0, 255, 254, 13, 10, 13, 10]) };
    }
  }

  /** Bytes that end a connection to a port: with a request behind them that must not be done. */
  foreign(): Input {
    const random = this.#random;
    this.count++;
    const behind = framed(
      json({
        seq: 1,
        type: 'request',
        command: 'launch',
        arguments: { program: this.#places.programs[0], trace: this.#places.trace },
      }),
    );
    const before = random.pick([
      'POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: text/plain\r\n',
      'GET / HTTP/1.1\r\n\r\n',
      'OPTIONS * HTTP/1.1\r\n\r\n',
      '\x16\x03\x01\x02\x00',
      '\r\n',
      ' ',
      'Content-Size: 5\r\n\r\n',
      'Content-Length: five\r\n\r\n',
      'Content-Length: -1\r\n\r\n',
      'Content-Length: 99999999999\r\n\r\n',
      `Content-Length: ${'1'.repeat(70_000)}`,
      '{"seq":1}',
      '\xff\xfe',
    ]);
    return { bytes: Buffer.concat([Buffer.from(before, 'latin1'), behind]) };
  }

  /** The last bytes of a stream that ends in the middle of a message. */
  unfinished(): Input {
    this.count++;
    const { bytes } = this.#request('threads', {});
    return { bytes: bytes.subarray(0, this.#random.below(bytes.length)) };
  }
}

/** Whether the arguments, as sent, make it a well-formed request. */
const isWellFormed = ({ bytes }: Input): boolean => {
  const text = bytes.toString();
  const { arguments: args } = JSON.parse(text.slice(text.indexOf('\r\n\r\n') + 4));
  return args === undefined || (typeof args === 'object' && args !== null);
};

const quickExpressions = expressions.filter((text) => !/while|for \(/.test(text));

const commands: readonly string[] = [
  ...['initialize', 'launch', 'configurationDone', 'restart', 'terminate', 'cancel', 'threads', 'exceptionInfo'],
  ...['setBreakpoints', 'setFunctionBreakpoints', 'setInstructionBreakpoints', 'setExceptionBreakpoints'],
  ...['breakpointLocations', 'stackTrace', 'scopes', 'variables', 'setVariable', 'setExpression', 'evaluate'],
  ...['completions', 'source', 'loadedSources', 'continue', 'next', 'stepIn', 'stepOut', 'pause', 'disassemble'],
  ...[
    'readMemory',
    'writeMemory',
    'bailout/listing',
    'bailout/timeline',
    'bailout/frameTranslation',
    'bailout/setGuardBreakpoints',
  ],
  ...['stackTrace', 'scopes', 'variables', 'evaluate', 'disassemble', 'readMemory', 'frobnicate'],
];

/** An own property, `__proto__` too. */
const define = (object: Args, key: string, value: Json): Args =>
  Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });

/** JSON with Raw parts as they are. */
function json(value: Json): string {
  if (value instanceof Raw) return value.text;
  if (Array.isArray(value)) return `[${value.map(json).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).filter(([, member]) => member !== undefined);
    return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${json(member)}`).join(',')}}`;
  }
  return JSON.stringify(value ?? null);
}

function framedBytes(body: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`Content-Length: ${body.length}\r\n\r\n`), body]);
}

function framed(text: string): Buffer {
  return framedBytes(Buffer.from(text));
}

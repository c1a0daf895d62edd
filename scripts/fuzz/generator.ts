// What the parts of the program generator share: names in scope, what they hold, and how much work a call may cost.
//
// Invariant: a generated program is deterministic and ends. Loops count to literals, functions call only functions that were
// made before them, and `cost` bounds the product; what can grow in a loop is cut.

import { Random } from './random.ts';

/** What a value is meant to be; now and then it is something else on purpose. */
export type Kind = 'int' | 'num' | 'str' | 'bool' | 'big' | 'obj' | 'arr' | 'ta' | 'fn' | 'any';

export interface Variable {
  readonly name: string;
  readonly kind: Kind;
  readonly constant: boolean;
  /** Belongs to no single call: what is stored there outlives it. */
  readonly global: boolean;
}

export interface FunctionInfo {
  readonly name: string;
  readonly parameters: readonly Kind[];
  readonly returns: Kind;
  readonly cost: number;
  readonly flavour: 'plain' | 'generator' | 'async';
}

export interface ClassInfo {
  readonly name: string;
  readonly constructorParameters: number;
  readonly derived: boolean;
}

/** How the function that is being written may be left. */
export interface Body {
  /** Decides whether `yield` and `await` may be written. */
  flavour: FunctionInfo['flavour'];
  returns: Kind;
  readonly usesArguments: boolean;
  /** `this` has this class's methods. */
  readonly classOf?: ClassInfo;
  loops: number;
  /** Enclosing labels that `continue` may name. */
  labels: string[];
  /** `break` is allowed without a label. */
  breakable: boolean;
  /** `continue` is allowed without a label. */
  continuable: boolean;
  cost: number;
  /** How often the code being written runs in one call. */
  times: number;
}

export const costLimit = 600;

export class Generator {
  readonly random: Random;
  /** Loops turn fewer times: the program will run in a mode that makes each turn dear. */
  readonly light: boolean;
  readonly functions: FunctionInfo[] = [];
  readonly classes: ClassInfo[] = [];
  /** Object factories, `(p, q) => object`. */
  readonly factories: string[] = [];
  scope: Variable[] = [];
  body: Body;
  private names = 0;

  constructor(seed: number, light: boolean) {
    this.random = new Random(seed);
    this.light = light;
    this.body = this.freshBody('plain', 'any', false);
  }

  freshBody(flavour: Body['flavour'], returns: Kind, usesArguments: boolean, classOf?: ClassInfo): Body {
    return {
      flavour,
      returns,
      usesArguments,
      loops: 0,
      labels: [],
      breakable: false,
      continuable: false,
      cost: 0,
      times: 1,
      ...(classOf === undefined ? {} : { classOf }),
    };
  }

  fresh(prefix: string): string {
    return `${prefix}${this.names++}`;
  }

  declare(name: string, kind: Kind, constant = false): void {
    this.scope.push({ name, kind, constant, global: false });
  }

  /** A variable in scope of this kind; writable ones only, if asked. */
  variable(kind: Kind, writable = false): Variable | undefined {
    const fitting = this.scope.filter(
      (v) =>
        (v.kind === kind || kind === 'any' || (kind === 'num' && v.kind === 'int' && !writable)) &&
        !(writable && v.constant),
    );
    if (fitting.length === 0) return undefined;
    // Names that were made lately are the interesting ones.
    return this.random.chance(0.5)
      ? fitting[fitting.length - 1 - this.random.int(Math.min(3, fitting.length))]
      : this.random.pick(fitting);
  }

  /** Runs `write` with a scope of its own. */
  scoped<T>(write: () => T): T {
    const length = this.scope.length;
    try {
      return write();
    } finally {
      this.scope.length = length;
    }
  }

  /** Runs `write` as the body of a loop of `turns`. */
  repeated<T>(turns: number, write: () => T): T {
    const { times } = this.body;
    this.body.times *= turns;
    this.body.loops++;
    try {
      return write();
    } finally {
      this.body.times = times;
      this.body.loops--;
    }
  }

  spend(cost: number): void {
    this.body.cost += cost * this.body.times;
  }

  /** Whether a call of that cost still fits where we are. */
  affords(cost: number): boolean {
    return this.body.cost + cost * this.body.times < costLimit;
  }

  get inLoop(): boolean {
    return this.body.times > 1;
  }
}

export const indent = (text: string): string => text.replace(/^(?=.)/gm, '  ');
export const block = (statements: readonly string[]): string =>
  statements.length === 0 ? '{}' : `{\n${indent(statements.join('\n'))}\n}`;

// Who may collect: what follows from the seeds, over what calls can reach (callees.ts).
//
//   a call of a parameter of the function around it → decided where that function is called, by what it is given there
//   a call of another function's parameter          → whatever that function is given anywhere
//   an unknown callee                               → may collect
//
// Invariant: a call that can collect is never taken for one that cannot.

import ts from 'classic-typescript';
import { Callees, type CallLike, type Reach } from './callees.ts';
import {
  type Callee,
  enclosingFunction,
  type FunctionNode,
  isCaught,
  isFunctionNode,
  nameOf,
} from './function-nodes.ts';

interface CallSite {
  readonly call: CallLike;
  readonly reach: Reach;
  /** Functions among the arguments, with their positions. */
  readonly given: readonly (readonly [index: number, argument: ts.Expression])[];
  readonly isCaught: boolean;
}

type Reasons = ReadonlyMap<Callee, string>;

export class CallGraph {
  readonly checker: ts.TypeChecker;
  private readonly callees: Callees;
  private readonly sites = new Map<ts.Node, CallSite>();
  private readonly sitesOf = new Map<Callee, CallSite[]>();
  /** Calls at module level: what they give is kept as well. */
  private readonly atLoading: CallSite[] = [];
  /** Functions that may collect and then return, each with the call or seed that makes it so. */
  readonly collecting = new Map<Callee, string>();
  /** Functions that may collect and then return or throw. */
  readonly throwing = new Map<Callee, string>();
  /** Parameters that their function may call, itself or through what it gives them to. */
  private readonly called = new Set<ts.Symbol>();
  /** What parameters are given, anywhere. */
  private readonly givenTo = new Map<ts.Symbol, Set<ts.Expression>>();
  private readonly given = new Map<ts.Symbol, readonly ts.Expression[]>();
  /** What callees that are not known are given. */
  private readonly givenAway: { readonly argument: ts.Expression; readonly method: string | undefined }[] = [];
  /** Functions, and parameters, that are given to a library: it may call them with functions of its own. */
  private readonly outside = new Set<Callee | ts.Symbol>();

  constructor(program: ts.Program, files: readonly ts.SourceFile[], isSeed: (node: FunctionNode) => boolean) {
    this.checker = program.getTypeChecker();
    this.callees = new Callees(this.checker, files);
    for (const file of files) this.noteCalls(file, undefined);
    for (const node of this.sitesOf.keys())
      if (isFunctionNode(node) && isSeed(node)) {
        this.collecting.set(node, 'moves objects');
        this.throwing.set(node, 'moves objects');
      }
    this.solveParameters();
    this.solve();
  }

  private noteCalls(node: ts.Node, within: Callee | undefined): void {
    let inner = within;
    if (isFunctionNode(node) || ts.isClassLike(node)) {
      inner = node;
      this.sitesOf.set(node, []);
    } else if (ts.isPropertyDeclaration(node) && ts.getCombinedModifierFlags(node) & ts.ModifierFlags.Static) {
      inner = undefined;
    } else if (this.callees.isCallLike(node)) {
      const site = this.site(node, within);
      if (within === undefined) this.atLoading.push(site);
      else this.sitesOf.get(within)!.push(site);
    }
    ts.forEachChild(node, (child) => this.noteCalls(child, inner));
  }

  private site(call: CallLike, within?: Callee): CallSite {
    const known = this.sites.get(call);
    if (known !== undefined) return known;
    const all =
      ts.isPropertyAccessExpression(call) || ts.isTaggedTemplateExpression(call) ? [] : (call.arguments ?? []);
    const given = [...all.entries()].filter(
      ([, argument]) => ts.isSpreadElement(argument) || this.callees.declarations.isFunctionTyped(argument),
    );
    const caught = within !== undefined && isFunctionNode(within) && isCaught(call, within);
    const result: CallSite = { call, reach: this.callees.reach(call), given, isCaught: caught };
    this.sites.set(call, result);
    return result;
  }

  isCallLike(node: ts.Node): node is CallLike {
    return this.callees.isCallLike(node);
  }

  // ---- What calls do ----

  /** Functions given as arguments, where the callee calls what it is given. */
  *callbacks(call: CallLike): Generator<ts.Expression> {
    const { reach, given } = this.site(call);
    const isOutside =
      reach.functions.size === 0 && reach.unknown === undefined && reach.parameters.size === 0 && !isKeeper(call);
    for (const [index, argument] of given)
      if (isOutside || [...reach.functions].some((callee) => this.callsParameter(callee, index))) yield argument;
  }

  private callsParameter(callee: Callee, index: number): boolean {
    const symbol = this.parameter(callee, index);
    return symbol !== undefined && this.called.has(symbol);
  }

  private parameter(callee: Callee, index: number): ts.Symbol | undefined {
    if (ts.isClassLike(callee)) return undefined;
    const last = callee.parameters.at(-1);
    const parameter = callee.parameters[index] ?? (last?.dotDotDotToken === undefined ? undefined : last);
    return parameter === undefined ? undefined : this.checker.getSymbolAtLocation(parameter.name);
  }

  /** Why a call may collect and return; undefined when it cannot. */
  whyCollects(call: CallLike): string | undefined {
    return this.isEndless(call) ? undefined : this.why(call, this.collecting);
  }

  /** Why what is called may collect, whatever it does with functions that it is given. */
  whyAlone(call: CallLike): string | undefined {
    return this.isEndless(call) ? undefined : this.whyReach(this.site(call).reach, call, this.collecting);
  }

  /** Why a function that is given to a call may collect. */
  whyArgument(argument: ts.Expression): string | undefined {
    return this.whyReach(this.callees.argument(argument), argument, this.collecting);
  }

  /** Whether a call leaves the files that are looked at. */
  isOutside(call: CallLike): boolean {
    const { functions, unknown } = this.site(call).reach;
    return functions.size === 0 && unknown === undefined;
  }

  /** Why a call may collect, whether it returns or throws. */
  whyThrows(call: CallLike): string | undefined {
    return this.why(call, this.throwing);
  }

  /** Does not return. */
  isEndless(call: CallLike): boolean {
    const type = ts.isPropertyAccessExpression(call) ? undefined : this.checker.getTypeAtLocation(call);
    return type !== undefined && (type.flags & ts.TypeFlags.Never) !== 0;
  }

  private why(call: CallLike, among: Reasons): string | undefined {
    const direct = this.whyReach(this.site(call).reach, call, among);
    if (direct !== undefined) return direct;
    for (const argument of this.callbacks(call)) {
      const why = this.whyReach(this.callees.argument(argument), argument, among);
      if (why !== undefined) return why;
    }
    return undefined;
  }

  private whyReach({ functions, parameters, unknown }: Reach, at: ts.Node, among: Reasons): string | undefined {
    if (unknown !== undefined) return `unknown callee: ${unknown}`;
    for (const callee of functions) if (among.has(callee)) return nameOf(callee);
    for (const parameter of parameters) {
      const owner = ownerOf(parameter);
      if (this.isOutsideParameter(parameter)) return `unknown callee: ${parameter.name}`;
      if (owner === enclosingFunction(at)) continue;
      const why = this.whyGiven(parameter, among, new Set());
      if (why !== undefined) return why;
    }
    return undefined;
  }

  private isOutsideParameter(parameter: ts.Symbol): boolean {
    const owner = ownerOf(parameter);
    return owner === undefined || this.outside.has(owner);
  }

  /** Why what a parameter is given anywhere may collect. */
  private whyGiven(parameter: ts.Symbol, among: Reasons, seen: Set<ts.Symbol>): string | undefined {
    if (seen.has(parameter)) return undefined;
    seen.add(parameter);
    if (this.isOutsideParameter(parameter)) return `unknown callee: ${parameter.name}`;
    for (const argument of this.allGiven(parameter)) {
      const { functions, parameters, unknown } = this.callees.argument(argument);
      if (unknown !== undefined) return `unknown callee: ${unknown}`;
      for (const callee of functions) if (among.has(callee)) return nameOf(callee);
      for (const further of parameters) {
        const why = this.whyGiven(further, among, seen);
        if (why !== undefined) return why;
      }
    }
    return undefined;
  }

  /** What a parameter is given, anywhere. */
  private allGiven(parameter: ts.Symbol): readonly ts.Expression[] {
    const known = this.given.get(parameter);
    if (known !== undefined) return known;
    const type = this.checker.getTypeOfSymbol(parameter);
    const owner = ownerOf(parameter)!;
    const name = memberName(owner);
    const away = this.isTaken(owner)
      ? this.givenAway
          .filter(({ method }) => method === undefined || name === undefined || method === name)
          .map(({ argument }) => argument)
          .filter((each) => this.checker.isTypeAssignableTo(this.checker.getTypeAtLocation(each), type))
      : [];
    const result = [...(this.givenTo.get(parameter) ?? []), ...away];
    this.given.set(parameter, result);
    return result;
  }

  /** Whether callees that are not known may be this function. */
  private isTaken(node: FunctionNode): boolean {
    const named = ts.isArrowFunction(node) || ts.isFunctionExpression(node) ? node.parent : node;
    if (ts.isFunctionDeclaration(named) || ts.isMethodDeclaration(named) || ts.isConstructorDeclaration(named))
      return this.callees.declarations.isTaken(named);
    return !ts.isVariableDeclaration(named) || this.callees.declarations.isTaken(named);
  }

  // ---- What follows ----

  /** Which parameters are called, and what they are given. */
  private solveParameters(): void {
    const all = [...this.sitesOf.values(), this.atLoading].flat();
    for (const site of all) this.notePassing(site);
    let before = -1;
    const size = (): number => this.called.size + this.outside.size;
    while (before !== size()) {
      before = size();
      for (const site of all) this.noteCalling(site);
    }
  }

  private notePassing({ call, reach, given }: CallSite): void {
    for (const [index, argument] of given) {
      if (reach.unknown !== undefined) this.givenAway.push({ argument, method: methodOf(call) });
      for (const callee of reach.functions) {
        const symbol = this.parameter(callee, index);
        if (symbol === undefined) continue;
        const known = this.givenTo.get(symbol);
        if (known === undefined) this.givenTo.set(symbol, new Set([argument]));
        else known.add(argument);
      }
    }
  }

  private noteCalling(site: CallSite): void {
    const { reach, call } = site;
    this.noteCalled(reach.parameters, call);
    const isOutside = this.isOutside(call) && reach.parameters.size === 0;
    for (const argument of this.callbacks(call)) {
      const { functions, parameters } = this.callees.argument(argument);
      this.noteCalled(parameters, call);
      if (isOutside) for (const each of [...functions, ...parameters]) this.outside.add(each);
    }
    // what a parameter that is given away is given is given away
    for (const [index, argument] of site.given)
      for (const callee of reach.functions) {
        const symbol = this.parameter(callee, index);
        if (symbol === undefined || !this.outside.has(symbol)) continue;
        const { functions, parameters } = this.callees.argument(argument);
        for (const each of [...functions, ...parameters]) this.outside.add(each);
      }
  }

  /** A function's own parameters; whether another function's collects follows from all that it is given. */
  private noteCalled(parameters: ReadonlySet<ts.Symbol>, at: ts.Node): void {
    for (const symbol of parameters) if (ownerOf(symbol) === enclosingFunction(at)) this.called.add(symbol);
  }

  private solve(): void {
    for (let changed = true; changed; ) {
      changed = false;
      for (const [node, sites] of this.sitesOf)
        for (const site of sites) {
          if (!this.throwing.has(node))
            changed = this.reason(node, this.throwing, this.whyThrows(site.call)) || changed;
          if (this.collecting.has(node)) continue;
          const why = site.isCaught ? this.whyThrows(site.call) : this.whyCollects(site.call);
          changed = this.reason(node, this.collecting, why) || changed;
        }
    }
  }

  private reason(node: Callee, among: Map<Callee, string>, why: string | undefined): boolean {
    if (why !== undefined) among.set(node, why);
    return why !== undefined;
  }
}

/** The function that has a parameter. */
const ownerOf = (parameter: ts.Symbol): FunctionNode | undefined => {
  const declaration = parameter.valueDeclaration;
  const owner = declaration === undefined ? undefined : declaration.parent;
  return owner !== undefined && isFunctionNode(owner) ? owner : undefined;
};

/** Methods of the library that keep what they are given, and call nothing. */
const isKeeper = (call: CallLike): boolean =>
  ts.isCallExpression(call) &&
  ts.isPropertyAccessExpression(call.expression) &&
  /^(add|delete|get|has|includes|indexOf|push|set|unshift)$/.test(call.expression.name.text);

/** The name that a function is a member by. */
const memberName = (node: FunctionNode): string | undefined => {
  const holder = ts.isMethodDeclaration(node) ? node : node.parent;
  return ts.isMethodDeclaration(holder) || ts.isPropertyAssignment(holder) ? holder.name.getText() : undefined;
};

/** The name of the method that a call is of. */
const methodOf = (call: CallLike): string | undefined =>
  ts.isCallExpression(call) && ts.isPropertyAccessExpression(call.expression) ? call.expression.name.text : undefined;

// ESTree expressions → AST expressions, with V8's parse-time rewrites: constant folding of literals,
// n-ary collapse, negated comparisons, conditional chains, optional chains.

import {
  type BinaryOp,
  type ClassLiteral,
  type CompareOp,
  type Expression,
  type FunctionLiteral,
  kNoPosition,
  type Property,
  type Spread,
  type SuperCallReference,
  type UnaryOperation,
} from './ast.ts';
import { isAsyncKind } from './builder-base.ts';
import { isPlainName, LiteralBuilder } from './builder-literals.ts';
import { type EsNode, EsSyntaxError } from './es-tree.ts';

/** V8's numbers of the messages about what cannot be assigned to. */
export enum InvalidReference {
  Assignment = 312,
  ForLoop = 315,
  Postfix = 316,
  Prefix = 317,
}

const compareOps = new Set(['==', '!=', '===', '!==', '<', '>', '<=', '>=', 'instanceof', 'in']);
const regExpFlagBits: Record<string, number> = { g: 1, i: 2, m: 4, y: 8, u: 16, s: 32, l: 64, d: 128, v: 256 };

export function regExpFlags(flags: string): number {
  let bits = 0;
  for (const flag of flags) bits |= regExpFlagBits[flag] ?? 0;
  return bits;
}

function foldNumbers(op: string, x: number, y: number): number | undefined {
  switch (op) {
    case '+':
      return x + y;
    case '-':
      return x - y;
    case '*':
      return x * y;
    case '/':
      return x / y;
    case '%':
      return x % y;
    case '|':
      return x | y;
    case '&':
      return x & y;
    case '^':
      return x ^ y;
    case '<<':
      return x << y;
    case '>>':
      return x >> y;
    case '>>>':
      return x >>> y;
    case '**':
      return x ** y;
    default:
      return undefined;
  }
}

const isBinary = (node: EsNode): boolean => node.type === 'BinaryExpression' || node.type === 'LogicalExpression';

function literalNumber(expression: Expression): number | undefined {
  if (expression.kind !== 'Literal') return undefined;
  const literal = expression.literal;
  return literal.type === 'smi' || literal.type === 'number' ? literal.value : undefined;
}

/** V8 joins a string literal to what was joined before it, not the other way round. */
function joinedStrings(left: Expression, right: Expression): string | undefined {
  if (left.kind !== 'Literal' || right.kind !== 'Literal') return undefined;
  const x = left.literal;
  const y = right.literal;
  return (x.type === 'string' || x.type === 'consString') && y.type === 'string' ? x.value + y.value : undefined;
}

export abstract class ExpressionBuilder extends LiteralBuilder {
  abstract functionExpression(node: EsNode): FunctionLiteral;
  abstract arrowFunction(node: EsNode): FunctionLiteral;
  abstract classLiteral(node: EsNode): ClassLiteral;

  /** An assignment expression: names met in it are forgotten after it. */
  expression(node: EsNode): Expression {
    this.names.enter();
    const result = this.operand(node);
    this.names.leave();
    return result;
  }

  protected operand(node: EsNode): Expression {
    switch (node.type) {
      case 'Literal':
        return this.literalExpression(node);
      case 'Identifier':
        this.names.pushVariable(node.name);
        return this.proxy(node.name, node.start);
      case 'ThisExpression':
        this.useThis();
        return { kind: 'ThisExpression', position: node.start };
      case 'ParenthesizedExpression':
        return this.expression(node.expression);
      case 'MemberExpression':
        return this.member(node);
      case 'ChainExpression':
        return this.optionalChain(node);
      case 'CallExpression':
        return this.call(node);
      case 'NativeCall': {
        const args = this.arguments(node);
        return { kind: 'CallRuntime', name: node.name, arguments: args, position: node.start };
      }
      case 'NewExpression': {
        const expression = this.operand(node.callee);
        const args = this.arguments(node);
        return {
          kind: 'CallNew',
          expression,
          arguments: args,
          hasSpread: args.some((a) => a.kind === 'Spread'),
          position: node.start,
        };
      }
      case 'UnaryExpression':
        return this.unary(node);
      case 'UpdateExpression': {
        const expression = this.target(
          node.argument,
          node.prefix ? InvalidReference.Prefix : InvalidReference.Postfix,
          node.prefix ? this.nextToken(node.start + 2) : node.start,
        );
        this.markAssigned(expression);
        return {
          kind: 'CountOperation',
          op: node.operator,
          isPrefix: node.prefix,
          expression,
          position: this.lastTokenStart(node.end),
        };
      }
      case 'BinaryExpression':
      case 'LogicalExpression':
        return this.binary(node);
      case 'SequenceExpression':
        return this.sequence(node);
      case 'ConditionalExpression':
        return this.conditional(node);
      case 'AssignmentExpression':
        return this.assignmentExpression(node);
      case 'FunctionExpression':
        return this.functionExpression(node);
      case 'ArrowFunctionExpression':
        return this.arrowFunction(node);
      case 'ClassExpression':
        return this.classLiteral(node);
      case 'ObjectExpression':
        return this.objectLiteral(node);
      case 'ArrayExpression':
        return this.arrayLiteral(node, (element) => this.expression(element));
      case 'TemplateLiteral':
        return this.template(node);
      case 'TaggedTemplateExpression':
        return this.taggedTemplate(node);
      case 'YieldExpression':
        return this.yieldExpression(node);
      case 'AwaitExpression': {
        const expression = this.operand(node.argument);
        this.state.suspendCount++;
        return { kind: 'Await', expression, position: node.start };
      }
      case 'MetaProperty':
        if (node.meta.name === 'import') return { kind: 'ImportMeta', position: node.start };
        return this.newTarget(node.start);
      case 'ImportExpression': {
        const specifier = this.expression(node.source);
        const options = node.options ? this.expression(node.options) : undefined;
        return { kind: 'ImportCall', specifier, options, isSourcePhase: node.phase === 'source', position: node.start };
      }
      case 'Super':
        throw new Error('super outside of a member or call');
      case 'PrivateIdentifier':
        return this.privateName(node);
      default:
        throw new Error(`Unsupported expression ${node.type}`);
    }
  }

  private literalExpression(node: EsNode): Expression {
    if (node.regex) {
      return {
        kind: 'RegExpLiteral',
        pattern: node.regex.pattern,
        flags: regExpFlags(node.regex.flags),
        position: node.start,
      };
    }
    if (node.bigint !== undefined && node.bigint !== null) {
      return this.literal({ type: 'bigint', value: BigInt(node.bigint) }, node.start);
    }
    const value = node.value;
    if (value === null) return this.literal({ type: 'null' }, node.start);
    if (typeof value === 'boolean') return this.literal({ type: value ? 'true' : 'false' }, node.start);
    if (typeof value === 'number') return this.numberLiteral(value, node.start);
    return this.literal({ type: 'string', value }, node.start);
  }

  protected useThis(): void {
    const closure = this.scope.getClosureScope();
    const receiver = closure.getReceiverScope();
    if (receiver.receiver === undefined) return;
    receiver.receiver.isUsed = true;
    if (closure !== receiver) receiver.receiver.forcedContext = true;
  }

  protected newTarget(position: number): Expression {
    const receiver = this.scope.getReceiverScope();
    receiver.getNewTargetVar();
    return this.proxy('.new.target', position);
  }

  private argument(node: EsNode): Expression {
    if (node.type === 'SpreadElement') return this.spread(node);
    return this.expression(node);
  }
  private spread(node: EsNode): Spread {
    const expressionPosition = this.nextToken(node.start + 3);
    return { kind: 'Spread', expression: this.expression(node.argument), expressionPosition, position: node.start };
  }

  private privateName(node: EsNode, position = node.start): Expression {
    const proxy = this.proxy(`#${node.name}`, position);
    this.scope.unresolved.pop();
    proxy.isPrivateName = true;
    this.resolvePrivateName(proxy);
    return proxy;
  }
  protected abstract resolvePrivateName(proxy: import('./ast.ts').VariableProxy): void;

  private member(node: EsNode): Property {
    let object: Expression;
    if (node.object.type === 'Super') {
      object = this.superProperty(node.object.start);
    } else object = this.operand(node.object);
    let key: Expression;
    let position: number;
    if (node.computed) {
      position = this.tokenAfter(node.object.end);
      if (node.optional) position = this.nextToken(position + 2);
      key = this.expression(node.property);
      if (key.kind === 'Literal' && key.literal.type === 'string') this.names.pushLiteral(key.literal.value);
      else this.names.pushLiteral('<computed>');
    } else {
      position = this.afterCall(node) ? this.tokenAfter(node.object.end) : node.property.start;
      key =
        node.property.type === 'PrivateIdentifier'
          ? this.privateName(node.property, this.tokenAfter(node.object.end))
          : this.literal({ type: 'string', value: node.property.name }, position);
      this.names.pushLiteral(node.property.name);
    }
    if (node.optional && node.computed) position = this.lastOpenBracket(position);
    return { kind: 'Property', object, key, isOptionalLink: node.optional === true, position };
  }
  /** Whether V8 parses the access in its call continuation, where the period is the position. */
  private afterCall(node: EsNode): boolean {
    if (node.optional) return true;
    for (let object: EsNode = node.object; ; object = object.object ?? object.tag) {
      if (this.isParenthesized(object)) return false;
      if (object.type === 'CallExpression' || object.type === 'ImportExpression') return true;
      if (object.optional) return true;
      if (object.type !== 'MemberExpression' && object.type !== 'TaggedTemplateExpression') return false;
    }
  }
  private lastOpenBracket(position: number): number {
    return position;
  }

  private superProperty(position: number): Expression {
    this.useThis();
    const home = this.scope.getHomeObjectScope();
    if (home !== undefined) home.needsHomeObject = true;
    const receiver = this.scope.getReceiverScope();
    receiver.usesSuperProperty = true;
    const name = receiver.isStatic ? '.static_home_object' : '.home_object';
    return { kind: 'SuperPropertyReference', homeObject: this.proxy(name, position), position };
  }

  protected superCallReference(position: number): SuperCallReference {
    this.useThis();
    const receiver = this.scope.getReceiverScope();
    receiver.getNewTargetVar();
    receiver.getThisFunctionVar();
    const newTarget = this.proxy('.new.target', position);
    const thisFunction = this.proxy('.this_function', position);
    return { kind: 'SuperCallReference', newTarget, thisFunction, position };
  }

  private optionalChain(node: EsNode): Expression {
    // V8 gives it the script's start, and writes that into the bytecode's positions.
    return { kind: 'OptionalChain', expression: this.expression(node.expression), position: 0 };
  }

  /** A call's position: the callee's last token if it is an identifier, else the opening parenthesis. */
  private callPosition(node: EsNode): number {
    const tokens = this.tokens;
    const open = this.tokenAfter(node.callee.end);
    const last = this.lastTokenStart(open);
    let low = 0;
    let high = tokens.starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (tokens.starts[middle]! < last) low = middle + 1;
      else high = middle;
    }
    if (node.optional) return this.nextToken(open + 2);
    return tokens.kinds[low] === 1 ? last : open;
  }

  private arguments(node: EsNode): Expression[] {
    if (node.arguments.length > 65535)
      throw new EsSyntaxError('Too many arguments in function call (only 65535 allowed)', node.start);
    return node.arguments.map((a: EsNode) => this.argument(a));
  }

  private call(node: EsNode): Expression {
    const position = this.callPosition(node);
    if (node.callee.type === 'Super') {
      const reference = this.superCallReference(node.callee.start);
      const args = this.arguments(node);
      return this.makeCall(reference, args, node.callee.start, node);
    }
    const expression = this.operand(node.callee);
    if (expression.kind === 'FunctionLiteral') expression.shouldEagerCompile = true;
    const args = this.arguments(node);
    this.names.removeLast();
    const call = this.makeCall(expression, args, position, node);
    if (node.callee.type === 'Identifier' && node.callee.name === 'eval' && !node.optional && call.kind === 'Call') {
      call.isPossiblyEval = true;
      call.evalScopeInfoIndex = this.nextLiteralId++;
      this.scope.recordEvalCall();
      this.state.containsFunctionOrEval = true;
      this.useThis();
      const receiver = this.scope.getReceiverScope();
      if (receiver.isFunctionScope) {
        receiver.getNewTargetVar();
      }
    }
    return call;
  }
  private makeCall(expression: Expression, args: Expression[], position: number, node: EsNode): Expression {
    return {
      kind: 'Call',
      expression,
      arguments: args,
      hasSpread: args.some((a) => a.kind === 'Spread'),
      isOptionalLink: node.optional === true,
      isPossiblyEval: false,
      evalScopeInfoIndex: 0,
      position,
    };
  }

  private unary(node: EsNode): Expression {
    const op = node.operator as UnaryOperation['op'];
    const expression = this.operand(node.argument);
    const position = node.start;
    if (expression.kind === 'Literal') {
      if (op === '!') {
        const truth = literalTruth(expression.literal);
        if (truth !== undefined) return this.literal({ type: truth ? 'false' : 'true' }, position);
      }
      const value = literalNumber(expression);
      if (value !== undefined) {
        if (op === '+') return expression;
        if (op === '-') return this.numberLiteral(-value, position);
        if (op === '~') return this.numberLiteral(~value, position);
      }
    }
    return { kind: 'UnaryOperation', op, expression, position };
  }

  /** A binary expression; the chain of its left operands from the innermost on, so that long chains take no stack. */
  private binary(node: EsNode): Expression {
    const chain = [node];
    while (isBinary(node.left)) {
      node = node.left;
      chain.push(node);
    }
    let result: Expression | undefined;
    for (let i = chain.length - 1; i >= 0; i--) result = this.binaryOf(chain[i]!, result);
    return result!;
  }

  private binaryOf(node: EsNode, builtLeft: Expression | undefined): Expression {
    if (node.left.type === 'PrivateIdentifier') {
      const left = this.privateName(node.left);
      const right = this.operand(node.right);
      return { kind: 'CompareOperation', op: 'in', left, right, position: this.tokenAfter(node.left.end) };
    }
    const left = builtLeft ?? this.operand(node.left);
    const right = this.operand(node.right);
    let position = this.tokenAfter(node.left.end);
    // V8 has the right operand's position here.
    if (node.operator === '??') position = this.nextToken(position + 2);
    const op = node.operator as BinaryOp | CompareOp;
    if (compareOps.has(op)) {
      const positive = op === '!=' ? '==' : op === '!==' ? '===' : (op as CompareOp);
      const compare: Expression = { kind: 'CompareOperation', op: positive, left, right, position };
      if (positive !== op) return { kind: 'UnaryOperation', op: '!', expression: compare, position };
      return compare;
    }
    const x = literalNumber(left);
    const y = literalNumber(right);
    if (x !== undefined && y !== undefined) {
      const folded = foldNumbers(op, x, y);
      if (folded !== undefined) return this.numberLiteral(folded, position);
    }
    const joined = op === '+' ? joinedStrings(left, right) : undefined;
    if (joined !== undefined) return this.literal({ type: 'consString', value: joined }, left.position);
    const binaryOp = op as BinaryOp;
    if (binaryOp !== '**') {
      if (left.kind === 'BinaryOperation' && left.op === binaryOp) {
        return {
          kind: 'NaryOperation',
          op: binaryOp,
          first: left.left,
          subsequent: [
            { expression: left.right, position: left.position },
            { expression: right, position },
          ],
          position: left.left.position,
        };
      }
      if (left.kind === 'NaryOperation' && left.op === binaryOp) {
        left.subsequent.push({ expression: right, position });
        return left;
      }
    }
    return { kind: 'BinaryOperation', op: binaryOp, left, right, position };
  }

  private sequence(node: EsNode): Expression {
    const list: Expression[] = node.expressions.map((e: EsNode) => this.expression(e));
    const first = list[0]!;
    if (list.length === 2) {
      return { kind: 'BinaryOperation', op: ',', left: first, right: list[1]!, position: list[1]!.position };
    }
    return {
      kind: 'NaryOperation',
      op: ',',
      first,
      subsequent: list.slice(1).map((expression) => ({ expression, position: expression.position })),
      position: first.position,
    };
  }

  private conditional(node: EsNode): Expression {
    const condition = this.operand(node.test);
    const consequent = this.expression(node.consequent);
    const isChain = node.alternate.type === 'ConditionalExpression' && !this.isParenthesized(node.alternate);
    const position = node.start;
    if (!isChain) {
      return { kind: 'Conditional', condition, consequent, alternate: this.expression(node.alternate), position };
    }
    const entries = [{ condition, conditionPosition: position, consequent }];
    let rest: EsNode = node.alternate;
    for (;;) {
      const test = this.expression(rest.test);
      entries.push({ condition: test, conditionPosition: rest.start, consequent: this.expression(rest.consequent) });
      const next: EsNode = rest.alternate;
      if (next.type !== 'ConditionalExpression' || this.isParenthesized(next)) {
        return { kind: 'ConditionalChain', entries, alternate: this.expression(next), position };
      }
      rest = next;
    }
  }
  protected isParenthesized(node: EsNode): boolean {
    const before = this.lastTokenStart(node.start);
    return this.source[before] === '(' && before < node.start && this.source[this.nextToken(node.end)] === ')';
  }

  /** What is assigned to. A call is none: after it the assignment throws, as in V8 by a property that throws. */
  protected target(node: EsNode, invalid: InvalidReference, position: number): Expression {
    const expression = this.operand(node);
    if (node.type !== 'CallExpression') return expression;
    const error: Expression = {
      kind: 'CallRuntime',
      name: 'NewReferenceError',
      arguments: [this.numberLiteral(invalid, kNoPosition), this.literal({ type: 'string', value: '' })],
      position: kNoPosition,
    };
    const key: Expression = { kind: 'Throw', exception: error, position };
    return { kind: 'Property', object: expression, key, isOptionalLink: false, position };
  }

  private assignmentExpression(node: EsNode): Expression {
    const position = this.tokenAfter(node.left.end);
    const operator: string = node.operator;
    const isPattern = node.left.type === 'ObjectPattern' || node.left.type === 'ArrayPattern';
    const target = isPattern
      ? this.pattern(node.left, undefined)
      : this.target(node.left, InvalidReference.Assignment, node.start);
    this.markAssigned(target);
    if (target.kind === 'Property' && operator === '=' && target.object.kind === 'ThisExpression') {
      this.state.expectedPropertyCount++;
    }
    const value = this.expression(node.right);
    if (operator === '=') {
      if (target.kind === 'Property' && value.kind === 'FunctionLiteral') value.pretenure = true;
      if (value.kind === 'Call' || value.kind === 'CallNew') this.names.removeLast();
      else this.names.infer();
      if (!isPattern && isPlainName(node)) this.nameFunction(value, target);
      return this.assignment('=', target, value, position);
    }
    this.names.removeLast();
    const op = operator.slice(0, -1) as BinaryOp;
    if (op === '&&' || op === '||' || op === '??') {
      if (isPlainName(node)) this.nameFunction(value, target);
    }
    return { kind: 'CompoundAssignment', op, target, value, binaryPosition: position, position };
  }

  private yieldExpression(node: EsNode): Expression {
    const isAsync = isAsyncKind(this.state.kind);
    const argument = node.argument ? this.expression(node.argument) : undefined;
    this.state.suspendCount++;
    if (node.delegate) {
      // awaits of a missing return, of the iterator's closing and of its result
      if (isAsync) this.state.suspendCount += 3;
      return { kind: 'YieldStar', expression: argument!, position: node.start };
    }
    return { kind: 'Yield', expression: argument, position: node.start };
  }
}

export function literalTruth(literal: import('./ast.ts').LiteralValue): boolean | undefined {
  switch (literal.type) {
    case 'smi':
    case 'number':
      return literal.value !== 0 && !Number.isNaN(literal.value);
    case 'string':
    case 'consString':
      return literal.value !== '';
    case 'bigint':
      return literal.value !== 0n;
    case 'undefined':
    case 'null':
    case 'false':
    case 'theHole':
      return false;
    case 'true':
    case 'symbol':
      return true;
    default:
      return undefined;
  }
}

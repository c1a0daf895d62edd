// Calls, construction, super calls and natives.

import {
  Bytecode,
  CLOSURE_INDEX,
  intrinsicByName,
  libraryFunctionByName,
  NativeContextIndex,
  runtimeFunctionByName,
} from '../bytecode/index.ts';
import { FeedbackSlotKind } from '../objects/index.ts';
import type { ast } from '../parser/index.ts';
import { Labels } from './bytecode-array-builder.ts';
import type { BytecodeGenerator } from './generator.ts';
import { buildInstanceInitialization } from './instance-members.ts';
import { buildCreateArray } from './literals.ts';
import { loadProperty, loadSuperProperty, optionalChain } from './properties.ts';
import { RegisterList } from './register-allocator.ts';
import { assignVariable, loadVariable } from './variables.ts';
import type { ExpressionVisitors } from './visitors.ts';

export const callVisitors = {
  Call: visitCall,
  CallNew: visitNew,
  CallRuntime: visitCallRuntime,
  SuperCallForwardArgs: visitSuperCallForwardArgs,
} satisfies Partial<ExpressionVisitors>;

type SpreadPosition = 'none' | 'final' | 'notFinal';

export function spreadPosition(args: readonly ast.Expression[]): SpreadPosition {
  const first = args.findIndex((a) => a.kind === 'Spread');
  if (first < 0) return 'none';
  return first === args.length - 1 ? 'final' : 'notFinal';
}

/** Arguments into registers; a final spread is passed as the iterable itself. */
function pushArguments(g: BytecodeGenerator, args: readonly ast.Expression[], list: RegisterList): void {
  for (const argument of args) {
    g.pushInto(argument.kind === 'Spread' ? argument.expression : argument, list);
  }
}

function visitCall(g: BytecodeGenerator, call: ast.Call): void {
  const b = g.b;
  const callee = call.expression;
  if (callee.kind === 'SuperCallReference') {
    visitSuperCall(g, call, callee);
    return;
  }
  const spread = spreadPosition(call.arguments);
  let list = g.regs.newGrowableList();
  const calleeRegister = g.regs.grow(list);
  let implicitReceiver = false;
  let isProperty = false;
  const pushUndefined = (): void => {
    const register = g.regs.grow(list);
    b.emit(Bytecode.LdaUndefined);
    b.storeRegister(register);
  };
  if (callee.kind === 'Property' && callee.object.kind === 'SuperPropertyReference') {
    const receiver = g.regs.grow(list);
    loadSuperProperty(g, callee, receiver);
    b.storeRegister(calleeRegister);
  } else if (callee.kind === 'Property') {
    isProperty = !(callee.key.kind === 'VariableProxy' && callee.key.isPrivateName === true);
    g.pushInto(callee.object, list);
    const object = list.last;
    g.inValueScope(() => {
      loadProperty(g, object, callee);
      b.storeRegister(calleeRegister);
    });
  } else if (callee.kind === 'OptionalChain' && callee.expression.kind === 'Property') {
    const property = callee.expression;
    if (property.object.kind === 'SuperPropertyReference') {
      const receiver = g.regs.grow(list);
      optionalChain(g, () => loadSuperProperty(g, property, receiver));
    } else {
      const receiver = g.regs.grow(list);
      optionalChain(g, () => {
        g.into(property.object, receiver);
        loadProperty(g, receiver, property);
      });
    }
    b.storeRegister(calleeRegister);
  } else if (
    callee.kind === 'VariableProxy' &&
    callee.variable!.location === 'lookup' &&
    callee.variable!.mode === 'dynamic'
  ) {
    const receiver = g.regs.grow(list);
    const saved = g.regs.next;
    const name = g.regs.newRegister();
    const pair = g.regs.newList(2);
    b.loadString(callee.name);
    b.storeRegister(name);
    const id = runtimeFunctionByName('LoadLookupSlotForCall')!;
    b.emit(Bytecode.CallRuntimeForPair, id, new RegisterList(name, 1), pair);
    b.moveRegister(pair.at(0), calleeRegister);
    b.moveRegister(pair.at(1), receiver);
    g.regs.release(saved);
  } else {
    if (spread === 'none') implicitReceiver = true;
    else pushUndefined();
    if (callee.kind === 'VariableProxy' && callee.variable!.location === 'unallocated') {
      g.inValueScope(() => loadVariable(g, callee.variable!, callee.needsHoleCheck));
      b.storeRegister(calleeRegister);
    } else g.into(callee, calleeRegister);
  }
  if (call.isOptionalLink) {
    b.loadRegister(calleeRegister);
    b.jump(Bytecode.JumpIfUndefinedOrNull, g.optionalChainNull!.next());
  }
  const receiverCount = implicitReceiver ? 0 : 1;
  if (spread === 'notFinal') {
    buildCreateArray(g, call.arguments, undefined);
    b.storeRegister(g.regs.grow(list));
  } else {
    list = popLeft(list);
    pushArguments(g, call.arguments, list);
  }
  if (call.isPossiblyEval && call.arguments.length > 0) resolveEval(g, call, calleeRegister, list.at(receiverCount));
  b.setExpressionPosition(call.position);
  if (spread === 'final') {
    b.emit(Bytecode.CallWithSpread, calleeRegister, list, g.addSlot(FeedbackSlotKind.Call));
  } else if (spread === 'notFinal') {
    b.emit(Bytecode.CallJSRuntime, NativeContextIndex.reflect_apply, list);
  } else if (isProperty) b.callProperty(calleeRegister, list, g.addSlot(FeedbackSlotKind.Call));
  else if (implicitReceiver) b.callUndefinedReceiver(calleeRegister, list, g.addSlot(FeedbackSlotKind.Call));
  else b.emit(Bytecode.CallAnyReceiver, calleeRegister, list, g.addSlot(FeedbackSlotKind.Call));
}

function popLeft(list: RegisterList): RegisterList {
  return list.popLeft();
}

function resolveEval(g: BytecodeGenerator, call: ast.Call, callee: number, first: number): void {
  const b = g.b;
  const saved = g.regs.next;
  const args = g.regs.newList(6);
  b.moveRegister(callee, args.at(0));
  b.moveRegister(first, args.at(1));
  b.moveRegister(CLOSURE_INDEX, args.at(2));
  b.loadSmi(g.isStrict ? 1 : 0);
  b.storeRegister(args.at(3));
  b.loadSmi(call.evalScopeInfoIndex);
  b.storeRegister(args.at(4));
  b.loadSmi(call.position);
  b.storeRegister(args.at(5));
  g.runtime('ResolvePossiblyDirectEval', args);
  b.storeRegister(callee);
  g.regs.release(saved);
}

function visitNew(g: BytecodeGenerator, call: ast.CallNew): void {
  const b = g.b;
  const spread = spreadPosition(call.arguments);
  if (spread === 'notFinal') {
    const list = g.regs.newGrowableList();
    const constructor = g.regs.grow(list);
    g.into(call.expression, constructor);
    buildCreateArray(g, call.arguments, undefined);
    b.storeRegister(g.regs.grow(list));
    b.setExpressionPosition(call.position);
    b.emit(Bytecode.CallJSRuntime, NativeContextIndex.reflect_construct, list);
    return;
  }
  const constructor = g.register(call.expression);
  const list = g.regs.newGrowableList();
  pushArguments(g, call.arguments, list);
  b.setExpressionPosition(call.position);
  b.loadRegister(constructor);
  const slot = g.addSlot(FeedbackSlotKind.Call);
  b.emit(spread === 'final' ? Bytecode.ConstructWithSpread : Bytecode.Construct, constructor, list, slot);
}

function visitCallRuntime(g: BytecodeGenerator, call: ast.CallRuntime): void {
  const b = g.b;
  if (call.name === '_Call') {
    // %_Call(fn, receiver, ...args): an ordinary call, for the standard library's JavaScript.
    const callee = g.register(call.arguments[0]!);
    const values = g.regs.newGrowableList();
    pushArguments(g, call.arguments.slice(1), values);
    b.setExpressionPosition(call.position);
    b.emit(Bytecode.CallAnyReceiver, callee, values, g.addSlot(FeedbackSlotKind.Call));
    return;
  }
  if (call.name === 'CreateDataProperty') {
    // of the standard library: with an inline cache, as a class's fields
    const [object, key, value] = call.arguments;
    const objectRegister = g.register(object!);
    const keyRegister = g.register(key!);
    g.value(value!);
    b.setExpressionPosition(call.position);
    const slot = g.addSlot(FeedbackSlotKind.DefineKeyedOwn);
    b.emit(Bytecode.DefineKeyedOwnProperty, objectRegister, keyRegister, 0, slot);
    return;
  }
  const list = g.regs.newGrowableList();
  pushArguments(g, call.arguments, list);
  const intrinsic = call.name.startsWith('_') ? intrinsicByName(call.name) : undefined;
  if (intrinsic !== undefined) {
    b.emit(Bytecode.InvokeIntrinsic, intrinsic, list);
    return;
  }
  const name = call.name.replace(/^_/, '');
  const id = runtimeFunctionByName(name) ?? libraryFunctionByName(name);
  if (id === undefined) throw new SyntaxError(`'${call.name}' is not a native function`);
  b.emit(Bytecode.CallRuntime, id, list);
}

// ---- super() ----

function getAndCheckSuperConstructor(
  g: BytecodeGenerator,
  thisFunction: number,
  newTarget: number,
  constructor: number,
  done: Labels,
): void {
  const b = g.b;
  const output = g.regs.newList(2);
  b.emit(Bytecode.FindNonDefaultConstructorOrConstruct, thisFunction, newTarget, output);
  b.moveRegister(output.at(1), constructor);
  b.loadRegister(output.at(0));
  b.jump(Bytecode.JumpIfTrue, done.next());
  b.emit(Bytecode.ThrowIfNotSuperConstructor, constructor);
}

function visitSuperCall(g: BytecodeGenerator, call: ast.Call, reference: ast.SuperCallReference): void {
  const b = g.b;
  const saved = g.regs.next;
  const spread = spreadPosition(call.arguments);
  const thisFunction = g.register(reference.thisFunction);
  const done = new Labels();
  let instance: number;
  if (spread === 'notFinal') {
    const list = g.regs.newGrowableList();
    instance = g.regs.grow(list);
    const inner = g.regs.next;
    buildCreateArray(g, call.arguments, undefined);
    b.storeRegister(g.regs.grow(list));
    const newTarget = g.regs.grow(list);
    g.into(reference.newTarget, newTarget);
    b.setExpressionPosition(call.position);
    getAndCheckSuperConstructor(g, thisFunction, newTarget, instance, done);
    b.emit(Bytecode.CallJSRuntime, NativeContextIndex.reflect_construct, list);
    g.regs.release(inner);
  } else {
    instance = g.regs.newRegister();
    const inner = g.regs.next;
    const list = g.regs.newGrowableList();
    pushArguments(g, call.arguments, list);
    const newTarget = g.regs.newRegister();
    g.into(reference.newTarget, newTarget);
    getAndCheckSuperConstructor(g, thisFunction, newTarget, instance, done);
    b.loadRegister(newTarget);
    b.setExpressionPosition(call.position);
    const slot = g.addSlot(FeedbackSlotKind.Call);
    b.emit(spread === 'final' ? Bytecode.ConstructWithSpread : Bytecode.Construct, instance, list, slot);
    g.regs.release(inner);
  }
  b.storeRegister(instance);
  done.bind(b);
  afterSuperCall(g, thisFunction, instance);
  b.loadRegister(instance);
  g.regs.release(saved);
}

function afterSuperCall(g: BytecodeGenerator, thisFunction: number, instance: number): void {
  const b = g.b;
  if (g.literal.functionKind !== 'defaultDerivedConstructor') {
    const receiver = g.closureScope.getReceiverScope().receiver!;
    b.loadRegister(instance);
    assignVariable(g, receiver, 'init', true);
  }
  buildInstanceInitialization(g, thisFunction, instance);
}

function visitSuperCallForwardArgs(g: BytecodeGenerator, call: ast.SuperCallForwardArgs): void {
  const b = g.b;
  const saved = g.regs.next;
  const thisFunction = g.register(call.reference.thisFunction);
  const newTarget = g.register(call.reference.newTarget);
  const instance = g.regs.newRegister();
  const done = new Labels();
  getAndCheckSuperConstructor(g, thisFunction, newTarget, instance, done);
  b.loadRegister(newTarget);
  b.setExpressionPosition(call.position);
  b.emit(Bytecode.ConstructForwardAllArgs, instance, g.addSlot(FeedbackSlotKind.Call));
  b.storeRegister(instance);
  done.bind(b);
  afterSuperCall(g, thisFunction, instance);
  b.loadRegister(instance);
  g.regs.release(saved);
}

// Array, object and template literals, and the patterns that look like them.

import {
  type Expression,
  type FunctionLiteral,
  kNoPosition,
  type ObjectLiteral,
  type ObjectLiteralProperty,
} from './ast.ts';
import { BuilderBase, type DeclareFunction } from './builder-base.ts';
import type { EsNode } from './es-tree.ts';

/** An assignment to a name without parentheses: it names what it assigns. */
export const isPlainName = ({ left, start }: EsNode): boolean => left.type === 'Identifier' && left.start === start;

export function keyText(key: Expression): string {
  return key.kind === 'Literal' && 'value' in key.literal ? String(key.literal.value) : '';
}

export abstract class LiteralBuilder extends BuilderBase {
  protected abstract operand(node: EsNode): Expression;

  abstract methodFunction(
    node: EsNode,
    kind: 'method' | 'get' | 'set',
    isStatic: boolean,
    start: number,
  ): FunctionLiteral;

  // ---- Patterns: binding (declares names) and assignment ----

  pattern(node: EsNode, declare: DeclareFunction | undefined): Expression {
    switch (node.type) {
      case 'Identifier': {
        this.names.pushVariable(node.name);
        const declared = declare?.(node.name, node.start);
        if (declared !== undefined) return this.boundProxy(declared, node.start);
        const proxy = this.proxy(node.name, node.start);
        if (!declare) this.markAssigned(proxy);
        return proxy;
      }
      case 'MemberExpression':
      case 'ParenthesizedExpression': {
        const target = this.operand(node);
        this.markAssigned(target);
        return target;
      }
      case 'AssignmentPattern': {
        const target = this.pattern(node.left, declare);
        const value = this.expression(node.right);
        if (isPlainName(node)) this.nameFunction(value, target);
        return this.assignment('=', target, value, declare ? kNoPosition : this.tokenAfter(node.left.end));
      }
      case 'ArrayPattern':
        return this.arrayLiteral(node, (element) => this.pattern(element, declare), declare);
      case 'ObjectPattern':
        return this.objectPattern(node, declare);
      default: {
        const target = this.operand(node);
        this.markAssigned(target);
        return target;
      }
    }
  }

  protected arrayLiteral(node: EsNode, visit: (element: EsNode) => Expression, declare?: DeclareFunction): Expression {
    const values: Expression[] = [];
    let firstSpreadIndex = -1;
    for (const element of node.elements as (EsNode | null)[]) {
      if (element === null) {
        values.push(this.literal({ type: 'theHole' }));
      } else if (element.type === 'SpreadElement' || element.type === 'RestElement') {
        if (firstSpreadIndex < 0) firstSpreadIndex = values.length;
        const argument =
          element.type === 'SpreadElement'
            ? this.expression(element.argument)
            : this.pattern(element.argument, declare);
        values.push({
          kind: 'Spread',
          expression: argument,
          expressionPosition: this.nextToken(element.start + 3),
          position: element.start,
        });
      } else values.push(visit(element));
    }
    return { kind: 'ArrayLiteral', values, firstSpreadIndex, position: node.start };
  }

  private propertyKey(key: EsNode, computed: boolean): Expression {
    if (computed) return this.expression(key);
    if (key.type === 'Identifier') return this.literal({ type: 'string', value: key.name }, key.start);
    if (typeof key.bigint === 'string') {
      return this.literal({ type: 'string', value: BigInt(key.bigint).toString() }, key.start);
    }
    if (typeof key.value === 'number') return this.keyNumber(key.value, key.start);
    return this.keyString(String(key.value), key.start);
  }
  private keyString(value: string, position: number): Expression {
    if (/^(?:0|[1-9]\d{0,9})$/.test(value) && Number(value) < 4294967295)
      return this.keyNumber(Number(value), position);
    return this.literal({ type: 'string', value }, position);
  }
  private keyNumber(value: number, position: number): Expression {
    if (value >= 0 && value < 4294967295 && Number.isInteger(value) && !Object.is(value, -0)) {
      return this.numberLiteral(value, position);
    }
    return this.literal({ type: 'string', value: String(value) }, position);
  }

  private objectPattern(node: EsNode, declare: DeclareFunction | undefined): ObjectLiteral {
    const properties: ObjectLiteralProperty[] = [];
    let hasRestProperty = false;
    for (const property of node.properties as EsNode[]) {
      if (property.type === 'RestElement') {
        hasRestProperty = true;
        properties.push({
          propertyKind: 'spread',
          key: this.literal({ type: 'theHole' }),
          value: this.pattern(property.argument, declare),
          isComputedName: true,
          emitStore: true,
        });
        continue;
      }
      this.names.enter();
      const key = this.propertyKey(property.key, property.computed);
      if (!property.computed) this.names.pushLiteral(keyText(key));
      const value = this.pattern(property.value, declare);
      this.names.infer();
      this.names.leave();
      properties.push({ propertyKind: 'computed', key, value, isComputedName: property.computed, emitStore: true });
    }
    return {
      kind: 'ObjectLiteral',
      properties,
      boilerplatePropertyCount: 0,
      hasRestProperty,
      homeObject: undefined,
      position: node.start,
    };
  }

  protected objectLiteral(node: EsNode): Expression {
    const scope = this.newBlockScope();
    scope.isObjectLiteralScope = true;
    const properties: ObjectLiteralProperty[] = [];
    let boilerplatePropertyCount = 0;
    let hasComputedNames = false;
    for (const property of node.properties as EsNode[]) {
      if (property.type === 'SpreadElement') {
        hasComputedNames = true;
        properties.push({
          propertyKind: 'spread',
          key: this.literal({ type: 'theHole' }),
          value: this.expression(property.argument),
          isComputedName: true,
          emitStore: true,
        });
        continue;
      }
      this.names.enter();
      const key = this.propertyKey(property.key, property.computed);
      if (!property.computed) this.names.pushLiteral(keyText(key));
      let value: Expression;
      let propertyKind: ObjectLiteralProperty['propertyKind'];
      if (property.method || property.kind !== 'init') {
        value = this.inScope(scope, () =>
          this.methodFunction(
            property.value,
            property.kind === 'init' ? 'method' : property.kind,
            false,
            property.start,
          ),
        );
        propertyKind = property.kind === 'get' ? 'getter' : property.kind === 'set' ? 'setter' : 'computed';
        if (!property.computed) this.nameFromKey(value, key, property.kind === 'init' ? '' : `${property.kind} `);
      } else {
        value = this.expression(property.value);
        const isProto =
          !property.computed &&
          !property.shorthand &&
          key.kind === 'Literal' &&
          key.literal.type === 'string' &&
          key.literal.value === '__proto__';
        propertyKind = isProto
          ? 'prototype'
          : value.kind === 'Literal'
            ? 'constant'
            : value.kind === 'ObjectLiteral' || value.kind === 'ArrayLiteral' || value.kind === 'RegExpLiteral'
              ? 'materialized'
              : 'computed';
        if (!isProto && !property.computed && !property.shorthand) this.nameFromKey(value, key, '');
      }
      this.names.infer();
      this.names.leave();
      if (property.computed) hasComputedNames = true;
      const isBoilerplate = propertyKind !== 'prototype';
      if (isBoilerplate && !hasComputedNames) boilerplatePropertyCount++;
      properties.push({ propertyKind, key, value, isComputedName: property.computed, emitStore: true });
    }
    let homeObject: import('./scopes.ts').Variable | undefined;
    if (scope.needsHomeObject) {
      homeObject = scope.declareLocal('.home_object', 'const', 'normal', false);
      homeObject.isUsed = true;
      homeObject.forcedContext = true;
      this.objectScopes.set(homeObject, scope);
    } else scope.finalizeBlockScope();
    return {
      kind: 'ObjectLiteral',
      properties,
      boilerplatePropertyCount,
      hasRestProperty: false,
      homeObject,
      position: node.start,
    };
  }
  protected readonly objectScopes = new WeakMap<object, object>();

  protected nameFromKey(value: Expression, key: Expression, prefix: string): void {
    if (key.kind !== 'Literal') return;
    const literal = key.literal;
    if (literal.type === 'string' || literal.type === 'smi' || literal.type === 'number') {
      this.setFunctionName(value, String(literal.value), prefix);
    }
  }

  // ---- Templates ----

  protected template(node: EsNode): Expression {
    const quasis = node.quasis as EsNode[];
    if (quasis.length === 1) return this.literal({ type: 'string', value: quasis[0]!.value.cooked }, node.start);
    return {
      kind: 'TemplateLiteral',
      strings: quasis.map((q) => q.value.cooked as string),
      substitutions: node.expressions.map((e: EsNode) => this.expression(e)),
      position: node.start,
    };
  }
  protected taggedTemplate(node: EsNode): Expression {
    const tag = this.operand(node.tag);
    const quasis = node.quasi.quasis as EsNode[];
    const substitutions: Expression[] = node.quasi.expressions.map((e: EsNode) => this.expression(e));
    const templateObject: Expression = {
      kind: 'GetTemplateObject',
      cooked: quasis.map((q) => (q.value.cooked === null ? undefined : q.value.cooked)),
      raw: quasis.map((q) => q.value.raw),
      position: node.quasi.start,
    };
    return {
      kind: 'Call',
      expression: tag,
      arguments: [templateObject, ...substitutions],
      hasSpread: false,
      isOptionalLink: false,
      isPossiblyEval: false,
      evalScopeInfoIndex: 0,
      isTaggedTemplate: true,
      position: node.quasi.start,
    };
  }
}

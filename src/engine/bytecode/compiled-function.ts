// What Ignition hands over: one function, compiled, still outside the heap. The isolate turns it into a
// SharedFunctionInfo with a BytecodeArray, FixedArray constants, ScopeInfo and FeedbackMetadata in linear memory.

import type { ElementsKind, FeedbackSlotKind } from '../objects/index.ts';

/** How a function may be called and what its closures look like (V8: FunctionKind, abridged to what differs here). */
export type FunctionKind =
  | 'normal'
  | 'arrow'
  | 'method'
  | 'getter'
  | 'setter'
  | 'classConstructor'
  | 'derivedConstructor'
  | 'defaultConstructor'
  | 'defaultDerivedConstructor'
  | 'classMembersInitializer'
  | 'classStaticInitializer'
  | 'generator'
  | 'asyncFunction'
  | 'asyncArrow'
  | 'asyncGenerator'
  | 'script'
  | 'module'
  | 'eval';

/** One context slot's variable, as ScopeInfo records it. */
export interface ContextLocal {
  readonly name: string;
  readonly mode: 'var' | 'let' | 'const' | 'using';
  /** Whether the slot starts as the_hole and loads must check it. */
  readonly needsInitialization: boolean;
  /** Whether something may store to it after its initialization. */
  readonly maybeAssigned?: boolean;
  /** Of a private name: what it names. */
  readonly privateKind?: 'method' | 'setter' | 'getter' | 'accessors';
  readonly isStatic?: boolean;
  /** The name of a sloppy named function expression: assignments to it are ignored. */
  readonly isSloppyFunctionName?: boolean;
  /** Index of the formal parameter that lives in the slot: what a mapped arguments object aliases. */
  readonly parameter?: number;
}

/** A scope as the debugger and contexts need it (V8: ScopeInfo). Context slot i of `contextLocals` is slot 2 + i (3 + i with an extension). */
export interface ScopeInfoData {
  readonly scopeType: 'function' | 'block' | 'script' | 'eval' | 'module' | 'catch' | 'class' | 'with';
  readonly functionName: string;
  /** Of function, script, module and eval scopes: whether `this`, `new.target` and `super` are their own. */
  readonly functionKind?: FunctionKind;
  /** Written as a method or accessor, of an object or (static ones: of the constructor of) a class: `super.x` is legal. */
  readonly isMethod?: boolean;
  readonly isStatic?: boolean;
  readonly languageMode: 'sloppy' | 'strict';
  readonly contextLocals: readonly ContextLocal[];
  /** Of a module scope: its exports and imports, for code that is compiled inside it. */
  readonly moduleLocals?: readonly (ContextLocal & { readonly cellIndex: number })[];
  readonly hasExtension: boolean;
  readonly outer: ScopeInfoData | undefined;
  /** Source range, UTF-16 code units. */
  readonly start: number;
  readonly end: number;
  /** Variables in registers or parameters, for the debugger: register index (r0 = 0) or parameter index (a0 = 0). */
  readonly stackLocals: readonly {
    readonly name: string;
    readonly kind: 'register' | 'parameter';
    readonly index: number;
    readonly mode: 'var' | 'let' | 'const' | 'using';
    /** Source range in which the variable is in scope; the whole function where absent. */
    readonly start?: number;
    readonly end?: number;
    /** Of a lexical variable: where its dead zone ends. */
    readonly initialized?: number;
  }[];
}

/** One property of an object literal's boilerplate; `value` undefined means "filled in by code after the clone". */
export interface BoilerplateProperty {
  readonly key: string | number;
  readonly value: Constant | undefined;
}

/** A member of a class boilerplate; computed keys and values come from the register list of DefineClass. */
export interface ClassMember {
  readonly kind: 'method' | 'getter' | 'setter';
  readonly isStatic: boolean;
  /** Undefined for a computed key: then `keyIndex` is its position in DefineClass's arguments. */
  readonly key: string | number | undefined;
  readonly keyIndex: number;
  /** Position of the closure in DefineClass's arguments. */
  readonly valueIndex: number;
}

/** A constant pool entry before it is in the heap. */
export type Constant =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'smi'; readonly value: number } // also jump table entries (relative offsets)
  | { readonly kind: 'string'; readonly value: string } // internalized
  | { readonly kind: 'consString'; readonly value: string } // joined by the parser: a string of its own, never shared
  | { readonly kind: 'bigint'; readonly value: bigint }
  | { readonly kind: 'oddball'; readonly value: 'undefined' | 'null' | 'true' | 'false' | 'the_hole' | 'uninitialized' }
  | { readonly kind: 'symbol'; readonly value: string } // well-known: 'iterator_symbol' … ; private: 'class_fields_symbol', …
  | { readonly kind: 'function'; readonly value: FunctionRef } // SharedFunctionInfo
  | { readonly kind: 'scopeInfo'; readonly value: ScopeInfoData }
  | {
      readonly kind: 'objectBoilerplate';
      readonly properties: readonly BoilerplateProperty[];
      readonly flags: number;
      readonly nullPrototype: boolean;
    }
  | {
      readonly kind: 'arrayBoilerplate';
      readonly elementsKind: ElementsKind;
      readonly elements: readonly Constant[];
      /** Every array of the literal shares its elements until it is written to. */
      readonly isCopyOnWrite: boolean;
    }
  | { readonly kind: 'classBoilerplate'; readonly members: readonly ClassMember[]; readonly argumentCount: number }
  | {
      readonly kind: 'templateObject';
      readonly cooked: readonly (string | undefined)[];
      readonly raw: readonly string[];
    }
  | { readonly kind: 'globalDeclarations'; readonly declarations: readonly GlobalDeclaration[] } // DeclareGlobals
  /** DeclareModuleExports: a cell per variable; closure, feedback slot and cell per function. */
  | { readonly kind: 'fixedArray'; readonly elements: readonly Constant[] };

/** One entry of a script's DeclareGlobals array. */
export type GlobalDeclaration =
  | { readonly kind: 'var'; readonly name: string }
  | { readonly kind: 'function'; readonly name: string; readonly value: FunctionRef; readonly feedbackSlot: number };

/** A function literal that may be compiled later (V8 compiles lazily, at first call). `compile` is memoised. */
export interface FunctionRef {
  readonly name: string;
  /** What listings and traces call an anonymous function (`A.foo`); empty where nothing was inferred. */
  readonly inferredName?: string;
  readonly kind: FunctionKind;
  readonly functionLiteralId: number;
  readonly start: number;
  readonly end: number;
  /** Start of the `function` token / parameter list, as V8's function_token_position; -1 where none. */
  readonly functionTokenPosition: number;
  /** Formal parameters without the receiver; `length` is the function's `length` property. */
  readonly parameterCount: number;
  readonly length: number;
  readonly languageMode: 'sloppy' | 'strict';
  readonly requiresInstanceMembersInitializer: boolean;
  readonly classScopeHasPrivateBrand: boolean;
  /** Expected in-object properties of instances (V8: expected_nof_properties), counted from `this.x =` assignments. */
  readonly expectedPropertyCount: number;
  compile(): CompiledFunction;
}

/** An exception handler table row (V8: HandlerTable range entry). Offsets in bytes; `data` is the context register index. */
export interface HandlerEntry {
  readonly start: number;
  readonly end: number;
  readonly handler: number;
  readonly prediction: 'uncaught' | 'caught' | 'promise' | 'async_await' | 'uncaught_async_await';
  readonly data: number;
}

/** A source position entry: `offset` in bytes of bytecode, `position` in UTF-16 code units, `isStatement` prints as S>, else E>. */
export interface SourcePosition {
  readonly offset: number;
  readonly position: number;
  readonly isStatement: boolean;
}

/** What a module imports and exports (V8: SourceTextModuleInfo). Cell indices: exports from 1 up, imports from -1 down. */
export interface ModuleData {
  readonly requests: readonly {
    readonly specifier: string;
    /** The `type` import attribute. */
    readonly type: string | undefined;
    readonly position: number;
  }[];
  readonly imports: readonly {
    readonly localName: string;
    readonly importName: string;
    readonly request: number;
    readonly cellIndex: number;
    /** Whether code reads it: it may be exported only. */
    readonly isUsed: boolean;
    readonly position: number;
    readonly end: number;
  }[];
  readonly namespaceImports: readonly { readonly localName: string; readonly request: number }[];
  readonly exports: readonly { readonly exportName: string; readonly localName: string; readonly cellIndex: number }[];
  readonly indirectExports: readonly {
    readonly exportName: string;
    readonly importName: string;
    readonly request: number;
    readonly position: number;
    readonly end: number;
  }[];
  readonly namespaceExports: readonly { readonly exportName: string; readonly request: number }[];
  readonly starExports: readonly number[];
  readonly hasTopLevelAwait: boolean;
}

/** One function after bytecode generation. */
export interface CompiledFunction {
  readonly ref: FunctionRef;
  readonly bytes: ArrayLike<number>;
  readonly constants: readonly Constant[];
  /** Registers in the frame, locals and temporaries (frame size is 8 × this). */
  readonly registerCount: number;
  /** Including the receiver. */
  readonly parameterCount: number;
  /** Register that receives new.target or the generator object on entry; -1 for none. */
  readonly incomingNewTargetOrGeneratorRegister: number;
  readonly handlerTable: readonly HandlerEntry[];
  readonly sourcePositions: readonly SourcePosition[];
  readonly feedbackSlots: readonly FeedbackSlotKind[];
  /** Parameter count of each CreateClosure slot (V8: closure feedback cell array). */
  readonly closureSlotCount: number;
  readonly scopeInfo: ScopeInfoData;
  /** A module's code only. */
  readonly module?: ModuleData;
}

// Roots: slots of isolate data, found by Root index. Objects at addresses that are known when the engine is compiled are
// StaticRoots (layout/static-roots.ts).

/** 8-byte slots of isolate data (low word tagged), at IsolateData.Roots + 8 × index. Read with `root(heap, Root.X)`. */
export enum Root {
  StringTable,
  SymbolRegistry, // ordered map: string → symbol of Symbol.for
  NativeContext,
  ScriptContextTable,
  GlobalDictionaryOwner, // the JSGlobalObject
  GlobalProxy,
  EmptyFunction,
  Scripts, // FixedArray of Scripts
  CodeList, // FixedArray of all Code objects with instructions in code space, sorted by start
  MicrotaskQueue,
  /** Targets of WeakRefs that live until the job has ended: an OrderedHashSet, or undefined. */
  KeptObjects,
  /** The first FinalizationRegistry whose cleanup is to run, or undefined. */
  DirtyRegistries,
  /** A Map for JSFunctions etc. live in the native context; these are shared by all realms. */
  NoElementsProtector,
  ArrayIteratorProtector,
  ArraySpeciesProtector,
  ArrayConstructorProtector,
  MapIteratorProtector,
  SetIteratorProtector,
  StringIteratorProtector,
  StringLengthOverflowProtector,
  StringWrapperToPrimitiveProtector,
  PromiseHookProtector,
  PromiseResolveProtector,
  PromiseThenProtector,
  PromiseSpeciesProtector,
  RegExpSpeciesProtector,
  TypedArraySpeciesProtector,
  IsConcatSpreadableProtector,
  ArrayBufferDetachingProtector,
  NumberStringPrototypeNoReplaceProtector,
  MegaDomProtector,
  NoProfilingProtector,
  NoUndetectableObjectsProtector,
  AsyncIteratorProtector,
  ManyClosuresCell,
  /** Smi state of the identity hash sequence. */
  HashSeed,
  /** Smi state of the sequence of symbols' hashes. */
  SymbolHashSeed,
  /** Smi: UniqueId of the next SharedFunctionInfo. */
  NextUniqueId,
  /** Code that a closure gets at birth: the InterpreterEntryTrampoline's (set by the isolate; undefined before). */
  InterpreterEntryTrampolineCode,
  /** Code of the builtins that are machine code (undefined until they are installed). */
  MachineBuiltins,
  /** What strings were split into (undefined until one is). */
  StringSplitCache,
  /** Dictionary maps that objects of several maps share: a weak list, see normalizeMap. */
  NormalizedMapCache,
  /** Initial JSArray maps of the current realm: Root.FirstArrayMap + ElementsKind (PackedSmi … HoleyDouble). */
  FirstArrayMap,
  LastArrayMap = FirstArrayMap + 5,
  /** Free for the runtime's and isolate's own use. */
  User0,
  FirstUser = 64, // … 255; slots from FirstSymbol on are not visited by the collector
  /** Symbols: Root.FirstSymbol + index in `rootSymbols`. */
  FirstSymbol = 256,
  /** Single-character strings: Root.FirstSingleCharacter + code, 0–255. */
  FirstSingleCharacter = 512,
  End = 4096,
}

/** Well-known symbols (name of the public description) and private symbols (no description dot). */
export const rootSymbols = [
  ['iterator_symbol', 'Symbol.iterator'],
  ['async_iterator_symbol', 'Symbol.asyncIterator'],
  ['has_instance_symbol', 'Symbol.hasInstance'],
  ['is_concat_spreadable_symbol', 'Symbol.isConcatSpreadable'],
  ['match_symbol', 'Symbol.match'],
  ['match_all_symbol', 'Symbol.matchAll'],
  ['replace_symbol', 'Symbol.replace'],
  ['search_symbol', 'Symbol.search'],
  ['species_symbol', 'Symbol.species'],
  ['split_symbol', 'Symbol.split'],
  ['to_primitive_symbol', 'Symbol.toPrimitive'],
  ['to_string_tag_symbol', 'Symbol.toStringTag'],
  ['unscopables_symbol', 'Symbol.unscopables'],
  ['dispose_symbol', 'Symbol.dispose'],
  ['async_dispose_symbol', 'Symbol.asyncDispose'],
  ['class_fields_symbol', ''],
  ['class_positions_symbol', ''],
  ['home_object_symbol', ''],
  ['error_stack_symbol', ''],
  ['error_message_symbol', ''],
  ['error_script_symbol', ''],
  ['error_start_pos_symbol', ''],
  ['error_end_pos_symbol', ''],
  ['call_site_info_symbol', ''],
  ['elements_transition_symbol', ''],
  ['nonextensible_symbol', ''],
  ['sealed_symbol', ''],
  ['frozen_symbol', ''],
  ['strict_function_transition_symbol', ''],
  ['promise_handled_by_symbol', ''],
  ['promise_forwarding_handler_symbol', ''],
  ['generator_outer_promise_symbol', ''],
  ['regexp_result_cached_indices_or_regexp_symbol', ''],
  ['interpreter_trampoline_symbol', ''],
  ['native_context_index_symbol', ''],
  ['date_symbol', ''],
  ['wrapped_error_symbol', ''],
  ['host_data_symbol', ''],
  ['class_name_symbol', ''],
  ['private_brand_symbol', ''],
] as const;
export type RootSymbolName = (typeof rootSymbols)[number][0];

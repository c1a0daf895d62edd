// The static Maps in one table: instance type and, where fixed, instance size. `visitorOf` gives the pointer map of a type.

import { VisitorId } from '../heap/index.ts';
import { InstanceType, StringBits } from './instance-type.ts';
import {
  AccessorInfo,
  AccessorPair,
  AllocationSite,
  ArrayBoilerplateDescription,
  Cell,
  ClassBoilerplate,
  Code,
  ConsString,
  EnumCache,
  FeedbackCell,
  HeapNumber,
  MapObject,
  Oddball,
  PromiseReaction,
  PropertyCell,
  PrototypeInfo,
  RegExpBoilerplateDescription,
  Script,
  SharedFunctionInfo,
  SlicedString,
  SymbolObject,
  TemplateObjectDescription,
  ThinString,
} from './layouts.ts';
import { StaticRoot } from './roots.ts';

/** [map, instance type, instance size in bytes (0: variable)], in address order. */
export const staticMaps: readonly (readonly [StaticRoot, InstanceType, number])[] = [
  [StaticRoot.MetaMap, InstanceType.Map, MapObject.Size],
  [StaticRoot.OddballMap, InstanceType.Oddball, Oddball.Size],
  [StaticRoot.UndefinedMap, InstanceType.Oddball, Oddball.Size],
  [StaticRoot.NullMap, InstanceType.Oddball, Oddball.Size],
  [StaticRoot.BooleanMap, InstanceType.Oddball, Oddball.Size],
  [StaticRoot.TheHoleMap, InstanceType.Oddball, Oddball.Size],
  [StaticRoot.HeapNumberMap, InstanceType.HeapNumber, HeapNumber.Size],
  [StaticRoot.BigIntMap, InstanceType.BigInt, 0],
  [StaticRoot.SymbolMap, InstanceType.Symbol, SymbolObject.Size],
  [StaticRoot.FixedArrayMap, InstanceType.FixedArray, 0],
  [StaticRoot.FixedDoubleArrayMap, InstanceType.FixedDoubleArray, 0],
  [StaticRoot.ByteArrayMap, InstanceType.ByteArray, 0],
  [StaticRoot.PropertyArrayMap, InstanceType.PropertyArray, 0],
  [StaticRoot.DescriptorArrayMap, InstanceType.DescriptorArray, 0],
  [StaticRoot.TransitionArrayMap, InstanceType.TransitionArray, 0],
  [StaticRoot.NameDictionaryMap, InstanceType.NameDictionary, 0],
  [StaticRoot.GlobalDictionaryMap, InstanceType.GlobalDictionary, 0],
  [StaticRoot.NumberDictionaryMap, InstanceType.NumberDictionary, 0],
  [StaticRoot.OrderedHashMapMap, InstanceType.OrderedHashMap, 0],
  [StaticRoot.OrderedHashSetMap, InstanceType.OrderedHashSet, 0],
  [StaticRoot.EphemeronHashTableMap, InstanceType.EphemeronHashTable, 0],
  [StaticRoot.WeakArrayListMap, InstanceType.WeakArrayList, 0],
  [StaticRoot.CellMap, InstanceType.Cell, Cell.Size],
  [StaticRoot.PropertyCellMap, InstanceType.PropertyCell, PropertyCell.Size],
  [StaticRoot.NoClosuresCellMap, InstanceType.FeedbackCell, FeedbackCell.Size],
  [StaticRoot.OneClosureCellMap, InstanceType.FeedbackCell, FeedbackCell.Size],
  [StaticRoot.ManyClosuresCellMap, InstanceType.FeedbackCell, FeedbackCell.Size],
  [StaticRoot.FeedbackVectorMap, InstanceType.FeedbackVector, 0],
  [StaticRoot.FeedbackMetadataMap, InstanceType.FeedbackMetadata, 0],
  [StaticRoot.ClosureFeedbackCellArrayMap, InstanceType.ClosureFeedbackCellArray, 0],
  [StaticRoot.AllocationSiteMap, InstanceType.AllocationSite, AllocationSite.Size],
  [StaticRoot.AccessorPairMap, InstanceType.AccessorPair, AccessorPair.Size],
  [StaticRoot.AccessorInfoMap, InstanceType.AccessorInfo, AccessorInfo.Size],
  [StaticRoot.ScopeInfoMap, InstanceType.ScopeInfo, 0],
  [StaticRoot.ScriptMap, InstanceType.Script, Script.Size],
  [StaticRoot.SharedFunctionInfoMap, InstanceType.SharedFunctionInfo, SharedFunctionInfo.Size],
  [StaticRoot.BytecodeArrayMap, InstanceType.BytecodeArray, 0],
  [StaticRoot.CodeMap, InstanceType.Code, Code.Size],
  [StaticRoot.DeoptimizationDataMap, InstanceType.DeoptimizationData, 0],
  [StaticRoot.PrototypeInfoMap, InstanceType.PrototypeInfo, PrototypeInfo.Size],
  [StaticRoot.EnumCacheMap, InstanceType.EnumCache, EnumCache.Size],
  [StaticRoot.ObjectBoilerplateDescriptionMap, InstanceType.ObjectBoilerplateDescription, 0],
  [
    StaticRoot.ArrayBoilerplateDescriptionMap,
    InstanceType.ArrayBoilerplateDescription,
    ArrayBoilerplateDescription.Size,
  ],
  [StaticRoot.ClassBoilerplateMap, InstanceType.ClassBoilerplate, ClassBoilerplate.Size],
  [StaticRoot.TemplateObjectDescriptionMap, InstanceType.TemplateObjectDescription, TemplateObjectDescription.Size],
  [
    StaticRoot.RegExpBoilerplateDescriptionMap,
    InstanceType.RegExpBoilerplateDescription,
    RegExpBoilerplateDescription.Size,
  ],
  [StaticRoot.SloppyArgumentsElementsMap, InstanceType.SloppyArgumentsElements, 0],
  [StaticRoot.PromiseReactionMap, InstanceType.PromiseReaction, PromiseReaction.Size],
  [StaticRoot.FunctionContextMap, InstanceType.FunctionContext, 0],
  [StaticRoot.BlockContextMap, InstanceType.BlockContext, 0],
  [StaticRoot.CatchContextMap, InstanceType.CatchContext, 0],
  [StaticRoot.ScriptContextMap, InstanceType.ScriptContext, 0],
  [StaticRoot.EvalContextMap, InstanceType.EvalContext, 0],
  [StaticRoot.WithContextMap, InstanceType.WithContext, 0],
  [StaticRoot.ModuleContextMap, InstanceType.ModuleContext, 0],
  [StaticRoot.NativeContextMap, InstanceType.NativeContext, 0],
  [StaticRoot.ScriptContextTableMap, InstanceType.ScriptContextTable, 0],
  [StaticRoot.FillerMap, InstanceType.Filler, 0],
  [StaticRoot.InternalizedOneByteStringMap, InstanceType.InternalizedOneByteString, 0],
  [StaticRoot.InternalizedTwoByteStringMap, InstanceType.InternalizedTwoByteString, 0],
  [StaticRoot.SeqOneByteStringMap, InstanceType.SeqOneByteString, 0],
  [StaticRoot.SeqTwoByteStringMap, InstanceType.SeqTwoByteString, 0],
  [StaticRoot.ConsOneByteStringMap, InstanceType.ConsOneByteString, ConsString.Size],
  [StaticRoot.ConsTwoByteStringMap, InstanceType.ConsTwoByteString, ConsString.Size],
  [StaticRoot.SlicedOneByteStringMap, InstanceType.SlicedOneByteString, SlicedString.Size],
  [StaticRoot.SlicedTwoByteStringMap, InstanceType.SlicedTwoByteString, SlicedString.Size],
  [StaticRoot.ThinOneByteStringMap, InstanceType.ThinOneByteString, ThinString.Size],
  [StaticRoot.ThinTwoByteStringMap, InstanceType.ThinTwoByteString, ThinString.Size],
  [StaticRoot.CowFixedArrayMap, InstanceType.FixedArray, 0],
];

/** The pointer map of an instance type. */
export const visitorOf = (type: InstanceType): VisitorId => {
  if (type < InstanceType.FirstNonstring) {
    if ((type & StringBits.ShapeMask) !== StringBits.Seq) return VisitorId.StringParts;
    return (type & StringBits.OneByte) !== 0 ? VisitorId.SeqOneByteString : VisitorId.SeqTwoByteString;
  }
  if (type >= InstanceType.FirstJSReceiver) return type === InstanceType.JSDate ? VisitorId.JSDate : VisitorId.Struct;
  switch (type) {
    case InstanceType.Symbol:
      return VisitorId.StringParts;
    case InstanceType.BigInt:
      return VisitorId.BigInt;
    case InstanceType.HeapNumber:
      return VisitorId.Data;
    case InstanceType.Oddball:
      return VisitorId.Oddball;
    case InstanceType.Map:
      return VisitorId.Map;
    case InstanceType.FixedDoubleArray:
      return VisitorId.FixedDoubleArray;
    case InstanceType.ByteArray:
      return VisitorId.ByteArray;
    case InstanceType.PropertyArray:
      return VisitorId.PropertyArray;
    case InstanceType.DescriptorArray:
      return VisitorId.DescriptorArray;
    case InstanceType.ScopeInfo:
      return VisitorId.ScopeInfo;
    case InstanceType.FeedbackCell:
      return VisitorId.FeedbackCell;
    case InstanceType.SharedFunctionInfo:
      return VisitorId.SharedFunctionInfo;
    case InstanceType.BytecodeArray:
      return VisitorId.BytecodeArray;
    case InstanceType.Code:
      return VisitorId.Code;
    case InstanceType.FeedbackMetadata:
      return VisitorId.FeedbackMetadata;
    case InstanceType.FeedbackVector:
      return VisitorId.FeedbackVector;
    case InstanceType.Filler:
      return VisitorId.Filler;
    case InstanceType.Cell:
    case InstanceType.PropertyCell:
    case InstanceType.AllocationSite:
    case InstanceType.AccessorPair:
    case InstanceType.AccessorInfo:
    case InstanceType.Script:
    case InstanceType.PrototypeInfo:
    case InstanceType.EnumCache:
    case InstanceType.ArrayBoilerplateDescription:
    case InstanceType.ClassBoilerplate:
    case InstanceType.TemplateObjectDescription:
    case InstanceType.RegExpBoilerplateDescription:
    case InstanceType.PromiseReaction:
      return VisitorId.Struct;
    default:
      return VisitorId.FixedArray;
  }
};

// CodeGenerator: allocated instructions → x64 code with deopt exits, safepoints, handler table, source positions and
// deoptimization data (V8: code-generator.cc, code-generator-x64.cc).
//
//   prologue · blocks in order (deferred ones last) · out-of-line pieces · eager deopt exits · lazy deopt exits
//
// r10 and xmm15 are scratch, r13 the root register, r14 the cage base. An exit is `call [r13 + entry]`: its address is the
// bailout id, so all exits are emitted in one run, 4 bytes each, eager ones first.

import {
  DeoptimizeKind as _DeoptimizeKind,
  deoptExitSize,
  FrameTranslationBuilder,
  type ValueRepresentation,
} from '../../deoptimizer/index.ts';
import { BuiltinId, builtinAddress } from '../../runtime/index.ts';

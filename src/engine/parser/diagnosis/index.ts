// Why a text does not parse, as V8 says it. Acorn decides whether a text is a program; what it complains of, and where, is its own.
// This parser runs over texts that acorn refused only. It builds nothing: it follows the order in which V8 comes upon errors.

import { Diagnosis, type DiagnosisOptions } from './base.ts';
import { DiagnosisModules } from './modules.ts';

export { Diagnosis, type DiagnosisOptions } from './base.ts';

/** The first error of a text; undefined when none is found. */
export function diagnose(source: string, options: DiagnosisOptions): Diagnosis | undefined {
  try {
    new DiagnosisModules(source, options).run();
    return undefined;
  } catch (error) {
    if (error instanceof Diagnosis) return error;
    // what is too deep for it is left to those who parse
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

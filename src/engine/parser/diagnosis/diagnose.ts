import { Diagnosis, type DiagnosisOptions } from './base.ts';
import { DiagnosisModules } from './modules.ts';

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

// Why a text does not parse, as V8 says it. Acorn decides whether a text is a program; what it complains of, and where, is its own.
// This parser runs over texts that acorn refused only. It builds nothing: it follows the order in which V8 comes upon errors.

export type { Diagnosis, DiagnosisOptions } from './base.ts';
export { diagnose } from './diagnose.ts';

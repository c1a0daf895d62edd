// CompilationDependencies: what the code assumes; registered on DependentCode lists when it is installed.

import type { Tagged } from '../../heap/index.ts';

/** `holder`'s DependentCode field at `offset` gets the code, in `groups` (DependencyGroup bits). `isValid` is asked again at installation. */
export interface DependencyRecord {
  readonly kind: string;
  readonly holder: Tagged;
  readonly offset: number;
  readonly groups: number;
  isValid(): boolean;
}

// CompilationDependencies: what the code assumes; registered on DependentCode lists when it is installed.

import type { Tagged } from '../../heap/index.ts';
import type { TaggedField } from '../../objects/index.ts';

/** `holder`'s DependentCode field gets the code, in `groups` (DependencyGroup bits). `isValid` is asked again at installation. */
export interface DependencyRecord {
  readonly kind: string;
  readonly holder: Tagged;
  readonly field: TaggedField;
  readonly groups: number;
  isValid(): boolean;
  /** Makes what was predicted so, before the code is installed. */
  prepareInstall?(): void;
}

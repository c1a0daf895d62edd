// The visitors of all bytecodes that the optimizer knows.

import { callsVisitors } from './calls.ts';
import { contextsVisitors } from './contexts.ts';
import { controlVisitors } from './control.ts';
import { generatorsVisitors } from './generators.ts';
import { literalsVisitors } from './literals.ts';
import { operationsVisitors } from './operations.ts';
import { propertiesVisitors } from './properties.ts';
import { registersVisitors } from './registers.ts';
import type { Visitors } from './visitor.ts';

export const visitors: Visitors = {
  ...registersVisitors,
  ...contextsVisitors,
  ...propertiesVisitors,
  ...operationsVisitors,
  ...callsVisitors,
  ...generatorsVisitors,
  ...literalsVisitors,
  ...controlVisitors,
};

export { consoleTable } from './console-table.ts';
export { type InspectOptions, modeOfCompactTrue } from './context.ts';
export { format } from './format.ts';
export { inspect, inspectInLines } from './inspect.ts';
export { CallKind, type InspectCaller, inPasses } from './inspect-calls.ts';
export { quote, textWidth } from './text.ts';

// The timeline of tiers: what was compiled, what was invalidated, as events.

import { Interrupt, type Tagged } from '../heap/index.ts';
import type { CodeView, TieringEvent } from '../isolate/index.ts';
import type { Bailouts } from './bailouts.ts';
import { invalidationText } from './explain.ts';
import type { EventName, Events, Location } from './protocol.ts';
import type { Session } from './session.ts';

/** Where the loop is that code replaces on the stack. */
function loopLocation({ functions, sources }: Session, { sfi, osrOffset }: CodeView): Location | undefined {
  const position = functions.positionAt(functions.bytecodes(sfi), osrOffset);
  return sources.locationOf(sfi, position) ?? sources.declarationOf(sfi);
}

/** Listens to the tiering manager and to invalidations; also keeps breakpoints out of the compiler's sight. */
export function attachTimeline(
  s: Session,
  bailouts: Bailouts,
  emit: <N extends EventName>(event: N, body: Events[N]) => void,
  mayStop: () => boolean,
): void {
  const markedReasons = new Map<Tagged, string>();
  const { isolate, functions } = s;
  const happened = (on: 'tierUp' | 'osr' | 'invalidate', sfis: readonly Tagged[], text: string): void => {
    const names = sfis.map((sfi) => functions.nameOf(sfi));
    if (mayStop() && s.events.happened(on, names, text)) isolate.heap.requestInterrupt(Interrupt.Pause);
  };
  const happenedTo = (event: TieringEvent): void => {
    if (event.kind === 'marked') markedReasons.set(functions.sfiOf(event.fn), event.reason);
    if (event.kind !== 'compiled') return;
    const view = s.codes.of(event.code);
    s.guards.arm(view);
    s.breakpoints.codeMade(view);
    if (functions.isNative(view.sfi)) return;
    const reason = markedReasons.get(view.sfi) ?? 'hot and stable';
    const osr = event.osrOffset >= 0;
    emit('tierUp', {
      function: functions.nameOf(view.sfi),
      optimizationId: view.optimizationId,
      osr,
      reason: osr ? 'hot loop' : reason === 'manual' ? '%OptimizeFunctionOnNextCall' : reason,
      codeSize: view.size,
      inlined: [...new Set(view.inlinedFunctions.map((sfi) => functions.nameOf(sfi)))],
      microseconds: event.milliseconds * 1000,
      repeats: s.tierUps.made(view),
      code: s.listings.codeSource(view),
      location: osr ? loopLocation(s, view) : s.sources.declarationOf(view.sfi),
    });
    const name = functions.nameOf(view.sfi);
    happened('tierUp', [view.sfi], `${name} was optimized${osr ? ' in its loop' : ''}`);
    if (osr) happened('osr', [view.sfi], `${name} was optimized in its loop`);
  };
  isolate.tiering.observe({
    happened: happenedTo,
    // The compiler reads bytecode: it must not see breakpoints.
    beforeCompilation: () => s.breakpoints.takePatchesOut(),
    afterCompilation: () => s.breakpoints.putPatchesBack(),
  });
  const invalidated = (code: Tagged, reason: string): void => {
    bailouts.invalidations.set(code, reason);
    const view = s.codes.of(code);
    s.breakpoints.codeGone(view);
    if (functions.isNative(view.sfi)) return;
    s.tierUps.wasLeft(view, `invalidated, ${reason}`);
    const { sfi } = view;
    emit('codeInvalidated', {
      function: functions.nameOf(sfi),
      optimizationId: view.optimizationId,
      reason: `${reason}: ${invalidationText(reason)}`,
    });
    happened(
      'invalidate',
      [sfi, ...view.inlinedFunctions],
      `code of ${functions.nameOf(sfi)} was invalidated, ${reason}`,
    );
  };
  isolate.machine!.deoptimization.observe({ invalidated });
}

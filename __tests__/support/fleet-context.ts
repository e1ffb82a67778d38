import type { FleetContext } from '../../src/encryption/stream/stream-run.ts';

const nothing = () => undefined;

/** The context of a stream that runs alone. */
export const NO_FLEET: FleetContext = {
  admit: null,
  changed: nothing,
  estimatedRemainingMs: () => 0,
  ready: nothing,
  described: nothing,
  releaseSlot: nothing,
  setWaiting: nothing
};

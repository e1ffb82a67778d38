import type { FleetContext } from '../../src/encryption/stream/stream-run.ts';

/** The context of a stream that is alone. */
export const ALONE: FleetContext = {
  estimatedRemainingMs: () => 0,
  observed() {
    // No one is waiting for it.
  },
  setWaiting() {
    // No one counts it.
  }
};

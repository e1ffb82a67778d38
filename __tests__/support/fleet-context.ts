import type { FleetContext } from '../../src/encryption/stream/fleet-context.ts';

/** The company of a stream that is alone. */
export const ALONE: FleetContext = {
  estimatedRemainingMs: () => 0,
  waiting: () => 1,
  observed() {
    // Nobody is to be told.
  },
  setWaiting() {
    // Nobody is to be told.
  }
};

import type { FleetContext } from '../../src/encryption/stream/stream-run.ts';

/** The context of a stream that runs alone. */
export const NO_FLEET: FleetContext = {
  admit: null,
  changed() {
    // There are no other streams.
  },
  estimatedRemainingMs: () => 0,
  ready() {
    // There are no other streams.
  },
  described() {
    // There are no other streams.
  },
  releaseSlot() {
    // There are no other streams.
  },
  setWaiting() {
    // There are no other streams.
  }
};

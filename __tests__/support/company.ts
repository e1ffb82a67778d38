import type { Company } from '../../src/encryption/company.ts';

/** The company of a stream that is alone. */
export const ALONE: Company = {
  restMs: () => 0,
  waiting: () => 1,
  looked() {
    // Nobody is to be told.
  },
  waits() {
    // Nobody is to be told.
  }
};

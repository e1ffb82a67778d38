import type { Company } from '../../src/encryption/course.ts';

/** The company of a stream that is alone. */
export const ALONE: Company = {
  restMs: () => 0,
  waiting: () => 1,
  waits() {
    // Nobody is to be told.
  }
};

import { afterAll, beforeAll, jest } from '@jest/globals';

/** The SDK pauses between its tries in real time, for a random while: for none at all in the tests of this file. */
export function skipPausesOfTheSdk(): void {
  beforeAll(() => {
    jest.spyOn(Math, 'random').mockReturnValue(0);
  });
  afterAll(() => {
    jest.restoreAllMocks();
  });
}

/**
 * Runs every case against the local AWS and against third-party emulators. Each must return what AWS returns, except for the
 * known differences. The local AWS may not differ.
 */

import { isDeepStrictEqual as equals } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { CASES } from './cases.ts';
import { KINESIS_LOCAL, LOCAL_AWS, MOTO, type RunningEmulator } from './servers.ts';

describe.each([LOCAL_AWS, KINESIS_LOCAL, MOTO])('$name', ({ name, services, skipReason, start }) => {
  if (skipReason !== undefined) {
    test.skip(`skipped: ${skipReason}`, () => {});
    return;
  }

  let server: RunningEmulator;
  beforeAll(async () => {
    server = await start();
  });
  afterAll(() => server?.stop());

  const cases = services.flatMap((service) =>
    CASES[service].map((one) => ({ ...one, title: `${service}: ${one.name}` }))
  );
  for (const { title, aws, isTransient, observe, ...differences } of cases) {
    const [observed, reason] = (name === 'local-aws' ? undefined : differences[name]) ?? [aws];
    test(`${title}${reason === undefined ? '' : ` (differs: ${reason})`}`, async () => {
      if (reason !== undefined) expect(observed).not.toEqual(aws);
      let actual = await observe(server);
      for (let attempt = 2; isTransient && attempt <= 10 && !equals(actual, observed); attempt++) {
        actual = await observe(server);
      }
      expect(actual).toEqual(observed);
    });
  }
});

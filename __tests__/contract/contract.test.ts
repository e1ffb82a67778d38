/**
 * Runs every case against the local AWS and against third-party emulators. Each must return what AWS returns, except for the
 * known differences. The local AWS may not differ.
 */

import { isDeepStrictEqual as equals } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ContractCase } from './contract-case.ts';
import { FIREHOSE_CASES } from './firehose-cases.ts';
import { KINESIS_CASES } from './kinesis-cases.ts';
import { KMS_AND_TAGGING_CASES } from './kms-and-tagging-cases.ts';
import { KINESIS_LOCAL, LOCAL_AWS, MOTO, type RunningEmulator } from './servers.ts';

const CASES: readonly ContractCase[] = [...KINESIS_CASES, ...FIREHOSE_CASES, ...KMS_AND_TAGGING_CASES];

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

  for (const contractCase of CASES.filter(({ service }) => services.includes(service))) {
    const { service, aws, isTransient, observe } = contractCase;
    const [observed, reason] = (name === 'local-aws' ? undefined : contractCase[name]) ?? [aws];
    test(`${service}: ${contractCase.name}${reason === undefined ? '' : ` (differs: ${reason})`}`, async () => {
      if (reason !== undefined) expect(observed).not.toEqual(aws);
      let actual = await observe(server);
      for (let attempt = 2; isTransient && attempt <= 10 && !equals(actual, observed); attempt++) {
        actual = await observe(server);
      }
      expect(actual).toEqual(observed);
    });
  }
});

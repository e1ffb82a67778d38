/**
 * Runs every case against the local AWS and against third-party emulators. Each must return what AWS returns, except for the
 * known differences.
 */

import { isDeepStrictEqual as equals } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ContractCase, Difference } from './contract-case.ts';
import { FIREHOSE_CASES } from './firehose-cases.ts';
import { KINESIS_CASES } from './kinesis-cases.ts';
import { KMS_AND_TAGGING_CASES } from './kms-and-tagging-cases.ts';
import { type Emulator, KINESIS_LOCAL, LOCAL_AWS, MOTO, type RunningEmulator } from './servers.ts';

const CASES: readonly ContractCase[] = [...KINESIS_CASES, ...FIREHOSE_CASES, ...KMS_AND_TAGGING_CASES];

/** The local AWS may not differ. */
function differenceOf(contractCase: ContractCase, { name }: Emulator): Difference | undefined {
  return name === 'local-aws' ? undefined : contractCase[name];
}

describe.each([LOCAL_AWS, KINESIS_LOCAL, MOTO])('$name', (emulator) => {
  if (emulator.skipReason !== undefined) {
    test.skip(`skipped: ${emulator.skipReason}`, () => {});
    return;
  }

  let server: RunningEmulator;
  beforeAll(async () => {
    server = await emulator.start();
  });
  afterAll(() => server?.stop());

  for (const contractCase of CASES.filter(({ service }) => emulator.services.includes(service))) {
    const [observed, reason] = differenceOf(contractCase, emulator) ?? [contractCase.aws];
    const title = `${contractCase.service}: ${contractCase.name}`;
    const check = async () => {
      if (reason !== undefined) expect(observed).not.toEqual(contractCase.aws);
      let actual = await contractCase.observe(server);
      for (let attempt = 2; contractCase.isTransient && attempt <= 10 && !equals(actual, observed); attempt++) {
        actual = await contractCase.observe(server);
      }
      expect(actual).toEqual(observed);
    };
    test(reason === undefined ? title : `${title} (differs: ${reason})`, check);
  }
});

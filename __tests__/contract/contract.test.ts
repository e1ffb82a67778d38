/**
 * Runs every case against the local AWS and against third-party emulators. Each must return what AWS returns, except for the
 * known differences.
 */

import { isDeepStrictEqual as equals } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type ContractCase, titleOf } from './contract-case.ts';
import { KNOWN_DIFFERENCES } from './differences.ts';
import { FIREHOSE_CASES } from './firehose-cases.ts';
import { KINESIS_CASES } from './kinesis-cases.ts';
import { KMS_CASES } from './kms-cases.ts';
import { report } from './report.ts';
import { type Emulator, KINESIS_LOCAL, LOCAL_AWS, MOTO, type RunningEmulator } from './servers.ts';
import { TAGGING_CASES } from './tagging-cases.ts';

const EMULATORS: readonly Emulator[] = [LOCAL_AWS, KINESIS_LOCAL, MOTO];
const CASES: readonly ContractCase[] = [...KINESIS_CASES, ...FIREHOSE_CASES, ...KMS_CASES, ...TAGGING_CASES];

/** Verdicts by case and emulator, for the report after the tests. */
const verdicts = new Map<ContractCase, Map<Emulator, string>>();

function setVerdict(contractCase: ContractCase, emulator: Emulator, verdict: string): void {
  const row = verdicts.get(contractCase) ?? new Map<Emulator, string>();
  verdicts.set(contractCase, row.set(emulator, verdict));
}

describe.each(EMULATORS)('$name', (emulator) => {
  const { skipReason } = emulator;
  if (skipReason !== undefined) {
    test(`skipped: ${skipReason}`, () => {
      process.stdout.write(`${emulator.name} skipped: ${skipReason}\n`);
      for (const contractCase of CASES) setVerdict(contractCase, emulator, 'not run');
    });
    return;
  }

  let server: RunningEmulator;
  beforeAll(async () => {
    server = await emulator.start();
  });
  afterAll(async () => {
    await server?.stop();
  });

  for (const contractCase of CASES) {
    const title = titleOf(contractCase);
    if (!emulator.services.includes(contractCase.service)) {
      setVerdict(contractCase, emulator, 'not supported');
      continue;
    }
    const difference = KNOWN_DIFFERENCES.find((known) => known.emulator === emulator.name && known.case === title);
    test(difference === undefined ? title : `${title} (differs: ${difference.reason})`, async () => {
      setVerdict(contractCase, emulator, 'FAILS');
      const expected = difference === undefined ? contractCase.expected : difference.observed;
      let observed = await contractCase.observe(server, 1);
      for (let attempt = 2; contractCase.isTransient && attempt <= 10 && !equals(observed, expected); attempt++) {
        observed = await contractCase.observe(server, attempt);
      }
      expect(observed).toEqual(expected);
      setVerdict(contractCase, emulator, difference === undefined ? 'same' : `differs: ${difference.reason}`);
    });
  }
});

describe('the known differences', () => {
  test('name existing cases and emulators', () => {
    const titles = CASES.map(titleOf);
    const emulators = EMULATORS.map((emulator) => emulator.name);
    expect(
      KNOWN_DIFFERENCES.filter((known) => !titles.includes(known.case) || !emulators.includes(known.emulator))
    ).toEqual([]);
  });

  test('differ from AWS, and never apply to the local AWS', () => {
    for (const known of KNOWN_DIFFERENCES) {
      expect(known.emulator).not.toBe(LOCAL_AWS.name);
      const contractCase = CASES.find((candidate) => titleOf(candidate) === known.case);
      expect(known.observed).not.toEqual(contractCase?.expected);
    }
  });
});

afterAll(() => {
  process.stdout.write(`${report(CASES, EMULATORS, verdicts)}\n`);
});

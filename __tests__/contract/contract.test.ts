/** Every case, criteria of the local AWS and of servers that others have written: they must answer alike, or differ as is known. */

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Case, nameOf } from './case.ts';
import { DIFFERENCES } from './differences.ts';
import { FIREHOSE_CASES } from './firehose-cases.ts';
import { KINESIS_CASES } from './kinesis-cases.ts';
import { KMS_CASES } from './kms-cases.ts';
import { report } from './report.ts';
import { type Emulator, KINESIS_LOCAL, LOCAL_AWS, MOTO, type Running } from './servers.ts';
import { TAGGING_CASES } from './tagging-cases.ts';

const EMULATORS: readonly Emulator[] = [LOCAL_AWS, KINESIS_LOCAL, MOTO];
const CASES: readonly Case[] = [...KINESIS_CASES, ...FIREHOSE_CASES, ...KMS_CASES, ...TAGGING_CASES];
const START_MS = 40_000;

/** `case → server → verdict`, for the table at the end. */
const verdicts = new Map<Case, Map<Emulator, string>>();

function note(one: Case, emulator: Emulator, verdict: string): void {
  const row = verdicts.get(one) ?? new Map<Emulator, string>();
  verdicts.set(one, row.set(emulator, verdict));
}

describe.each(EMULATORS)('$name', (emulator) => {
  if (emulator.absent !== undefined) {
    test(`${emulator.absent}: skipped`, () => {
      process.stdout.write(`${emulator.absent}: skipped\n`);
      for (const one of CASES) note(one, emulator, 'not run');
    });
    return;
  }

  let server: Running;
  beforeAll(async () => {
    server = await emulator.start();
  }, START_MS);
  afterAll(async () => {
    await server?.stop();
  });

  for (const one of CASES) {
    if (!emulator.offers.includes(one.service)) {
      note(one, emulator, 'not offered');
      continue;
    }
    const difference = DIFFERENCES.find((known) => known.server === emulator.name && known.case === nameOf(one));
    const title = `${nameOf(one)}${difference === undefined ? '' : ` (differs: ${difference.why})`}`;
    test(title, async () => {
      note(one, emulator, 'FAILS');
      const observed = await one.observe(server);
      expect(observed).toEqual(difference === undefined ? one.expected : difference.observed);
      note(one, emulator, difference === undefined ? 'same' : `differs: ${difference.why}`);
    });
  }
});

describe('the table of differences', () => {
  test('names cases and servers that there are', () => {
    const cases = CASES.map(nameOf);
    const servers = EMULATORS.map((emulator) => emulator.name);
    expect(DIFFERENCES.filter((known) => !cases.includes(known.case) || !servers.includes(known.server))).toEqual([]);
  });

  test('holds differences only, and none of the local AWS', () => {
    for (const known of DIFFERENCES) {
      expect(known.server).not.toBe(LOCAL_AWS.name);
      const one = CASES.find((candidate) => nameOf(candidate) === known.case);
      expect(known.observed).not.toEqual(one?.expected);
    }
  });
});

afterAll(() => {
  process.stdout.write(`${report(CASES, EMULATORS, verdicts)}\n`);
});

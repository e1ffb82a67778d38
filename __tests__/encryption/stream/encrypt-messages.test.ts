/** Exact messages of ended runs, and the lines of their log. */

import { describe, expect, test } from '@jest/globals';
import type { Observation } from '../../../src/encryption/model.ts';
import { AWS_ALIAS, NEW, NEW_ID, OLD } from '../../support/account.ts';
import { active, disabled, enabled, enablingFailed, GRANT_FAILED, updating } from '../../support/observations.ts';
import { ANY, AWS_OWNED, CUSTOMER_MANAGED, targetKey } from '../../support/requests.ts';
import { answerLost, endsAfter, failsWith, succeedsAfter } from '../../support/simulated-stream.ts';
import {
  both,
  describes,
  expectRun,
  later,
  type RunOptions,
  type StreamSimulation,
  says,
  starts
} from '../../support/stream-simulation.ts';

const TO_NEW = { criteria: targetKey(NEW), settleMs: 0 } as const;
const failed = `the change to ${NEW} failed (ENABLING_FAILED`;
const failing = starts(endsAfter(1_000, enablingFailed()));
const failingForNoReason = starts(endsAfter(1_000, { ...enablingFailed(), failure: null }));

describe('the message', () => {
  test.each<[string, Observation, RunOptions, string]>([
    [
      'of a failed change whose previous key is unknown',
      enablingFailed('DISABLED_KMS_KEY: it is disabled'),
      { given: failing },
      `${failed}: ${GRANT_FAILED}). Which key is in force now, if any, cannot be determined. Fix it`
    ],
    [
      'of a change that failed without a reason',
      enabled(OLD),
      { given: failingForNoReason },
      `${failed}). The stream is still encrypted with ${OLD}, the previous key. ` +
        'The service gave no reason: check that the key is enabled, and that the role of this step may use it, then run again'
    ],
    ['with wait: false', disabled(), { wait: false }, `was not encrypted; the service accepted the change to ${NEW}`],
    ['if any key will do', active(OLD), { criteria: ANY }, `the stream is already encrypted with ${OLD}`],
    ['on the target key', active(NEW), {}, `the stream is already encrypted with ${NEW}`],
    ['on its id', active(NEW_ID), {}, `the stream is already encrypted with ${NEW_ID}, which is ${NEW}`]
  ])('%s', async (_, stream, options, message) => {
    await expectRun(stream, { ...TO_NEW, ...options }, { message });
  });

  test('of a check for a customer key on a stream with the AWS key', () => {
    const message = says(`encrypted with ${AWS_ALIAS}, but must be encrypted with a customer managed key`);
    return expectRun(active(AWS_ALIAS), { mode: 'check', criteria: CUSTOMER_MANAGED }, { message });
  });
});

/** The log without the kind and name of the stream at the start of each line. */
function logOf({ log: [first = '', ...others] }: StreamSimulation): string[] {
  const [name = ''] = /^\w+ orders: /.exec(first) ?? [];
  expect(others.every((line) => line.startsWith(name))).toBe(true);
  return [first, ...others].map((line) => line.slice(name.length));
}

describe('the log', () => {
  test.each<[string, Observation, RunOptions, string[]]>([
    [
      'contains each state once, the start and the settling',
      active(OLD),
      { settleMs: 5_000, given: starts(succeedsAfter(3_000)) },
      [
        `ACTIVE, encrypted with ${OLD}`,
        `starting encryption with ${NEW}`,
        `UPDATING, encrypted with ${OLD}`,
        `ACTIVE, encrypted with ${NEW}`,
        'settling for 5 s, until every record is encrypted'
      ]
    ],
    [
      'contains the type of a key without an id',
      disabled(),
      { criteria: AWS_OWNED },
      [
        'DISABLED, not encrypted',
        'starting encryption with the AWS owned key',
        'ENABLING',
        'ENABLED, encrypted with the AWS owned key'
      ]
    ],
    [
      'contains one line for the wait for an earlier change',
      updating(OLD),
      { given: later(20_000, active(NEW)) },
      [
        `UPDATING, encrypted with ${OLD}`,
        'another change is in flight: waiting for it to end',
        `ACTIVE, encrypted with ${NEW}`
      ]
    ]
  ])('%s', async (_, stream, options, lines) => {
    expect(logOf(await expectRun(stream, { ...TO_NEW, ...options }, {}))).toEqual(lines);
  });

  test('contains retried errors and lost answers', async () => {
    const given = both(describes(failsWith('throttled', 'Rate exceeded')), starts(answerLost(succeedsAfter(1_000))));
    const log = logOf(await expectRun(enabled(OLD), { ...TO_NEW, given }, {}));
    expect(log[0]).toBe('Rate exceeded; retrying');
    expect(log).toContain('the answer to the start was lost: polling to see whether it was accepted');
  });

  test('contains records that were not encrypted', async () => {
    const simulation = await expectRun(
      active(OLD),
      {
        ...TO_NEW,
        verifyRecords: true,
        given: ({ stream }) => {
          stream.onRecord = (nth) => nth > 1;
        }
      },
      {}
    );
    expect(logOf(simulation).at(-1)).toBe('the service accepted a record but did not confirm its encryption');
  });
});

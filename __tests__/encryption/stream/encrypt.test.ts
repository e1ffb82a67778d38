/** Modes `encrypt` and `plan`, without faults: what is sent, and what the result and the log say. */

import { describe, expect, test } from '@jest/globals';
import type { KeyCriteria, Observation } from '../../../src/encryption/model.ts';
import { AWS_ALIAS, AWS_MANAGED, aliasArn, customerKey, NEW, NEW_ID, OLD, STREAM_ARN } from '../../support/account.ts';
import {
  active,
  disabled,
  enabled,
  enablingFailed,
  suspended,
  unknownStatus,
  updating
} from '../../support/observations.ts';
import { ANY, AWS_OWNED, approved, CUSTOMER_MANAGED, targetKey } from '../../support/requests.ts';
import { answerLost, failsWith, reports, succeedsAfter } from '../../support/simulated-stream.ts';
import {
  describes,
  expectRun,
  later,
  type RunOptions,
  records,
  says,
  simulate,
  starts,
  withKey
} from '../../support/stream-simulation.ts';

const TO_NEW = { criteria: targetKey(NEW), settleMs: 0 } as const;
const OF_AWS = { type: 'aws-owned', id: '' } as const;
const BY_ALIAS = { type: 'aws-owned', id: AWS_ALIAS } as const;
const TO_ALIAS = `the alias alias/new, which may have been repointed, so it does not prove which key is used`;

test.each([
  ['a customer key, any key required', active(OLD), ANY],
  ['an alias, any key required', active('alias/old'), ANY],
  ['the AWS owned key of Firehose, any key required', enabled(), ANY],
  ['the target ARN', active(NEW), targetKey(NEW)],
  ['the ARN of the target id', active(NEW), targetKey(NEW_ID)],
  ['the ARN of the target alias', enabled(NEW), targetKey('alias/new')],
  ['the id of the target ARN', active(NEW_ID), targetKey(NEW)],
  ['the id of the target alias', active(NEW_ID), targetKey('alias/new')],
  ['the target of type customer-managed', enabled(NEW), targetKey(NEW, true)],
  ['the AWS alias, the target is the AWS managed key', active(AWS_ALIAS), targetKey(AWS_MANAGED)],
  ['the AWS managed key, the target is the AWS key', active(AWS_MANAGED), AWS_OWNED],
  ['the AWS owned key of Firehose, which is the target', enabled(), AWS_OWNED]
])('a stream is unchanged, and nothing is sent, if it is on %s', async (_, stream, criteria) => {
  const key = { id: stream.key?.id };
  const expected = {
    ...{ outcome: 'unchanged', changed: false, encrypted: 'true', status: stream.status },
    ...{ key, previousKey: key, target: null, warnings: [] }
  };
  for (const mode of ['encrypt', 'plan'] as const) {
    const { stream: simulated, clock } = await expectRun(stream, { criteria, mode, sent: [] }, expected);
    expect([simulated.describesMs, clock.now()]).toEqual([[0], 0]);
  }
});

const WITHOUT_ARN: Observation = { ...enabled(), key: { type: 'customer-managed', id: '' } };
const UNIDENTIFIED =
  'cannot determine whether an unidentified key is the target key (the service and KMS do not say): run again; if it occurs again, contact AWS Support';
const newKey = { type: 'customer-managed', id: NEW } as const;

test.each([
  ['not encrypted, any key required', active(), ANY, 'enabled', BY_ALIAS, 'not encrypted'],
  ['not encrypted, any key required', disabled(), ANY, 'enabled', OF_AWS, 'not encrypted'],
  ['not encrypted', active(), targetKey(NEW), 'enabled', newKey, 'not encrypted'],
  ['on another key', active(OLD), targetKey(NEW), 'rekeyed', newKey, `encrypted with ${OLD}`],
  ['on another key, given by its id', active(OLD), targetKey(NEW_ID), 'rekeyed', newKey, OLD],
  ['on another key, given by an alias', enabled(OLD), targetKey('alias/new'), 'rekeyed', newKey, OLD],
  ['on another key, given by an alias ARN', active(OLD), targetKey(aliasArn('alias/new')), 'rekeyed', newKey, OLD],
  ['on the AWS owned key', enabled(), targetKey(NEW), 'rekeyed', newKey, 'encrypted with the AWS owned key'],
  ['in a failed status, the target is the AWS key', enablingFailed(), AWS_OWNED, 'rekeyed', OF_AWS, 'ENABLING_FAILED'],
  ['on a customer key, the target is the AWS key', active(OLD), AWS_OWNED, 'rekeyed', BY_ALIAS, OLD],
  ['on an alias of the target', active('alias/new'), targetKey('alias/new'), 'rekeyed', newKey, TO_ALIAS],
  ['in a failed status', enablingFailed(), targetKey(NEW), 'rekeyed', newKey, 'in status ENABLING_FAILED'],
  ['in an unknown status', suspended(), targetKey(NEW), 'rekeyed', newKey, 'in status SUSPENDED']
] as const)('a stream is changed if it is %s: %#', async (_, stream, criteria, outcome, target, stateBefore) => {
  const { key: reported, encrypted } = stream;
  const previousKey = reported && { id: reported.id };
  const name = target.id === '' ? 'the AWS owned key' : target.id;
  const plan = says('is ', stateBefore, `; would be encrypted with ${name}`);
  const planned = {
    outcome: 'planned',
    changed: false,
    encrypted,
    key: previousKey,
    previousKey,
    target,
    message: plan
  };
  await expectRun(stream, { criteria, mode: 'plan', sent: [] }, planned);
  const message = says('was ', stateBefore, '; the service now reports ', ` with ${name}`);
  const changed = {
    outcome,
    changed: true,
    encrypted: 'true',
    key: target,
    previousKey,
    target,
    message,
    warnings: []
  };
  await expectRun(stream, { criteria, sent: [target.id] }, changed);
});

test.each<[string, Observation, KeyCriteria, unknown]>([
  ['any key required in a failed status', enablingFailed(), ANY, says('Then give a key-type or key-id')],
  ['any key required in an unknown status', suspended(), ANY, says('give a key-type or key-id to set a key')],
  ['any key required in an unknown status of Kinesis', unknownStatus(), ANY, says('REPAIRING', 'to set a key')],
  ['the service shows no key', { ...active(OLD), key: null }, targetKey(NEW), UNIDENTIFIED],
  ['the service shows no ARN of the key', WITHOUT_ARN, targetKey(NEW), says('is the target key')],
  ['any customer key required', active(OLD), CUSTOMER_MANAGED, says('is for mode check: encryption needs')],
  ['keys that are approved', active(OLD), approved(NEW), says('approved is for mode check')]
])('a stream fails without a write, with %s', async (_, stream, criteria, message) => {
  const encrypted = stream.phase === 'final' ? 'true' : 'unknown';
  await expectRun(stream, { criteria, sent: [] }, { outcome: 'failed', changed: false, encrypted, message });
});

test('the key that a repointed alias points to now is put in force once', async () => {
  const simulation = simulate(active('alias/rotating'));
  withKey(customerKey(NEW), 'alias/rotating')(simulation);
  const request = { criteria: targetKey('alias/rotating') };
  expect(await simulation.encrypt(request)).toMatchObject({ outcome: 'rekeyed', key: { id: NEW } });
  expect(await simulation.encrypt(request)).toMatchObject({ outcome: 'unchanged' });
  expect(simulation.sentKeyIds).toEqual([NEW]);
});

describe('the result', () => {
  test('has kind, name, ARN, region, duration and how long the previous key is needed', () => {
    const expected = {
      ...{ kind: 'kinesis', name: 'orders', arn: STREAM_ARN.kinesis, region: 'eu-central-1' },
      ...{ previousKeyNeededHours: 48, durationSeconds: 1.35 }
    };
    return expectRun(active(OLD), { ...TO_NEW, settleMs: 1_250, given: starts(reports(active(NEW))) }, expected);
  });

  test('has the duration of the run of the stream only', async () => {
    const simulation = simulate(updating(OLD));
    simulation.stream.report(active(NEW), 30_000);
    expect((await simulation.encrypt(TO_NEW)).durationSeconds).toBeGreaterThanOrEqual(30);
    expect((await simulation.encrypt(TO_NEW)).durationSeconds).toBe(0);
  });

  const PLANNED = `is in status ENABLING_FAILED (DISABLED_KMS_KEY: no); would be encrypted with ${NEW}. Fix the cause of the failed attempt first: Fix it`;
  test.each<[string, Observation, RunOptions, string]>([
    ['on the target key', active(NEW), {}, `the stream is already encrypted with ${NEW}`],
    ['on the id of the target', active(NEW_ID), {}, `the stream is already encrypted with ${NEW_ID}, which is ${NEW}`],
    ['with any key required', active(OLD), { criteria: ANY }, `the stream is already encrypted with ${OLD}`],
    ['planned after a failed attempt', enablingFailed('DISABLED_KMS_KEY: no'), { mode: 'plan' }, PLANNED]
  ])('has the exact message of a stream %s', async (_, stream, options, message) => {
    await expectRun(stream, { ...TO_NEW, ...options }, { message });
  });

  const NOT_ENCRYPTED = 'was not encrypted, but the request requires encryption with';
  test.each<[KeyCriteria, Observation, string]>([
    [targetKey(NEW), active(OLD), `was encrypted with ${OLD}, but the request requires encryption with ${NEW}`],
    [ANY, active(), `${NOT_ENCRYPTED} any key`],
    [targetKey(NEW, true), disabled(), `${NOT_ENCRYPTED} customer managed key ${NEW}`]
  ])('has the reason of a change: how the stream was, and what is required (%#)', async (criteria, stream, reason) => {
    await expectRun(stream, { criteria }, { changed: true, reason });
  });

  test.each([
    ['encrypt', active(NEW), 'the stream is already encrypted'],
    ['plan', active(OLD), 'would be encrypted'],
    ['check', active(OLD), 'run mode encrypt']
  ] as const)('has the message as the reason without a change, in mode %s', async (mode, stream, text) => {
    await expectRun(stream, { ...TO_NEW, mode }, { changed: false, reason: says(text), message: says(text) });
  });
});

describe('the log', () => {
  test('has each state once, and what the run waits for', async () => {
    const given = [
      describes(failsWith('throttled', 'Rate exceeded')),
      later(1_000, active(OLD)),
      starts(answerLost(succeedsAfter(3_000))),
      records((nth) => nth > 1)
    ];
    const options = { ...TO_NEW, settleMs: 5_000, verifyRecords: true, given };
    const { log } = await expectRun(updating(OLD), options, { outcome: 'rekeyed' });
    expect(log).toEqual([
      'kinesis orders: Rate exceeded; retrying',
      `kinesis orders: UPDATING, encrypted with ${OLD}`,
      'kinesis orders: another change is in flight: waiting for it to end',
      `kinesis orders: ACTIVE, encrypted with ${OLD}`,
      `kinesis orders: starting encryption with ${NEW}`,
      'kinesis orders: the answer to the start was lost: polling to see whether it was accepted',
      `kinesis orders: UPDATING, encrypted with ${OLD}`,
      `kinesis orders: ACTIVE, encrypted with ${NEW}`,
      'kinesis orders: settling for 5 s, until every record is encrypted',
      'kinesis orders: the service accepted a record but did not confirm its encryption'
    ]);
  });

  test('has the type of a key without an id', async () => {
    const { log } = await expectRun(disabled(), { criteria: AWS_OWNED, settleMs: 0 }, {});
    expect(log).toEqual([
      'firehose orders: DISABLED, not encrypted',
      'firehose orders: starting encryption with the AWS owned key',
      'firehose orders: ENABLING',
      'firehose orders: ENABLED, encrypted with the AWS owned key'
    ]);
  });
});

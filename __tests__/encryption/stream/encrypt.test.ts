/** Modes `encrypt` and `plan`: what is sent to which stream, and what the result and the log say. */

import { describe, expect, test } from '@jest/globals';
import type { KeyCriteria, Observation } from '../../../src/encryption/model.ts';
import {
  ACCOUNT,
  AWS_ALIAS,
  AWS_MANAGED,
  NEW,
  NEW_ID,
  OLD,
  OTHER_ACCOUNT,
  REGION,
  STREAM_ARN
} from '../../support/account.ts';
import {
  active,
  deleting,
  disabled,
  enabled,
  enablingFailed,
  notCreated,
  suspended,
  unknownStatus,
  updating
} from '../../support/observations.ts';
import { ANY, AWS_OWNED, approved, CUSTOMER_MANAGED, targetKey } from '../../support/requests.ts';
import { answerLost, endsAfter, failsWith, reports, succeedsAfter } from '../../support/simulated-stream.ts';
import {
  describes,
  expectRun,
  later,
  type RunOptions,
  records,
  says,
  starts
} from '../../support/stream-simulation.ts';

const TO_NEW = { criteria: targetKey(NEW), settleMs: 0 } as const;
const OF_AWS = { type: 'aws-owned', id: '' } as const;
const BY_ALIAS = { type: 'aws-owned', id: AWS_ALIAS } as const;
const FAILED = { outcome: 'failed', changed: false };

test.each([
  ['a customer key, any key required', active(OLD), ANY, OLD],
  ['an alias, any key required', active('alias/old'), ANY, 'alias/old'],
  ['the ARN of the target id', active(NEW), targetKey(NEW_ID), NEW],
  ['the id of the target alias', active(NEW_ID), targetKey('alias/new'), `${NEW_ID}, which is ${NEW}`],
  ['the target of type customer-managed', enabled(NEW), targetKey(NEW, true), NEW],
  ['the AWS alias, its ARN is the target', active(AWS_ALIAS), targetKey(AWS_MANAGED), `${AWS_ALIAS}, which is .*`],
  ['the AWS managed key, the target is the AWS key', active(AWS_MANAGED), AWS_OWNED, `${AWS_MANAGED}, which is .*`],
  ['the AWS owned key of Firehose, which is the target', enabled(), AWS_OWNED, 'the AWS owned key']
])('a stream is unchanged, and nothing is sent, if it is on %s', async (_, stream, criteria, name) => {
  const key = { id: stream.key?.id };
  const message = expect.stringMatching(`^the stream is already encrypted with ${name}$`);
  const expected = {
    ...{ outcome: 'unchanged', changed: false, encrypted: 'true', status: stream.status, message, reason: message },
    ...{ key, previousKey: key, target: null, warnings: [] }
  };
  for (const mode of ['encrypt', 'plan'] as const) {
    const { stream: simulated, clock } = await expectRun(stream, { criteria, mode, sent: [] }, expected);
    expect([simulated.describesMs, clock.now(), clock.timers]).toEqual([[0], 0, 0]);
  }
});

const newKey = { type: 'customer-managed', id: NEW } as const;
const TO_ALIAS =
  'encrypted through the alias alias/new, which may have been repointed, so it does not prove which key is used';
const AWS_KEY = `the AWS managed key ${AWS_ALIAS}`;
const ATTEMPT_FAILED = 'in status ENABLING_FAILED (NO)';
const IN_FORCE = { ...unknownStatus(), key: { type: null, id: NEW } };

test.each([
  ['not encrypted, any key required', active(), ANY, 'enabled', BY_ALIAS, 'not encrypted', 'any key'],
  ['not encrypted, any key required', disabled(), ANY, 'enabled', OF_AWS, 'not encrypted', 'any key'],
  ['not encrypted', active(), targetKey(NEW, true), 'enabled', newKey, 'not encrypted', `customer managed key ${NEW}`],
  ['on another key', active(OLD), targetKey(NEW_ID), 'rekeyed', newKey, `encrypted with ${OLD}`, NEW_ID],
  ['on the AWS owned key', enabled(), targetKey(NEW), 'rekeyed', newKey, 'encrypted with the AWS owned key', NEW],
  ['on a customer key', active(OLD), AWS_OWNED, 'rekeyed', BY_ALIAS, `encrypted with ${OLD}`, AWS_KEY],
  ['on an alias of the target', active('alias/new'), targetKey('alias/new'), 'rekeyed', newKey, TO_ALIAS, 'alias/new'],
  ['in a failed status', enablingFailed('NO'), targetKey(NEW), 'rekeyed', newKey, ATTEMPT_FAILED, NEW],
  ['in an unknown status, on the target', IN_FORCE, targetKey(NEW), 'rekeyed', newKey, 'in status REPAIRING', NEW]
] as const)('a stream is changed if it is %s: %#', async (_, stream, criteria, outcome, target, state, required) => {
  const key = stream.key && { id: stream.key.id };
  const isFinal = stream.phase === 'final';
  const before = { previousKey: isFinal ? key : null, target };
  const name = target.id === '' ? 'the AWS owned key' : target.id;
  const fixIt = stream.failure === null ? '' : '. Fix the cause of the failed attempt first: Fix it';
  const planned = {
    ...{ ...before, outcome: 'planned', changed: false, encrypted: isFinal ? stream.encrypted : 'unknown', key },
    message: `is ${state}; would be encrypted with ${name}${fixIt}`
  };
  await expectRun(stream, { criteria, mode: 'plan', sent: [] }, planned);
  const changed = {
    ...{ ...before, outcome, changed: true, encrypted: 'true', key: target, warnings: [] },
    message: says(`was ${state}; the service now reports `, ` with ${name}`),
    reason: `was ${state}, but the request requires encryption with ${required}`
  };
  await expectRun(stream, { criteria, sent: [target.id] }, changed);
});

const WITHOUT_ID: Observation = { ...active(OLD), key: null };
const WITHOUT_ARN: Observation = { ...enabled(), key: { type: 'customer-managed', id: '' } };
const UNIDENTIFIED =
  'cannot determine whether an unidentified key is the target key (the service and KMS do not say): run again; if it occurs again, contact AWS Support';

test.each<[string, Observation, KeyCriteria, unknown]>([
  ['any key required in a failed status', enablingFailed(), ANY, says('Then give a key-type or key-id')],
  ['any key required in an unknown status', suspended(), ANY, says('SUSPENDED', 'give a key-type or key-id')],
  ['the service shows no key', WITHOUT_ID, targetKey(NEW), UNIDENTIFIED],
  ['the service shows no ARN of the key', WITHOUT_ARN, targetKey(NEW), says('is the target key')],
  ['any customer key required', active(OLD), CUSTOMER_MANAGED, says('is for mode check: encryption needs a key-id')],
  ['keys that are approved', active(OLD), approved(NEW), says('approved is for mode check')]
])('a stream fails without a write, with %s', async (_, stream, criteria, message) => {
  const encrypted = stream.phase === 'final' ? 'true' : 'unknown';
  await expectRun(stream, { criteria, sent: [] }, { ...FAILED, encrypted, message });
});

test('the result has kind, name, ARN, region, duration, how long the previous key is needed, and when it was seen', () => {
  const expected = {
    ...{ kind: 'kinesis', name: 'orders', arn: STREAM_ARN.kinesis, region: 'eu-central-1' },
    ...{ previousKeyNeededHours: 48, durationSeconds: 1.35, lastObservedMsAgo: 1_250 }
  };
  return expectRun(active(OLD), { ...TO_NEW, settleMs: 1_250, given: starts(reports(active(NEW))) }, expected);
});

test('the log has each state once, and what the run waits for', async () => {
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
  const { log: ofFirehose } = await expectRun(disabled(), { criteria: AWS_OWNED, settleMs: 0 }, {});
  expect(ofFirehose).toEqual([
    'firehose orders: DISABLED, not encrypted',
    'firehose orders: starting encryption with the AWS owned key',
    'firehose orders: ENABLING',
    'firehose orders: ENABLED, encrypted with the AWS owned key'
  ]);
});

const SENT = `the change to ${NEW} was sent, but`;
const notFound = failsWith('missing', 'no such stream');

describe('a stream that is named', () => {
  const elsewhere = STREAM_ARN.kinesis.replace(ACCOUNT, OTHER_ACCOUNT);
  const byArn = { stream: { kind: 'kinesis', name: 'orders', arn: elsewhere } } as const;
  const inBrazil = STREAM_ARN.kinesis.replace(REGION, 'sa-east-1');
  const otherAccount = `but the credentials reach ${STREAM_ARN.kinesis} in account ${ACCOUNT}: use credentials of account ${OTHER_ACCOUNT}`;
  const moved = { given: starts(reports({ ...active(NEW), arn: elsewhere })) };
  const denied = { given: describes(failsWith('denied', 'grant it')) };
  const unseen = { arn: null, status: null, lastObservedMsAgo: null, message: 'grant it. No change was sent' };
  const leaves = { given: starts(reports(deleting())) };
  const unexplained = { ...notCreated(), failure: null };
  const deleted = `${SENT} the stream is being deleted: create it again, or leave it out of the run`;
  const refused = 'no such stream. The service accepted no change';
  const broken = { ...deleting(), failure: { reason: 'DISK: full', advice: 'Free it', isRetryable: false } };
  const undeletable = 'the stream could not be deleted (DISK: full): Free it. Then delete it again';
  const uncreated =
    'the stream could not be created (KMS_ACCESS_DENIED: no access): Fix it. Then delete it and create it again';

  test.each<[string, Observation, RunOptions, object]>([
    ['is in another account than its ARN', active(), { ...byArn, sent: 0 }, { message: says(otherAccount) }],
    ['is reported in another region', { ...active(), arn: inBrazil }, { sent: 0 }, { message: says(inBrazil) }],
    ['is reported in another account later', active(OLD), moved, { changed: true, message: says(elsewhere) }],
    ['may not be described', active(), denied, unseen],
    ['is being deleted', deleting(), { sent: 0 }, { message: says('the stream is being deleted: create it again') }],
    ['could not be deleted', broken, { sent: 0 }, { message: undeletable }],
    ['could not be created', notCreated(), { sent: 0 }, { message: uncreated }],
    ['could not be created, for no reason', unexplained, {}, { message: says('created: delete it and') }],
    ['no longer exists', active(), { given: starts(notFound) }, { message: refused }],
    ['is deleted during the change', active(OLD), leaves, { changed: true, message: deleted }]
  ])('fails if it %s', async (_, stream, options, expected) => {
    await expectRun(stream, { ...TO_NEW, ...options }, { ...FAILED, ...expected });
  });

  test('is encrypted if its ARN is the one reported', () => {
    const stream = { kind: 'kinesis', name: 'orders', arn: STREAM_ARN.kinesis } as const;
    return expectRun(active(), { stream }, { outcome: 'enabled', arn: stream.arn });
  });

  test('fails without a request if the selection refused it', async () => {
    const refusal = 'its tags could not be read';
    const { stream } = await expectRun(active(OLD), { refusal }, { ...FAILED, message: refusal });
    expect(stream.describesMs).toEqual([]);
  });
});

describe('a stream that a glob or tags selected', () => {
  const GONE = 'the stream no longer exists, although it was listed (no such stream)';
  const deleted = starts(endsAfter(1_000, deleting()));
  const removed = { given: describes(() => {}, notFound) };
  const putFails = { verifyRecords: true, given: records(notFound) };

  test.each<[string, Observation, RunOptions, object]>([
    ['it is being deleted', deleting(), { sent: 0 }, { message: 'the stream is being deleted' }],
    ['it no longer exists when the change is sent', active(), { given: starts(notFound) }, { message: GONE }],
    ['it no longer exists after the change', active(), removed, { changed: true, message: `${SENT} ${GONE}` }],
    ['it is deleted after the change', active(), { given: deleted }, { changed: true, message: says(SENT, 'deleted') }],
    ['it no longer exists when a record is put', active(), putFails, { changed: true }]
  ])('is not-applicable if %s', async (_, stream, options, expected) => {
    const left = { outcome: 'not-applicable', changed: false, encrypted: 'unknown', key: null };
    await expectRun(stream, { ...TO_NEW, named: false, ...options }, { ...left, ...expected });
  });

  test('fails if it could not be created', () => expectRun(notCreated(), { ...TO_NEW, named: false }, FAILED));
});

/** Streams that cannot be encrypted: another stream than the one named, none, or one that goes. */

import { describe, expect, test } from '@jest/globals';
import type { Observation } from '../../../src/encryption/model.ts';
import { ACCOUNT, NEW, OLD, OTHER_ACCOUNT, REGION, STREAM_ARN } from '../../support/account.ts';
import { active, deleting, disabled, notCreated } from '../../support/observations.ts';
import { targetKey } from '../../support/requests.ts';
import { endsAfter, failsWith, reports } from '../../support/simulated-stream.ts';
import { describes, expectRun, type RunOptions, records, says, starts } from '../../support/stream-simulation.ts';

const TO_NEW = { criteria: targetKey(NEW), settleMs: 0 } as const;
const FAILED = { outcome: 'failed', changed: false };
const SENT = `the change to ${NEW} was sent, but`;
const notFound = failsWith('missing', 'no such stream');

describe('a stream that is named', () => {
  const elsewhere = STREAM_ARN.kinesis.replace(ACCOUNT, OTHER_ACCOUNT);

  test.each([
    ['kinesis', active()],
    ['firehose', disabled()]
  ] as const)('fails if its ARN is of another account, and the %s stream of that name stays', async (kind, stream) => {
    const arn = STREAM_ARN[kind].replace(ACCOUNT, OTHER_ACCOUNT);
    const failed = { ...FAILED, arn, encrypted: 'unknown', key: null, message: says(ACCOUNT, OTHER_ACCOUNT) };
    await expectRun(stream, { ...TO_NEW, stream: { kind, name: 'orders', arn }, sent: [] }, failed);
  });

  test('is not written to and not proved by an answer about another region or account', async () => {
    const inBrazil = STREAM_ARN.kinesis.replace(REGION, 'sa-east-1');
    await expectRun({ ...active(), arn: inBrazil }, { ...TO_NEW, sent: [] }, { ...FAILED, message: says(inBrazil) });
    const given = starts(reports({ ...active(NEW), arn: elsewhere }));
    await expectRun(active(OLD), { ...TO_NEW, given }, { outcome: 'failed', changed: true, message: says(elsewhere) });
  });

  test('is encrypted if its ARN is the one reported', () => {
    const arn = STREAM_ARN.kinesis;
    return expectRun(active(), { stream: { kind: 'kinesis', name: 'orders', arn } }, { outcome: 'enabled', arn });
  });

  const unseen = { arn: null, status: null, encrypted: 'unknown', key: null };
  const grantIt = describes(failsWith('denied', 'grant it'));
  const lost = starts(reports(deleting()));
  const deleted = `${SENT} the stream is being deleted: create it again, or leave it out of the run`;
  const refused = 'no such stream. The service accepted no change';

  test.each<[string, Observation, RunOptions, object]>([
    ['may not be described', active(), { given: grantIt }, { ...unseen, message: 'grant it. No change was sent' }],
    ['is being deleted', deleting(), { sent: 0 }, { message: says('the stream is being deleted') }],
    ['could not be created', notCreated(), { sent: 0 }, { message: says('KMS_ACCESS_DENIED') }],
    ['no longer exists', active(), { given: starts(notFound) }, { message: refused }],
    ['is deleted during the change', active(OLD), { given: lost }, { changed: true, message: deleted }]
  ])('fails if it %s', async (_, stream, options, expected) => {
    await expectRun(stream, { ...TO_NEW, ...options }, { ...FAILED, ...expected });
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
  const putFails = { verifyRecords: true, given: records(notFound) };
  const removed = { given: describes(() => {}, notFound) };
  const beingDeleted = { status: 'DELETING', message: 'the stream is being deleted' };

  test.each<[string, Observation, RunOptions, object]>([
    ['it is being deleted', deleting(), {}, beingDeleted],
    ['it is being deleted, in mode plan', deleting(), { mode: 'plan' }, beingDeleted],
    ['it no longer exists when it is described', active(), { given: describes(notFound) }, { message: GONE }],
    ['it no longer exists when the change is sent', active(), { given: starts(notFound) }, { message: GONE }],
    ['it no longer exists after the change', active(), removed, { changed: true, message: `${SENT} ${GONE}` }],
    ['it is deleted after the change', active(), { given: deleted }, { changed: true, message: says(SENT, 'deleted') }],
    ['it no longer exists when a record is put', active(), putFails, { changed: true }]
  ])('is not-applicable if %s', async (_, stream, options, expected) => {
    const left = { outcome: 'not-applicable', changed: false, encrypted: 'unknown', key: null };
    await expectRun(stream, { ...TO_NEW, named: false, ...options }, { ...left, ...expected });
  });

  test('fails if it could not be created, or if the target key does not exist', async () => {
    await expectRun(notCreated(), { ...TO_NEW, named: false }, FAILED);
    await expectRun(active(), { named: false, criteria: targetKey('alias/nowhere') }, FAILED);
  });
});

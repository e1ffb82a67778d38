/** Streams that cannot be encrypted: another stream than the one named, none, or one that goes. */

import { describe, expect, test } from '@jest/globals';
import type { Observation } from '../../../src/encryption/model.ts';
import { ACCOUNT, AWS_ALIAS, NEW, OLD, OTHER_ACCOUNT, REGION, STREAM_ARN } from '../../support/account.ts';
import { active, deleting, disabled, notCreated } from '../../support/observations.ts';
import { targetKey } from '../../support/requests.ts';
import { endsAfter, failsWith, reports } from '../../support/simulated-stream.ts';
import { describes, expectRun, type RunOptions, type SetUp, says, starts } from '../../support/stream-simulation.ts';

const TO_NEW = { criteria: targetKey(NEW), settleMs: 0 } as const;
const FAILED = { outcome: 'failed', changed: false };
const SENT = `the change to ${NEW} was sent, but`;
const notFound = failsWith('missing', 'no such stream');

describe('a stream that is named', () => {
  const elsewhere = STREAM_ARN.kinesis.replace(ACCOUNT, OTHER_ACCOUNT);

  test.each([
    ['kinesis', active()],
    ['firehose', disabled()]
  ] as const)('fails if its ARN is of another account, and the %s stream of that name stays', (kind, observation) => {
    const arn = STREAM_ARN[kind].replace(ACCOUNT, OTHER_ACCOUNT);
    const failed = { ...FAILED, arn, encrypted: 'unknown', key: null, message: says(ACCOUNT, OTHER_ACCOUNT) };
    return expectRun(observation, { ...TO_NEW, stream: { kind, name: 'orders', arn }, sent: [] }, failed);
  });

  test('given by its name alone, fails without a write if the answer is about another region', () =>
    expectRun({ ...active(), arn: STREAM_ARN.kinesis.replace(REGION, 'sa-east-1') }, { ...TO_NEW, sent: [] }, FAILED));

  test('is not proved by an answer about another account', () => {
    const given = starts(reports({ ...active(NEW), arn: elsewhere }));
    return expectRun(active(OLD), { ...TO_NEW, given }, { outcome: 'failed', changed: true, message: says(elsewhere) });
  });

  test('is encrypted if its ARN is the one reported', () => {
    const arn = STREAM_ARN.kinesis;
    return expectRun(active(), { stream: { kind: 'kinesis', name: 'orders', arn } }, { outcome: 'enabled', arn });
  });

  test.each([
    ['missing', 'there is no stream orders in eu-central-1'],
    ['denied', 'grant kinesis:DescribeStreamSummary']
  ] as const)('fails if describing it is answered with %s', async (errorKind, why) => {
    const unseen = { encrypted: 'unknown', arn: null, status: null, key: null };
    const failed = { ...FAILED, ...unseen, message: `${why}. No change was sent` };
    const { stream } = await expectRun(active(), { given: describes(failsWith(errorKind, why)) }, failed);
    expect(stream.describesMs).toHaveLength(1);
  });

  test.each<[string, Observation, SetUp, number, unknown]>([
    ['is being deleted', deleting(), starts(), 0, says('the stream is being deleted')],
    ['could not be created', notCreated(), starts(), 0, says('KMS_ACCESS_DENIED')],
    [
      'no longer exists when the change is sent',
      active(),
      starts(notFound),
      1,
      'no such stream. The service accepted no change'
    ]
  ])('fails if it %s', async (_, stream, given, sent, message) => {
    await expectRun(stream, { ...TO_NEW, given, sent }, { ...FAILED, message });
  });

  test('fails with the reason if it is deleted while the change is in flight', () => {
    const message = `${SENT} the stream is being deleted: create it again, or leave it out of the run`;
    const given = starts(reports(deleting()));
    return expectRun(active(OLD), { ...TO_NEW, given }, { outcome: 'failed', changed: true, message });
  });

  test('fails without a request if the selection refused it', async () => {
    const refusal = 'its tags could not be read';
    const { stream } = await expectRun(active(OLD), { refusal }, { ...FAILED, message: refusal });
    expect(stream.describesMs).toEqual([]);
  });
});

describe('a stream that a glob or tags selected', () => {
  const LEFT = { outcome: 'not-applicable', changed: false, encrypted: 'unknown', key: null };
  const GONE = 'the stream no longer exists, although it was listed (no such stream)';

  test('is not-applicable if it is being deleted, but failed if it is named', async () => {
    const left = { ...LEFT, status: 'DELETING', message: 'the stream is being deleted' };
    for (const mode of ['encrypt', 'plan'] as const) {
      await expectRun(deleting(), { ...TO_NEW, named: false, mode }, left);
      await expectRun(deleting(), { mode }, { outcome: 'failed' });
    }
  });

  test.each<[string, Observation, RunOptions, object]>([
    ['it no longer exists when it is described', active(), { given: describes(notFound) }, { message: GONE }],
    ['it no longer exists when the change is sent', active(AWS_ALIAS), { given: starts(notFound) }, { message: GONE }],
    [
      'it no longer exists after the change was sent, and the change is reported',
      active(),
      { given: describes(() => {}, notFound) },
      { changed: true, message: `${SENT} ${GONE}` }
    ],
    [
      'it is deleted after the change was sent, and the change is reported',
      active(),
      { given: starts(endsAfter(1_000, deleting())) },
      { changed: true, message: `${SENT} the stream is being deleted` }
    ],
    [
      'it no longer exists when a record is put',
      active(),
      {
        verifyRecords: true,
        given: ({ stream }) => {
          stream.onRecord = notFound;
        }
      },
      { changed: true }
    ]
  ])('is not-applicable if %s', async (_, stream, options, expected) => {
    await expectRun(stream, { ...TO_NEW, named: false, ...options }, { ...LEFT, ...expected });
  });

  test('fails if it could not be created', () =>
    expectRun(notCreated(), { ...TO_NEW, named: false }, { outcome: 'failed' }));

  test('fails if the target key, not the stream, does not exist', () =>
    expectRun(active(), { named: false, criteria: targetKey('alias/nowhere') }, { outcome: 'failed' }));
});

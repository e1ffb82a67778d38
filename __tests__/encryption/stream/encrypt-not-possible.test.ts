import { describe, expect, test } from '@jest/globals';
import { ACCOUNT, AWS_ALIAS, NEW, OLD, OTHER_ACCOUNT, REGION, STREAM_ARN } from '../../support/account.ts';
import { active, deleting, disabled, notCreated } from '../../support/observations.ts';
import { targetKey } from '../../support/requests.ts';
import { endsAfter, failsWith, reports } from '../../support/simulated-stream.ts';
import { simulate } from '../../support/stream-simulation.ts';

const TO_NEW = { named: false, criteria: targetKey(NEW) } as const;

describe('a stream that is named', () => {
  test.each([
    ['kinesis', active()],
    ['firehose', disabled()]
  ] as const)(
    'fails if its ARN is of another account, and does not change the %s stream of the same name',
    async (kind, observation) => {
      const simulation = simulate(observation);
      const arn = STREAM_ARN[kind].replace(ACCOUNT, OTHER_ACCOUNT);
      const result = await simulation.encrypt({ stream: { kind, name: 'orders', arn }, criteria: targetKey(NEW) });
      expect(simulation.sentKeyIds).toEqual([]);
      expect(result).toMatchObject({ outcome: 'failed', changed: false, arn, encrypted: 'unknown', key: null });
      expect(result.message).toContain(ACCOUNT);
      expect(result.message).toContain(OTHER_ACCOUNT);
    }
  );

  test('given by its name alone, fails without a write if the answer is about another region', async () => {
    const simulation = simulate({ ...active(), arn: STREAM_ARN.kinesis.replace(REGION, 'sa-east-1') });
    expect(await simulation.encrypt({ criteria: targetKey(NEW) })).toMatchObject({ outcome: 'failed', changed: false });
    expect(simulation.sentKeyIds).toEqual([]);
  });

  test('is not proved by an answer about another account', async () => {
    const simulation = simulate(active(OLD));
    const arn = STREAM_ARN.kinesis.replace(ACCOUNT, OTHER_ACCOUNT);
    simulation.stream.onNextStarts(reports({ ...active(NEW), arn }));
    const result = await simulation.encrypt({ criteria: targetKey(NEW), settleMs: 0 });
    expect(result).toMatchObject({ outcome: 'failed', changed: true });
    expect(result.message).toContain(arn);
  });

  test('is encrypted if its ARN is the one reported', async () => {
    const simulation = simulate(active());
    const stream = { kind: 'kinesis', name: 'orders', arn: STREAM_ARN.kinesis } as const;
    expect(await simulation.encrypt({ stream })).toMatchObject({ outcome: 'enabled', arn: STREAM_ARN.kinesis });
  });

  test('fails if it does not exist', async () => {
    const simulation = simulate(active());
    simulation.stream.onNextDescribes(failsWith('missing', 'there is no stream orders in eu-central-1'));
    expect(await simulation.encrypt()).toMatchObject({
      outcome: 'failed',
      changed: false,
      encrypted: 'unknown',
      arn: null,
      status: null,
      key: null,
      message: 'there is no stream orders in eu-central-1. No change was sent'
    });
  });

  test('fails if the role may not describe it', async () => {
    const simulation = simulate(active());
    simulation.stream.onNextDescribes(failsWith('denied', 'grant kinesis:DescribeStreamSummary'));
    expect(await simulation.encrypt()).toMatchObject({
      outcome: 'failed',
      message: 'grant kinesis:DescribeStreamSummary. No change was sent'
    });
    expect(simulation.stream.describesMs).toHaveLength(1);
  });

  test.each([
    ['is being deleted', deleting(), 'the stream is being deleted'],
    ['could not be created', notCreated(), 'KMS_ACCESS_DENIED']
  ])('fails if it %s', async (_, observation, message) => {
    const simulation = simulate(observation);
    const result = await simulation.encrypt({ criteria: targetKey(NEW) });
    expect(result).toMatchObject({ outcome: 'failed', message: expect.stringContaining(message) });
    expect(simulation.sentKeyIds).toEqual([]);
  });

  test('fails with the reason if it is deleted while the change is in flight', async () => {
    const simulation = simulate(active(OLD));
    simulation.stream.onNextStarts(reports(deleting()));
    const { outcome, changed, message } = await simulation.encrypt({ criteria: targetKey(NEW) });
    expect({ outcome, changed }).toEqual({ outcome: 'failed', changed: true });
    expect(message).toBe(
      `the change to ${NEW} was sent, but the stream is being deleted: create it again, or leave it out of the run`
    );
  });

  test('fails without a change if it no longer exists when the change is sent', async () => {
    const simulation = simulate(active());
    simulation.stream.onNextStarts(failsWith('missing', 'no such stream'));
    const result = await simulation.encrypt({ criteria: targetKey(NEW) });
    expect(result).toMatchObject({
      outcome: 'failed',
      message: 'no such stream. No change was sent'
    });
  });

  test('fails without a request if the selection refused it', async () => {
    const simulation = simulate(active(OLD));
    const result = await simulation.encrypt({ refusal: 'its tags could not be read' });
    expect(result).toMatchObject({ outcome: 'failed', changed: false, message: 'its tags could not be read' });
    expect(simulation.stream.describesMs).toEqual([]);
  });
});

describe('a stream that a glob or tags selected', () => {
  const notFound = failsWith('missing', 'no such stream');

  test('is not-applicable if it is being deleted, but failed if it is named', async () => {
    for (const mode of ['encrypt', 'plan'] as const) {
      const left = await simulate(deleting()).encrypt({ ...TO_NEW, mode });
      expect(left).toMatchObject({
        outcome: 'not-applicable',
        changed: false,
        encrypted: 'unknown',
        key: null,
        status: 'DELETING',
        message: 'the stream is being deleted'
      });
      expect(await simulate(deleting()).encrypt({ mode })).toMatchObject({ outcome: 'failed' });
    }
  });

  test('is not-applicable if it no longer exists when it is described', async () => {
    const simulation = simulate(active());
    simulation.stream.onNextDescribes(notFound);
    expect(await simulation.encrypt(TO_NEW)).toMatchObject({
      outcome: 'not-applicable',
      changed: false,
      encrypted: 'unknown',
      message: 'the stream no longer exists, although it was listed (no such stream)'
    });
  });

  test('is not-applicable without a change if it no longer exists when the change is sent', async () => {
    const simulation = simulate(active(AWS_ALIAS));
    simulation.stream.onNextStarts(notFound);
    expect(await simulation.encrypt(TO_NEW)).toMatchObject({
      outcome: 'not-applicable',
      changed: false,
      encrypted: 'unknown',
      key: null,
      message: 'the stream no longer exists, although it was listed (no such stream)'
    });
  });

  test('is not-applicable and reports the change if it is deleted after the change was sent', async () => {
    const lost = simulate(active());
    lost.stream.onNextDescribes(() => {}, notFound);
    expect(await lost.encrypt(TO_NEW)).toMatchObject({
      outcome: 'not-applicable',
      changed: true,
      encrypted: 'unknown',
      message: `the change to ${NEW} was sent, but the stream no longer exists, although it was listed (no such stream)`
    });
    const going = simulate(active());
    going.stream.onNextStarts(endsAfter(1_000, deleting()));
    expect(await going.encrypt(TO_NEW)).toMatchObject({
      outcome: 'not-applicable',
      changed: true,
      message: `the change to ${NEW} was sent, but the stream is being deleted`
    });
  });

  test('is not-applicable if it no longer exists when a record is put', async () => {
    const simulation = simulate(active());
    simulation.stream.onRecord = notFound;
    expect(await simulation.encrypt({ ...TO_NEW, verifyRecords: true })).toMatchObject({ outcome: 'not-applicable' });
  });

  test('fails if it could not be created', async () => {
    expect(await simulate(notCreated()).encrypt(TO_NEW)).toMatchObject({ outcome: 'failed' });
  });

  test('fails if the target key, not the stream, does not exist', async () => {
    const simulation = simulate(active());
    expect(await simulation.encrypt({ named: false, criteria: targetKey('alias/nowhere') })).toMatchObject({
      outcome: 'failed'
    });
  });
});

import { describe, expect, test } from '@jest/globals';
import { ACCOUNT, AWS_ALIAS, NEW, OLD, OTHER_ACCOUNT, STREAM_ARN } from '../../support/account.ts';
import { active, deleting, disabled, enabled, fedByKinesis, notCreated } from '../../support/observations.ts';
import { oneKey } from '../../support/requests.ts';
import { scene } from '../../support/scene.ts';
import { endsAs, refuses, shows } from '../../support/simulated-stream.ts';

const TO_NEW = { named: false, criteria: oneKey(NEW) } as const;

describe('a stream that is named', () => {
  test.each([
    ['kinesis', active()],
    ['firehose', disabled()]
  ] as const)(
    "by the ARN of another account's is failed, and the %s stream of that name here is left alone",
    async (kind, look) => {
      const here = scene(look);
      const arn = STREAM_ARN[kind].replace(ACCOUNT, OTHER_ACCOUNT);
      const result = await here.encrypt({ stream: { kind, name: 'orders', arn }, criteria: oneKey(NEW) });
      expect(here.keysSent).toEqual([]);
      expect(result).toMatchObject({ outcome: 'failed', changed: false, arn, encrypted: 'unknown', key: null });
      expect(result.message).toContain(ACCOUNT);
      expect(result.message).toContain(OTHER_ACCOUNT);
    }
  );

  test('by its own ARN is secured', async () => {
    const here = scene(active());
    const stream = { kind: 'kinesis', name: 'orders', arn: STREAM_ARN.kinesis } as const;
    expect(await here.encrypt({ stream })).toMatchObject({ outcome: 'enabled', arn: STREAM_ARN.kinesis });
  });

  test('that does not exist is failed', async () => {
    const here = scene(active());
    here.stream.nextLooks(refuses('missing', 'there is no stream orders in eu-central-1'));
    expect(await here.encrypt()).toMatchObject({
      outcome: 'failed',
      changed: false,
      encrypted: 'unknown',
      arn: null,
      status: null,
      key: null,
      message: 'there is no stream orders in eu-central-1. No change was sent. Running again is safe'
    });
  });

  test('that the role may not look at is failed', async () => {
    const here = scene(active());
    here.stream.nextLooks(refuses('denied', 'grant kinesis:DescribeStreamSummary'));
    expect(await here.encrypt()).toMatchObject({
      outcome: 'failed',
      message: 'grant kinesis:DescribeStreamSummary. No change was sent. Running again is safe'
    });
    expect(here.stream.looksMs).toHaveLength(1);
  });

  test.each([
    ['is being deleted', deleting(), 'the stream is being deleted'],
    ['could not be created', notCreated(), 'KMS_ACCESS_DENIED']
  ])('that %s is failed', async (_, look, words) => {
    const here = scene(look);
    const result = await here.encrypt({ criteria: oneKey(NEW) });
    expect(result).toMatchObject({ outcome: 'failed', message: expect.stringContaining(words) });
    expect(here.keysSent).toEqual([]);
  });

  test('that is deleted while its change is under way is failed, and nobody is said to have overtaken it', async () => {
    const here = scene(active(OLD));
    here.stream.nextStarts(shows(deleting()));
    const { outcome, changed, message } = await here.encrypt({ criteria: oneKey(NEW) });
    expect({ outcome, changed }).toEqual({ outcome: 'failed', changed: true });
    expect(message).toBe(`the change to ${NEW} was sent, but the stream is being deleted`);
  });

  test('that is gone when the change is sent is failed, and no change counts as sent', async () => {
    const here = scene(active());
    here.stream.nextStarts(refuses('missing', 'no such stream'));
    const result = await here.encrypt({ criteria: oneKey(NEW) });
    expect(result).toMatchObject({
      outcome: 'failed',
      message: 'no such stream. No change was sent. Running again is safe'
    });
  });

  test('whose source is not Direct PUT has no encryption of its own: not-applicable, encrypted unknown', async () => {
    const here = scene(fedByKinesis());
    expect(await here.encrypt({ criteria: oneKey(NEW) })).toMatchObject({
      outcome: 'not-applicable',
      changed: false,
      encrypted: 'unknown',
      key: null,
      message: expect.stringContaining('KinesisStreamAsSource')
    });
    expect(here.keysSent).toEqual([]);
  });

  test('that something else feeds has no encryption of its own, whatever is told of it', async () => {
    const here = scene({ ...enabled(OLD), phase: 'not-applicable', source: 'MSKAsSource' });
    expect(await here.encrypt()).toMatchObject({ outcome: 'not-applicable', encrypted: 'unknown', key: null });
  });

  test('that is refused beforehand is failed, and nothing is asked of the service', async () => {
    const here = scene(active(OLD));
    const result = await here.encrypt({ refusal: 'its tags could not be told' });
    expect(result).toMatchObject({ outcome: 'failed', changed: false, message: 'its tags could not be told' });
    expect(here.stream.looksMs).toEqual([]);
  });
});

describe('a stream that a glob or tags chose', () => {
  const gone = refuses('missing', 'no such stream');

  test('that is being deleted is not-applicable, but failed where it is named', async () => {
    for (const mode of ['encrypt', 'plan'] as const) {
      const left = await scene(deleting()).encrypt({ ...TO_NEW, mode });
      expect(left).toMatchObject({
        outcome: 'not-applicable',
        changed: false,
        encrypted: 'unknown',
        key: null,
        status: 'DELETING',
        message: 'the stream is being deleted'
      });
      expect(await scene(deleting()).encrypt({ mode })).toMatchObject({ outcome: 'failed' });
    }
  });

  test('that is gone at the first look is not-applicable', async () => {
    const here = scene(active());
    here.stream.nextLooks(gone);
    expect(await here.encrypt(TO_NEW)).toMatchObject({
      outcome: 'not-applicable',
      changed: false,
      encrypted: 'unknown',
      message: 'the stream no longer exists, although it was listed (no such stream)'
    });
  });

  test('that is gone when the change is sent is not-applicable, and no change counts as sent', async () => {
    const here = scene(active(AWS_ALIAS));
    here.stream.nextStarts(gone);
    expect(await here.encrypt(TO_NEW)).toMatchObject({
      outcome: 'not-applicable',
      changed: false,
      encrypted: 'unknown',
      key: null,
      message: 'the stream no longer exists, although it was listed (no such stream)'
    });
  });

  test('that goes after the change was sent is not-applicable, and that it was sent is told', async () => {
    const lost = scene(active());
    lost.stream.nextLooks(() => {}, gone);
    expect(await lost.encrypt(TO_NEW)).toMatchObject({
      outcome: 'not-applicable',
      changed: true,
      encrypted: 'unknown',
      message: `the change to ${NEW} was sent, but the stream no longer exists, although it was listed (no such stream)`
    });
    const going = scene(active());
    going.stream.nextStarts(endsAs(1_000, deleting()));
    expect(await going.encrypt(TO_NEW)).toMatchObject({
      outcome: 'not-applicable',
      changed: true,
      message: `the change to ${NEW} was sent, but the stream is being deleted`
    });
  });

  test('that is gone when a record is put is not-applicable', async () => {
    const here = scene(active());
    here.stream.onRecord = gone;
    expect(await here.encrypt({ ...TO_NEW, verifyRecords: true })).toMatchObject({ outcome: 'not-applicable' });
  });

  test('that a data stream feeds is not-applicable, and its source is named', async () => {
    const result = await scene(fedByKinesis()).encrypt(TO_NEW);
    expect(result).toMatchObject({ outcome: 'not-applicable', encrypted: 'unknown' });
    expect(result.message).toContain('KinesisStreamAsSource');
  });

  test('that could not be created is failed', async () => {
    expect(await scene(notCreated()).encrypt(TO_NEW)).toMatchObject({ outcome: 'failed' });
  });

  test('is not gone where it is the key asked for that does not exist: failed', async () => {
    const here = scene(active());
    expect(await here.encrypt({ named: false, criteria: oneKey('alias/nowhere') })).toMatchObject({
      outcome: 'failed'
    });
  });
});

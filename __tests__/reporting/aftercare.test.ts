import { describe, expect, test } from '@jest/globals';
import { OUTCOMES, type Result } from '../../src/encryption/model.ts';
import { aftercare, previousKeyNeed } from '../../src/reporting/aftercare.ts';
import { AWS_ALIAS, aliasArn, NEW, OLD, OLD_ID, REGION, STREAM_ARN, THIRD } from '../support/account.ts';
import { result } from '../support/results.ts';

const ENDED = new Date('2026-03-01T22:30:00Z');

/** A data stream that moved from one customer key to another. */
function rekeyed(but: Partial<Result> = {}): Result {
  return result({
    arn: STREAM_ARN.kinesis,
    region: REGION,
    key: { type: 'customer-managed', id: NEW },
    previousKey: { type: 'customer-managed', id: OLD },
    target: { type: 'customer-managed', id: NEW },
    previousKeyNeededHours: 48,
    ...but
  });
}

/** What is to be seen to after these streams, all of which ended at the same time. */
function after(...results: readonly Result[]): string[] {
  return aftercare(results.map((one) => ({ result: one, endedAt: ENDED })));
}

describe('after a change', () => {
  test('Kinesis: the old key is needed for the retention period, and producers and consumers need permissions', () => {
    const [keep, grant, ...more] = after(rekeyed());
    expect(keep).toContain(`Keep the old key ${OLD} enabled until 2026-03-03 22:30 UTC at least`);
    expect(keep).toContain('retention period of 48 h');
    expect(grant).toBe(`Producers need kms:GenerateDataKey on ${NEW} for a data stream; consumers need kms:Decrypt.`);
    expect(more).toEqual([]);
  });

  test('a retention that Kinesis does not have makes no date that there is not', () => {
    const [keep] = after(rekeyed({ previousKeyNeededHours: 1e300 }));
    expect(keep).toContain('until 2027-03-01 22:30 UTC');
  });

  test('Firehose: the old key is needed for a day, and producers need permissions', () => {
    const [keep, grant] = after(rekeyed({ kind: 'firehose', previousKeyNeededHours: 24 }));
    expect(keep).toContain('until 2026-03-02 22:30 UTC');
    expect(grant).toBe(`Producers need kms:GenerateDataKey and kms:Decrypt on ${NEW} for a delivery stream.`);
  });

  test('no old key is to be kept where the stream was not encrypted', () => {
    expect(after(rekeyed({ outcome: 'enabled', previousKey: null }))).toEqual([
      expect.stringContaining('Producers need')
    ]);
  });

  test('the AWS key cannot be disabled, so it needs no keeping', () => {
    const previousKey = { type: 'aws-owned', id: AWS_ALIAS } as const;
    expect(after(rekeyed({ previousKey }))).toEqual([expect.stringContaining('Producers need')]);
  });

  test('an old key whose type nobody could look up is to be kept', () => {
    expect(after(rekeyed({ previousKey: { type: null, id: OLD } }))[0]).toContain(`Keep the old key ${OLD}`);
  });

  test('a move to the AWS key needs no permissions', () => {
    const target = { type: 'aws-owned', id: AWS_ALIAS } as const;
    expect(after(rekeyed({ target }))).toEqual([expect.stringContaining('Keep the old key')]);
  });

  test('nothing is told for how long where the service did not tell it', () => {
    expect(after(rekeyed({ previousKeyNeededHours: null }))).toEqual([expect.stringContaining('Producers need')]);
  });

  test.each(['enabled', 'rekeyed', 'started', 'timed-out', 'cancelled'] as const)(
    'it is told where the change took effect or may yet: %s',
    (outcome) => {
      const inFlight = outcome !== 'enabled' && outcome !== 'rekeyed';
      expect(after(rekeyed({ outcome, inFlight, ...(inFlight && { key: null }) }))).toHaveLength(2);
    }
  );

  test.each(OUTCOMES)('nothing is told where no change was sent: %s', (outcome) => {
    expect(after(rekeyed({ outcome, changed: false, target: null }))).toEqual([]);
  });

  test('it is told where the run failed while the change was in flight', () => {
    const key = { type: 'customer-managed', id: OLD } as const;
    expect(after(rekeyed({ outcome: 'failed', inFlight: true, key }))).toHaveLength(2);
  });

  test('nothing is told where the change failed, and the old key is still in force', () => {
    const failed = rekeyed({
      kind: 'firehose',
      outcome: 'failed',
      status: 'ENABLING_FAILED',
      key: { type: 'customer-managed', id: OLD }
    });
    expect(after(failed)).toEqual([]);
  });

  test('it is told where the key is in force although the step failed, as where no record could be put', () => {
    expect(after(rekeyed({ outcome: 'failed' }))).toHaveLength(2);
  });
});

describe('after the changes of several streams', () => {
  const firehose = rekeyed({ kind: 'firehose', arn: STREAM_ARN.firehose, previousKeyNeededHours: 24 });

  test('an old key is told of once: until when the last of its streams needs it, and how many they are', () => {
    const results = [rekeyed(), rekeyed({ previousKeyNeededHours: 168 }), firehose];
    const [keep, ...grants] = after(...results);
    expect(keep).toBe(
      `Keep the old key ${OLD} enabled until 2026-03-08 22:30 UTC at least: 3 streams were encrypted with it, and one of them needs it until then.`
    );
    expect(grants).toHaveLength(2);
  });

  test('each stream counts from its own end', () => {
    const later = new Date(ENDED.getTime() + 3_600_000);
    const [keep] = aftercare([
      { result: rekeyed(), endedAt: later },
      { result: rekeyed(), endedAt: ENDED }
    ]);
    expect(keep).toContain('until 2026-03-03 23:30 UTC');
  });

  test('each old key has a sentence of its own, the one that is needed longest first', () => {
    const third = rekeyed({ previousKey: { type: 'customer-managed', id: THIRD }, previousKeyNeededHours: 72 });
    const [first, second] = after(rekeyed(), third);
    expect(first).toContain(`Keep the old key ${THIRD} enabled until 2026-03-04 22:30 UTC at least: the retention`);
    expect(second).toContain(`Keep the old key ${OLD} enabled until 2026-03-03 22:30 UTC at least: the retention`);
  });

  test('a key that streams report in several forms is one key', () => {
    const byId = rekeyed({ previousKey: { type: 'customer-managed', id: OLD_ID } });
    const sentences = after(rekeyed(), byId);
    expect(sentences).toHaveLength(2);
    expect(sentences[0]).toContain(`the old key ${OLD} enabled`);
    expect(sentences[0]).toContain('2 streams');
  });

  test('an alias may have pointed to several keys, which are all to be kept', () => {
    const byAlias = rekeyed({ previousKey: { type: null, id: 'alias/app' } });
    expect(after(byAlias, byAlias)[0]).toContain(
      `Keep each key that ${aliasArn('alias/app')} has pointed to enabled until 2026-03-03 22:30 UTC at least: 2 streams`
    );
  });

  test('permissions are told once for each kind and new key', () => {
    const toThird = rekeyed({ target: { type: 'customer-managed', id: THIRD } });
    const grants = after(rekeyed(), rekeyed(), toThird, firehose, firehose).filter((line) => !line.startsWith('Keep'));
    expect(grants).toEqual([
      `Producers need kms:GenerateDataKey on ${NEW} for a data stream; consumers need kms:Decrypt.`,
      `Producers need kms:GenerateDataKey on ${THIRD} for a data stream; consumers need kms:Decrypt.`,
      `Producers need kms:GenerateDataKey and kms:Decrypt on ${NEW} for a delivery stream.`
    ]);
  });

  test('10,000 streams take no time', () => {
    const results = Array.from({ length: 10_000 }, () => rekeyed());
    const beganMs = performance.now();
    expect(after(...results)).toHaveLength(2);
    expect(performance.now() - beganMs).toBeLessThan(1_000);
  });
});

test('until when the old key of one stream is needed, and why', () => {
  expect(previousKeyNeed({ result: rekeyed(), endedAt: ENDED })).toEqual({
    key: { type: 'customer-managed', id: OLD },
    until: new Date('2026-03-03T22:30:00Z'),
    why: 'the retention period of 48 h, for which records stay encrypted with it'
  });
  expect(previousKeyNeed({ result: rekeyed({ outcome: 'planned', changed: false }), endedAt: ENDED })).toBeNull();
});

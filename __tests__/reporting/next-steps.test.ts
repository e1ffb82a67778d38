import { describe, expect, test } from '@jest/globals';
import { OUTCOMES, type Result } from '../../src/encryption/model.ts';
import { nextSteps, previousKeyNeed } from '../../src/reporting/next-steps.ts';
import { AWS_ALIAS, aliasArn, NEW, OLD, OLD_ID, REGION, STREAM_ARN, THIRD } from '../support/account.ts';
import { cpuTimeMs } from '../support/cpu-time.ts';
import { result } from '../support/results.ts';

const ENDED_AT = new Date('2026-03-01T22:30:00Z');

/** The result of a data stream that moved from one customer key to another. */
function rekeyed(overrides: Partial<Result> = {}): Result {
  return result({
    arn: STREAM_ARN.kinesis,
    region: REGION,
    key: { type: 'customer-managed', id: NEW },
    previousKey: { type: 'customer-managed', id: OLD },
    target: { type: 'customer-managed', id: NEW },
    previousKeyNeededHours: 48,
    ...overrides
  });
}

/** The next steps after these streams, all of which ended at the same time. */
function stepsAfter(...results: readonly Result[]): string[] {
  return nextSteps(results.map((result) => ({ result, endedAt: ENDED_AT })));
}

describe('the next steps after a change', () => {
  test('name the permissions on a key once, also if max-changes left other streams planned', () => {
    const steps = stepsAfter(rekeyed(), rekeyed({ outcome: 'planned', changed: false }));
    expect(steps.filter((step) => step.includes('Producers need'))).toHaveLength(1);
  });

  test('keep the previous key for the retention period of a data stream, and grant permissions to producers and consumers', () => {
    const [keep, grant, ...more] = stepsAfter(rekeyed());
    expect(keep).toContain(`Keep the previous key ${OLD} enabled until at least 2026-03-03 22:30 UTC`);
    expect(keep).toContain('retention period of 48 h');
    expect(grant).toBe(`Producers need kms:GenerateDataKey on ${NEW} for a data stream; consumers need kms:Decrypt.`);
    expect(more).toEqual([]);
  });

  test('limit an impossible retention period, so that the date stays valid', () => {
    const [keep] = stepsAfter(rekeyed({ previousKeyNeededHours: 1e300 }));
    expect(keep).toContain('until at least 2027-03-01 22:30 UTC');
  });

  test('keep the previous key of a delivery stream for a day, and grant permissions to producers', () => {
    const [keep, grant] = stepsAfter(rekeyed({ kind: 'firehose', previousKeyNeededHours: 24 }));
    expect(keep).toContain(
      'until at least 2026-03-02 22:30 UTC: Firehose keeps records for 24 h if it cannot decrypt them.'
    );
    expect(grant).toBe(`Producers need kms:GenerateDataKey and kms:Decrypt on ${NEW} for a delivery stream.`);
  });

  test('keep no previous key if the stream was not encrypted', () => {
    expect(stepsAfter(rekeyed({ outcome: 'enabled', previousKey: null }))).toEqual([
      expect.stringContaining('Producers need')
    ]);
  });

  test('never say to keep a previous key enabled that cannot be used', () => {
    const lost = rekeyed({ previousKeyProblem: 'records written before the change cannot be read' });
    expect(stepsAfter(lost)).toEqual([expect.stringContaining('Producers need')]);
    expect(stepsAfter(lost, rekeyed({ previousKey: { type: 'customer-managed', id: THIRD } }))[0]).toContain(THIRD);
  });

  test('do not mention a previous AWS key, which cannot be disabled', () => {
    const previousKey = { type: 'aws-owned', id: AWS_ALIAS } as const;
    expect(stepsAfter(rekeyed({ previousKey }))).toEqual([expect.stringContaining('Producers need')]);
  });

  test('keep a previous key of unknown type', () => {
    expect(stepsAfter(rekeyed({ previousKey: { type: null, id: OLD } }))[0]).toContain(`Keep the previous key ${OLD}`);
  });

  test('grant no permissions for the AWS key', () => {
    const target = { type: 'aws-owned', id: AWS_ALIAS } as const;
    expect(stepsAfter(rekeyed({ target }))).toEqual([expect.stringContaining('Keep the previous key')]);
  });

  test('keep no previous key if the service does not report for how long', () => {
    expect(stepsAfter(rekeyed({ previousKeyNeededHours: null }))).toEqual([expect.stringContaining('Producers need')]);
  });

  test.each(['enabled', 'rekeyed', 'started', 'timed-out', 'cancelled'] as const)(
    'are listed if the change took effect or may still do so: %s',
    (outcome) => {
      const inFlight = outcome !== 'enabled' && outcome !== 'rekeyed';
      expect(stepsAfter(rekeyed({ outcome, inFlight, ...(inFlight && { key: null }) }))).toHaveLength(2);
    }
  );

  test.each(OUTCOMES)('are empty if no change was sent: %s', (outcome) => {
    expect(stepsAfter(rekeyed({ outcome, changed: false, target: null }))).toEqual([]);
  });

  test('are listed if the run failed while the change was in flight', () => {
    const key = { type: 'customer-managed', id: OLD } as const;
    expect(stepsAfter(rekeyed({ outcome: 'failed', inFlight: true, key }))).toHaveLength(2);
  });

  test('are empty if the change failed and the previous key is still in force', () => {
    const failed = rekeyed({
      kind: 'firehose',
      outcome: 'failed',
      status: 'ENABLING_FAILED',
      key: { type: 'customer-managed', id: OLD }
    });
    expect(stepsAfter(failed)).toEqual([]);
  });

  test('are listed if the key is in force although the step failed, for example because of a rejected record', () => {
    expect(stepsAfter(rekeyed({ outcome: 'failed' }))).toHaveLength(2);
  });
});

describe('the next steps after changes of several streams', () => {
  const firehose = rekeyed({ kind: 'firehose', arn: STREAM_ARN.firehose, previousKeyNeededHours: 24 });

  test('list a shared previous key once, with the latest time and the number of streams', () => {
    const results = [rekeyed(), rekeyed({ previousKeyNeededHours: 168 }), firehose];
    const [keep, ...grants] = stepsAfter(...results);
    expect(keep).toBe(
      `Keep the previous key ${OLD} enabled until at least 2026-03-08 22:30 UTC: 3 streams were encrypted with it, and one of them needs it until then.`
    );
    expect(grants).toHaveLength(2);
  });

  test('start from the end of each stream', () => {
    const later = new Date(ENDED_AT.getTime() + 3_600_000);
    const [keep] = nextSteps([
      { result: rekeyed(), endedAt: later },
      { result: rekeyed(), endedAt: ENDED_AT }
    ]);
    expect(keep).toContain('until at least 2026-03-03 23:30 UTC');
  });

  test('list each previous key, the one needed longest first', () => {
    const third = rekeyed({ previousKey: { type: 'customer-managed', id: THIRD }, previousKeyNeededHours: 72 });
    const [first, second] = stepsAfter(rekeyed(), third);
    expect(first).toContain(
      `Keep the previous key ${THIRD} enabled until at least 2026-03-04 22:30 UTC: records written`
    );
    expect(second).toContain(
      `Keep the previous key ${OLD} enabled until at least 2026-03-03 22:30 UTC: records written`
    );
  });

  test('list a key once that streams report in several forms', () => {
    const byId = rekeyed({ previousKey: { type: 'customer-managed', id: OLD_ID } });
    const sentences = stepsAfter(rekeyed(), byId);
    expect(sentences).toHaveLength(2);
    expect(sentences[0]).toContain(`the previous key ${OLD} enabled`);
    expect(sentences[0]).toContain('2 streams');
  });

  test('keep each key that a previous alias has pointed to', () => {
    const byAlias = rekeyed({ previousKey: { type: null, id: 'alias/app' } });
    expect(stepsAfter(byAlias, byAlias)[0]).toContain(
      `Keep each key that ${aliasArn('alias/app')} has pointed to enabled until at least 2026-03-03 22:30 UTC: 2 streams`
    );
  });

  test('list the permissions once per kind and new key', () => {
    const toThird = rekeyed({ target: { type: 'customer-managed', id: THIRD } });
    const grants = stepsAfter(rekeyed(), rekeyed(), toThird, firehose, firehose).filter(
      (line) => !line.startsWith('Keep')
    );
    expect(grants).toEqual([
      `Producers need kms:GenerateDataKey on ${NEW} for a data stream; consumers need kms:Decrypt.`,
      `Producers need kms:GenerateDataKey on ${THIRD} for a data stream; consumers need kms:Decrypt.`,
      `Producers need kms:GenerateDataKey and kms:Decrypt on ${NEW} for a delivery stream.`
    ]);
  });

  test('take little time for 10,000 streams', () => {
    const results = Array.from({ length: 10_000 }, () => rekeyed());
    expect(cpuTimeMs(() => expect(stepsAfter(...results)).toHaveLength(2))).toBeLessThan(2_000);
  });
});

test('previousKeyNeed returns until when the previous key is needed, and why', () => {
  expect(previousKeyNeed({ result: rekeyed(), endedAt: ENDED_AT })).toEqual({
    key: { type: 'customer-managed', id: OLD },
    until: new Date('2026-03-03T22:30:00Z'),
    reason: 'records written before the change stay encrypted with it for the retention period of 48 h'
  });
  expect(previousKeyNeed({ result: rekeyed({ outcome: 'planned', changed: false }), endedAt: ENDED_AT })).toBeNull();
});

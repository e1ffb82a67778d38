import { describe, expect, test } from '@jest/globals';
import { aftercare } from '../../src/encryption/aftercare.ts';
import { OUTCOMES, type Result } from '../../src/encryption/model.ts';
import { AWS_ALIAS, NEW, OLD, REGION, STREAM_ARN } from '../support/words.ts';

const ENDED = new Date('2026-03-01T22:30:00Z');

/** A data stream that moved from one customer key to another. */
function rekeyed(but: Partial<Result> = {}): Result {
  return {
    kind: 'kinesis',
    name: 'orders',
    arn: STREAM_ARN.kinesis,
    region: REGION,
    named: true,
    outcome: 'rekeyed',
    changed: true,
    encrypted: 'true',
    status: 'ACTIVE',
    key: { type: 'customer-managed', id: NEW },
    previousKey: { type: 'customer-managed', id: OLD },
    changedTo: { type: 'customer-managed', id: NEW },
    durationSeconds: 1,
    message: '',
    warnings: [],
    oldKeyNeededHours: 48,
    ...but
  };
}

describe('after a change', () => {
  test('Kinesis: the old key is needed for the retention period, and producers and consumers need permissions', () => {
    const [keep, grant, ...more] = aftercare(rekeyed(), ENDED);
    expect(keep).toContain(`Keep the old key ${OLD} enabled until 2026-03-03 22:30 UTC at least`);
    expect(keep).toContain('retention period of 48 h');
    expect(grant).toBe(`Producers need kms:GenerateDataKey on ${NEW}; consumers need kms:Decrypt.`);
    expect(more).toEqual([]);
  });

  test('a retention that Kinesis does not have makes no date that there is not', () => {
    const [keep] = aftercare(rekeyed({ oldKeyNeededHours: 1e300 }), ENDED);
    expect(keep).toContain('until 2027-03-01 22:30 UTC');
  });

  test('Firehose: the old key is needed for a day, and producers need permissions', () => {
    const [keep, grant] = aftercare(rekeyed({ kind: 'firehose', oldKeyNeededHours: 24 }), ENDED);
    expect(keep).toContain('until 2026-03-02 22:30 UTC');
    expect(grant).toBe(`Producers need kms:GenerateDataKey and kms:Decrypt on ${NEW}.`);
  });

  test('no old key is to be kept where the stream was not encrypted', () => {
    expect(aftercare(rekeyed({ outcome: 'enabled', previousKey: null }), ENDED)).toEqual([
      expect.stringContaining('Producers need')
    ]);
  });

  test('the AWS key cannot be disabled, so it needs no keeping', () => {
    const previousKey = { type: 'aws-owned', id: AWS_ALIAS } as const;
    expect(aftercare(rekeyed({ previousKey }), ENDED)).toEqual([expect.stringContaining('Producers need')]);
  });

  test('an old key whose type nobody could look up is to be kept', () => {
    expect(aftercare(rekeyed({ previousKey: { type: null, id: OLD } }), ENDED)[0]).toContain(`Keep the old key ${OLD}`);
  });

  test('a move to the AWS key needs no permissions', () => {
    const changedTo = { type: 'aws-owned', id: AWS_ALIAS } as const;
    expect(aftercare(rekeyed({ changedTo }), ENDED)).toEqual([expect.stringContaining('Keep the old key')]);
  });

  test('nothing is told for how long where the service did not tell it', () => {
    expect(aftercare(rekeyed({ oldKeyNeededHours: null }), ENDED)).toEqual([expect.stringContaining('Producers need')]);
  });

  test.each(['enabled', 'rekeyed', 'started', 'timed-out', 'cancelled'] as const)(
    'it is told where the change took effect or may yet: %s',
    (outcome) => {
      expect(aftercare(rekeyed({ outcome }), ENDED)).toHaveLength(2);
    }
  );

  test.each(OUTCOMES)('nothing is told where no change was sent: %s', (outcome) => {
    expect(aftercare(rekeyed({ outcome, changed: false, changedTo: null }), ENDED)).toEqual([]);
  });

  test('nothing is told where the change failed, and the old key is still in force', () => {
    const failed = rekeyed({
      kind: 'firehose',
      outcome: 'failed',
      status: 'ENABLING_FAILED',
      key: { type: 'customer-managed', id: OLD }
    });
    expect(aftercare(failed, ENDED)).toEqual([]);
  });

  test('it is told where the key is in force although the step failed, as where no record could be put', () => {
    expect(aftercare(rekeyed({ outcome: 'failed' }), ENDED)).toHaveLength(2);
  });
});

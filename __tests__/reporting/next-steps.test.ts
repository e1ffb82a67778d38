import { describe, expect, test } from '@jest/globals';
import { OUTCOMES, type Result } from '../../src/encryption/model.ts';
import { isTargetInForce, nextSteps, previousKeyNeed } from '../../src/reporting/next-steps.ts';
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

const GRANT = `Producers need kms:GenerateDataKey on ${NEW} for a data stream; consumers need kms:Decrypt.`;
const keepUntil = (time: string, why = 'records written before the change stay encrypted with it for the retention') =>
  expect.stringContaining(`Keep the previous key ${OLD} enabled until at least ${time} UTC: ${why}`);
const KEEP = keepUntil('2026-03-03 22:30');
const ON_OLD = { key: { type: 'customer-managed', id: OLD } } as const;
const AWS_KEY = { type: 'aws-owned', id: AWS_ALIAS } as const;

describe('the next steps after a change are to keep the previous key, and to grant permissions on the new one', () => {
  test.each<[string, Partial<Result>, unknown[]]>([
    ['from one customer key to another', {}, [KEEP, GRANT]],
    ['with an impossible retention period', { previousKeyNeededHours: 1e300 }, [keepUntil('2027-03-01 22:30'), GRANT]],
    [
      'of a delivery stream',
      { kind: 'firehose', previousKeyNeededHours: 24 },
      [
        keepUntil('2026-03-02 22:30', 'Firehose keeps records for 24 h if it cannot decrypt them.'),
        `Producers need kms:GenerateDataKey and kms:Decrypt on ${NEW} for a delivery stream.`
      ]
    ],
    ['from no key', { outcome: 'enabled', previousKey: null }, [GRANT]],
    ['from a key that cannot be used', { previousKeyProblem: 'records cannot be read' }, [GRANT]],
    ['from the AWS key, which cannot be disabled', { previousKey: AWS_KEY }, [GRANT]],
    ['from a key of unknown type', { previousKey: { type: null, id: OLD } }, [KEEP, GRANT]],
    ['from a key whose need the service does not report', { previousKeyNeededHours: null }, [GRANT]],
    ['to the AWS key, which needs no permission', { target: AWS_KEY }, [KEEP]],
    ['that is in flight without a wait', { outcome: 'started', inFlight: true, key: null }, [KEEP, GRANT]],
    ['that is in flight at the deadline', { outcome: 'timed-out', inFlight: true, key: null }, [KEEP, GRANT]],
    ['that is in flight at the cancellation', { outcome: 'cancelled', inFlight: true, key: null }, [KEEP, GRANT]],
    ['that is in flight although the run failed', { outcome: 'failed', inFlight: true, ...ON_OLD }, [KEEP, GRANT]],
    ['that is in force although the run failed', { outcome: 'failed' }, [KEEP, GRANT]],
    ['that failed, with the previous key in force', { kind: 'firehose', outcome: 'failed', ...ON_OLD }, []]
  ])('%s', (_name, overrides, steps) => {
    expect(stepsAfter(rekeyed(overrides))).toEqual(steps);
  });

  test.each(OUTCOMES)('without a change there are none: %s', (outcome) => {
    expect(stepsAfter(rekeyed({ outcome, changed: false, target: null }))).toEqual([]);
  });

  test('permissions are named once, also if max-changes left other streams planned', () => {
    expect(stepsAfter(rekeyed(), rekeyed({ outcome: 'planned', changed: false }))).toEqual([KEEP, GRANT]);
  });

  test('a previous key that cannot be used does not hide that of another stream', () => {
    const other = rekeyed({ previousKey: { type: 'customer-managed', id: THIRD } });
    expect(stepsAfter(rekeyed({ previousKeyProblem: 'records cannot be read' }), other)[0]).toContain(THIRD);
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

describe('the target is in force', () => {
  const customer = (id: string) => ({ type: 'customer-managed', id }) as const;

  test.each<[string, Partial<Result>, boolean]>([
    ['by its ARN', { key: customer(NEW) }, true],
    ['by its id', { key: customer(NEW), target: customer(NEW.slice(NEW.indexOf('/') + 1)) }, true],
    ['by the ARN that an alias leads to', { key: customer('alias/new'), keyArn: NEW }, true],
    ['not if another key is', { key: customer(OLD) }, false],
    ['not if no key is known', { key: null }, false],
    ['not if no key was asked for', { key: customer(NEW), target: null }, false],
    ['if it is the AWS key, whatever its id', { key: { type: 'aws-owned', id: '' }, target: AWS_KEY }, true],
    ['not if it is the AWS key and a customer key is', { key: customer(AWS_ALIAS), target: AWS_KEY }, false]
  ])('%s', (_name, overrides, expected) => {
    expect(isTargetInForce(rekeyed({ keyArn: null, ...overrides }))).toBe(expected);
  });
});

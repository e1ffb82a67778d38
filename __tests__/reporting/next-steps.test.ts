import { describe, expect, test } from '@jest/globals';
import type { Result } from '../../src/encryption/model.ts';
import { isTargetInForce, nextSteps } from '../../src/reporting/next-steps.ts';
import { AWS_ALIAS, aliasArn, NEW, NEW_ID, OLD, OLD_ID, REGION, STREAM_ARN, THIRD } from '../support/account.ts';
import { result } from '../support/results.ts';

const ENDED_AT = new Date('2026-03-01T22:30:00Z');

function customer(id: string) {
  return { type: 'customer-managed', id } as const;
}

/** The result of a data stream that moved from one customer key to another. */
function rekeyed(overrides: Partial<Result> = {}): Result {
  const keys = { key: customer(NEW), previousKey: customer(OLD), target: customer(NEW) };
  return result({ arn: STREAM_ARN.kinesis, region: REGION, previousKeyNeededHours: 48, ...keys, ...overrides });
}

/** The next steps after these streams, all of which ended at the same time. */
function stepsAfter(...results: readonly Result[]): string[] {
  return nextSteps(results.map((result) => ({ result, endedAt: ENDED_AT })));
}

function keepUntil(time: string, why: string, key = `the previous key ${OLD}`): string {
  return `Keep ${key} enabled until at least 2026-03-${time} UTC: ${why}.`;
}

const AWS_KEY = { type: 'aws-owned', id: AWS_ALIAS } as const;
const GRANT = `Producers need kms:GenerateDataKey on ${NEW} for a data stream; consumers need kms:Decrypt.`;
const FIREHOSE_GRANT = `Producers need kms:GenerateDataKey and kms:Decrypt on ${NEW} for a delivery stream.`;
const RETENTION = 'records written before the change stay encrypted with it for the retention period of';
const KEEP = keepUntil('03 22:30', `${RETENTION} 48 h`);
const FIREHOSE_KEEP = keepUntil('02 22:30', 'Firehose keeps records for 24 h if it cannot decrypt them');
const A_YEAR = KEEP.replace('2026-03-03', '2027-03-01').replace('48 h', '1e+300 h');
const OF_FIREHOSE = { kind: 'firehose', arn: STREAM_ARN.firehose, previousKeyNeededHours: 24 } as const;

describe('the next steps after a change are to keep the previous key, and to grant permissions on the new one', () => {
  test.each<[string, Partial<Result>, readonly string[]]>([
    ['from one customer key to another', {}, [KEEP, GRANT]],
    ['with an impossible retention period', { previousKeyNeededHours: 1e300 }, [A_YEAR, GRANT]],
    ['of a delivery stream', OF_FIREHOSE, [FIREHOSE_KEEP, FIREHOSE_GRANT]],
    ['from no key', { outcome: 'enabled', previousKey: null }, [GRANT]],
    ['from a key that cannot be used', { previousKeyProblem: 'records cannot be read' }, [GRANT]],
    ['from the AWS key, which cannot be disabled', { previousKey: AWS_KEY }, [GRANT]],
    ['from a key whose need the service does not report', { previousKeyNeededHours: null }, [GRANT]],
    ['to the AWS key, which needs no permission', { target: AWS_KEY }, [KEEP]],
    ['that is in flight', { outcome: 'timed-out', inFlight: true, key: null }, [KEEP, GRANT]],
    ['that is in force although the run failed', { outcome: 'failed' }, [KEEP, GRANT]],
    ['that was not needed', { outcome: 'unchanged', changed: false }, []],
    ['that failed, with the previous key in force', { outcome: 'failed', key: customer(OLD) }, []]
  ])('%s', (_name, overrides, steps) => {
    expect(stepsAfter(rekeyed(overrides))).toEqual(steps);
  });

  test('a planned change needs the same permissions before it, which are named once', () => {
    const planned = rekeyed({ outcome: 'planned', changed: false });
    expect(stepsAfter(planned, planned)).toEqual([`Before the change: ${GRANT}`]);
    expect(stepsAfter(rekeyed(), planned)).toEqual([KEEP, GRANT]);
  });
});

describe('the next steps after changes of several streams', () => {
  const shared = (time: string, count: number, key?: string) =>
    keepUntil(time, `${count} streams were encrypted with it, and one of them needs it until then`, key);

  test('list a shared previous key once, in whatever form, with the latest time and the number of streams', () => {
    const longer = rekeyed({ previousKey: customer(OLD_ID), previousKeyNeededHours: 168 });
    const steps = stepsAfter(rekeyed(), longer, rekeyed(OF_FIREHOSE));
    expect(steps).toEqual([shared('08 22:30', 3), GRANT, FIREHOSE_GRANT]);
  });

  test('start from the end of each stream', () => {
    const later = new Date(ENDED_AT.getTime() + 3_600_000);
    const streams = [later, ENDED_AT].map((endedAt) => ({ result: rekeyed(), endedAt }));
    expect(nextSteps(streams)).toEqual([shared('03 23:30', 2), GRANT]);
  });

  test('list each previous and new key, the previous key that is needed longest first', () => {
    const onThird = { previousKey: customer(THIRD), previousKeyNeededHours: 72 };
    const keepThird = keepUntil('04 22:30', `${RETENTION} 72 h`, `the previous key ${THIRD}`);
    const toThird = rekeyed({ ...onThird, key: customer(THIRD), target: customer(THIRD) });
    expect(stepsAfter(rekeyed(), toThird)).toEqual([keepThird, KEEP, GRANT, GRANT.replace(NEW, THIRD)]);
  });

  test('say which streams still use a previous key', () => {
    const planned = rekeyed({ name: 'returns', outcome: 'planned', changed: false, key: customer(OLD_ID) });
    const waiting = { ...planned, name: 'clicks', outcome: 'skipped' } as const;
    const one = ' 1 other stream of this run still uses this key, and needs it for longer: returns.';
    const two = ' 2 other streams of this run still use this key, and need it for longer: returns, clicks.';
    expect(stepsAfter(rekeyed(), planned)[0]).toBe(`${KEEP}${one}`);
    expect(stepsAfter(rekeyed(), planned, waiting)[0]).toBe(`${KEEP}${two}`);
  });

  test('keep each key that a previous alias has pointed to', () => {
    const byAlias = rekeyed({ previousKey: { type: null, id: 'alias/app' } });
    const key = `each key that ${aliasArn('alias/app')} has pointed to`;
    expect(stepsAfter(byAlias, byAlias)).toEqual([shared('03 22:30', 2, key), GRANT]);
  });
});

test.each<[string, Partial<Result>, boolean]>([
  ['by its id', { target: customer(NEW_ID) }, true],
  ['by the ARN that an alias leads to', { key: customer('alias/new'), keyArn: NEW }, true],
  ['not if another key is', { key: customer(OLD) }, false],
  ['not if no key is known', { key: null }, false],
  ['not if no key was asked for', { target: null }, false],
  ['if it is the AWS key, whatever its id', { key: { type: 'aws-owned', id: '' }, target: AWS_KEY }, true],
  ['not if it is the AWS key and a customer key is', { key: customer(AWS_ALIAS), target: AWS_KEY }, false]
])('the target is in force %s', (_name, overrides, expected) => {
  expect(isTargetInForce(rekeyed({ keyArn: null, ...overrides }))).toBe(expected);
});

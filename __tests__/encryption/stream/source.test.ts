import { describe, expect, test } from '@jest/globals';
import type { Source } from '../../../src/encryption/model.ts';
import type { ResolvedCriteria } from '../../../src/encryption/stream/criteria.ts';
import type { ResolvedObservation } from '../../../src/encryption/stream/observation.ts';
import { judgeSource, planSource, type SourceView } from '../../../src/encryption/stream/source.ts';
import { NEW, OLD, REGION, STREAM_ARN, THIRD } from '../../support/account.ts';
import { active, DATA_STREAM, DATABASE, deleting, MSK_CLUSTER } from '../../support/observations.ts';
import { ANY, AWS_OWNED, approved, CUSTOMER_MANAGED, request, targetKey } from '../../support/requests.ts';
import {
  anyCustomerKey,
  anyKey,
  disabledNewKey,
  inUnknownStatus,
  newKey,
  notLookedUp,
  onNew,
  onOld,
  resolved,
  unresolved,
  viaAlias
} from '../../support/resolved-observations.ts';

const PARTICULAR_KEYS = [AWS_OWNED, CUSTOMER_MANAGED, targetKey(NEW), approved(NEW)];
const ANY_KEY = request({ criteria: ANY });
const notEncrypted = resolved(active());
const disabledKey = resolved(active(NEW), {
  type: 'customer-managed',
  problem: `the key ${NEW} is disabled: enable it`
});

function viewOf(observation: ResolvedObservation, criteria: ResolvedCriteria = newKey): SourceView {
  return { request: request({ criteria: targetKey(NEW) }), observation, criteria };
}

const UNSEEN = { unseen: `kinesis:DescribeStreamSummary for ${STREAM_ARN.kinesis}: not allowed` };

describe('the check of a delivery stream that reads from a data stream', () => {
  test.each([
    ['compliant', 'is encrypted with the key required', onNew, newKey],
    ['compliant', 'is encrypted with any key', onOld, anyKey],
    ['compliant', 'is encrypted with any customer key', onOld, anyCustomerKey],
    ['non-compliant', 'is not encrypted', notEncrypted, anyKey],
    ['non-compliant', 'is encrypted with another key', onOld, newKey],
    ['non-compliant', 'is encrypted with a disabled key', disabledKey, newKey],
    ['failed', 'has an unknown status', inUnknownStatus, newKey],
    ['failed', 'is being deleted', resolved(deleting()), anyKey],
    ['failed', 'cannot be compared, because the key could not be looked up', onOld, unresolved]
  ] as const)('is %s if the data stream %s, and names the data stream', (outcome, _, observation, criteria) => {
    const verdict = judgeSource(DATA_STREAM, viewOf(observation, criteria), ANY_KEY);
    expect(verdict.outcome).toBe(outcome);
    expect(verdict.message).toContain(`its source ${STREAM_ARN.kinesis}`);
  });

  test('is failed with the reason if the data stream cannot be seen', () => {
    expect(judgeSource(DATA_STREAM, UNSEEN, ANY_KEY)).toMatchObject({
      outcome: 'failed',
      message: `its source ${STREAM_ARN.kinesis} (KinesisStreamAsSource) cannot be judged: ${UNSEEN.unseen}`
    });
  });

  test('says that only the data stream can be encrypted', () => {
    expect(judgeSource(DATA_STREAM, viewOf(notEncrypted), ANY_KEY).message).toBe(
      `judged by its source ${STREAM_ARN.kinesis} (KinesisStreamAsSource): the stream is not encrypted: ` +
        'run mode encrypt to encrypt it. The delivery stream has no encryption of its own: only the source itself can be encrypted'
    );
  });

  test('warns about the data stream', () => {
    const { warnings } = judgeSource(DATA_STREAM, viewOf(notLookedUp, anyKey), ANY_KEY);
    expect(warnings).toEqual([expect.stringMatching(/^judged by its source: the key .* could not be looked up/)]);
  });
});

describe('the plan for a delivery stream that reads from a data stream', () => {
  test.each([
    ['is encrypted with the target key', onNew, newKey],
    ['is encrypted with any key', onOld, anyKey],
    ['is encrypted with the target key, which is disabled now', disabledKey, newKey]
  ])('is unchanged if the data stream %s', (_, observation, criteria) => {
    const verdict = planSource(DATA_STREAM, viewOf(observation, criteria), ANY_KEY);
    expect(verdict.outcome).toBe('unchanged');
    expect(verdict.message).toContain(`its source ${STREAM_ARN.kinesis}`);
    expect(verdict.warnings).toHaveLength(observation.key?.problem ? 1 : 0);
  });

  const ENCRYPT_IT = 'encrypt the source itself';
  const NOT_HERE = 'only the source itself can be encrypted';
  test.each([
    ['is not encrypted', notEncrypted, newKey, 'the stream is not encrypted', ENCRYPT_IT],
    ['is not encrypted, and any key will do', notEncrypted, anyKey, 'the stream is not encrypted', ENCRYPT_IT],
    ['is encrypted with another key', onOld, newKey, `encrypted with ${OLD}`, ENCRYPT_IT],
    ['is encrypted through an alias, which proves no key', viaAlias, newKey, 'may have been repointed', ENCRYPT_IT],
    ['would need a key that is disabled', onOld, disabledNewKey, 'is disabled', NOT_HERE],
    ['has an unknown status', inUnknownStatus, anyKey, 'REPAIRING', NOT_HERE]
  ])('is not-applicable if the data stream %s, and says what to encrypt', (_, observation, criteria, why, remedy) => {
    const { outcome, message } = planSource(DATA_STREAM, viewOf(observation, criteria), ANY_KEY);
    expect(outcome).toBe('not-applicable');
    expect(message).toContain(why);
    expect(message).toContain(`its source ${STREAM_ARN.kinesis}`);
    expect(message).toContain(`The delivery stream has no encryption of its own: ${remedy}`);
  });

  test('is failed if the key of the request cannot be resolved', () => {
    const { outcome, message } = planSource(DATA_STREAM, viewOf(onOld, unresolved), ANY_KEY);
    expect(outcome).toBe('failed');
    expect(message).toBe(`judged by its source ${STREAM_ARN.kinesis} (KinesisStreamAsSource): ${unresolved.why}`);
  });

  test('is not-applicable with the reason if the data stream cannot be seen', () => {
    expect(planSource(DATA_STREAM, UNSEEN, ANY_KEY)).toMatchObject({
      outcome: 'not-applicable',
      message:
        `its source ${STREAM_ARN.kinesis} (KinesisStreamAsSource) cannot be judged: ${UNSEEN.unseen}. ` +
        'The delivery stream has no encryption of its own: only the source itself can be encrypted'
    });
  });

  test('warns that no test record was put although the request verifies records', () => {
    const verifying = { ...ANY_KEY, verifyRecords: true };
    expect(planSource(DATA_STREAM, viewOf(onNew), verifying).warnings).toEqual([
      expect.stringContaining('no test record was put')
    ]);
    expect(planSource(DATA_STREAM, viewOf(notEncrypted), verifying).warnings ?? []).toEqual([]);
  });
});

describe('a delivery stream that reads from Amazon MSK', () => {
  test('matches if any key is required, because MSK always encrypts', () => {
    expect(judgeSource(MSK_CLUSTER, null, ANY_KEY)).toMatchObject({ outcome: 'compliant' });
    expect(planSource(MSK_CLUSTER, null, ANY_KEY)).toMatchObject({ outcome: 'unchanged' });
  });

  test.each(PARTICULAR_KEYS)('is not-applicable and names the cluster if the criteria are %j', (criteria) => {
    for (const decide of [judgeSource, planSource]) {
      const { outcome, message } = decide(MSK_CLUSTER, null, request({ criteria }));
      expect(outcome).toBe('not-applicable');
      expect(message).toContain(`${MSK_CLUSTER.arn} (MSKAsSource)`);
    }
  });
});

describe('a delivery stream that reads from another source', () => {
  const unknown: Source = { kind: 'other', type: 'SomethingNew', arn: null, endpoint: null };

  test.each([
    [DATABASE, 'db.example.com (DatabaseAsSource)'],
    [unknown, 'SomethingNew']
  ])('is not-applicable and names the source, whatever key is required', (source, name) => {
    for (const criteria of [ANY, ...PARTICULAR_KEYS]) {
      for (const decide of [judgeSource, planSource]) {
        expect(decide(source, null, request({ criteria }))).toMatchObject({
          outcome: 'not-applicable',
          message: `its source ${name} cannot be judged. The delivery stream has no encryption of its own: encrypt the source itself`
        });
      }
    }
  });
});

describe('the cause', () => {
  const other: Source = { ...DATA_STREAM, arn: STREAM_ARN.kinesis.replace(/[^/]+$/, 'clicks') };
  const denied = (arn: string | null) => ({
    unseen: `kinesis:DescribeStreamSummary for ${arn} in ${REGION}: AccessDeniedException: not authorized to perform: kinesis:DescribeStreamSummary on resource: ${arn}`
  });

  test.each([
    ['may not be described', denied(DATA_STREAM.arn), denied(other.arn)],
    ['are not encrypted', viewOf(notEncrypted), viewOf(notEncrypted)],
    ['are encrypted with different keys that are not the required one', viewOf(onOld), viewOf(resolved(active(THIRD)))],
    ['are encrypted with the same disabled key', viewOf(disabledKey), viewOf(disabledKey)]
  ])('is one for two sources that %s', (_, view, otherView) => {
    for (const decide of [judgeSource, planSource]) {
      const verdict = decide(DATA_STREAM, view, ANY_KEY);
      expect(verdict.cause).toBe(decide(other, otherView, ANY_KEY).cause);
      expect(verdict.message).toContain(STREAM_ARN.kinesis);
    }
  });
});

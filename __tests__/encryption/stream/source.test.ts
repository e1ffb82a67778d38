/** Decisions about delivery streams that read from a source. */

import { describe, expect, test } from '@jest/globals';
import type { Source } from '../../../src/encryption/model.ts';
import type { ResolvedCriteria } from '../../../src/encryption/stream/criteria.ts';
import type { ResolvedObservation } from '../../../src/encryption/stream/observation.ts';
import { judgeSource, planSource, type SourceView } from '../../../src/encryption/stream/source.ts';
import { NEW, OLD, REGION, STREAM_ARN, THIRD } from '../../support/account.ts';
import { active, DATA_STREAM, DATABASE, deleting, MSK_CLUSTER } from '../../support/observations.ts';
import { ANY, AWS_OWNED, approved, CUSTOMER_MANAGED, request, targetKey } from '../../support/requests.ts';
import {
  anyKey,
  disabledNewKey,
  inUnknownStatus,
  newKey,
  notEncrypted,
  notLookedUp,
  onNew,
  onOld,
  resolved,
  unresolved,
  viaAlias
} from '../../support/resolved-observations.ts';
import { says } from '../../support/stream-simulation.ts';

const PARTICULAR_KEYS = [AWS_OWNED, CUSTOMER_MANAGED, targetKey(NEW), approved(NEW)];
const ANY_KEY = request({ criteria: ANY });
const onDisabled = resolved(active(NEW), {
  type: 'customer-managed',
  problem: `the key ${NEW} is disabled: enable it`
});
const beingDeleted = resolved(deleting());
const UNSEEN = { unseen: `kinesis:DescribeStreamSummary for ${STREAM_ARN.kinesis}: not allowed` };

const NAME = `its source ${STREAM_ARN.kinesis} (KinesisStreamAsSource)`;
const JUDGED = `judged by ${NAME}: the stream is`;
const UNJUDGED = `${NAME} cannot be judged: ${UNSEEN.unseen}`;
const NO_ENCRYPTION = 'The delivery stream has no encryption of its own';
const NOT_HERE = `. ${NO_ENCRYPTION}: only the source itself can be encrypted`;
const ENCRYPT_IT = `. ${NO_ENCRYPTION}: encrypt the source itself`;
const OF_NO_USE = 'leave the delivery stream out of the run, or delete it as well';

function viewOf(observation: ResolvedObservation, criteria: ResolvedCriteria = newKey): SourceView {
  return { request: request({ criteria: targetKey(NEW) }), observation, criteria };
}

describe('judgeSource, if the data stream', () => {
  test.each([
    ['is encrypted as required', onNew, newKey, 'compliant', `${JUDGED} encrypted with ${NEW}`],
    ['is not encrypted', notEncrypted, newKey, 'non-compliant', says(`${JUDGED} not encrypted: run mode`, NOT_HERE)],
    ['has another key', onOld, newKey, 'non-compliant', says(`${JUDGED} encrypted with ${OLD}, but must be`, NOT_HERE)],
    ['has a disabled key', onDisabled, newKey, 'non-compliant', says(`${NEW} is disabled`, NOT_HERE)],
    ['has an unknown status', inUnknownStatus, newKey, 'failed', says(NAME, 'REPAIRING')],
    ['is being deleted', beingDeleted, anyKey, 'failed', says(NAME, `is being deleted: ${OF_NO_USE}`)],
    ['cannot be compared', onOld, unresolved, 'failed', `judged by ${NAME}: ${unresolved.why}`]
  ])('%s', (_, observation, criteria, outcome, message) => {
    const expected = { outcome, message, cause: says('judged by its source: ') };
    expect(judgeSource(DATA_STREAM, viewOf(observation, criteria), ANY_KEY)).toMatchObject(expected);
  });

  test('cannot be seen, is failed with the reason', () => {
    expect(judgeSource(DATA_STREAM, UNSEEN, ANY_KEY)).toMatchObject({ outcome: 'failed', message: UNJUDGED });
  });

  test('has a key that could not be looked up, warns', () => {
    const { warnings } = judgeSource(DATA_STREAM, viewOf(notLookedUp, anyKey), ANY_KEY);
    expect(warnings).toEqual([expect.stringMatching(/^judged by its source: the key .* could not be looked up/)]);
  });
});

describe('planSource, if the data stream', () => {
  test.each([
    ['is encrypted as required', onNew, []],
    ['has the target key, which is disabled now', onDisabled, [says('judged by its source: ', 'is disabled')]]
  ])('%s, is unchanged', (_, observation, warnings) => {
    const message = says(`judged by ${NAME}: the stream is already encrypted with ${NEW}`);
    const verdict = planSource(DATA_STREAM, viewOf(observation), ANY_KEY);
    expect(verdict).toEqual({ outcome: 'unchanged', message, warnings });
  });

  test.each([
    ['is not encrypted', notEncrypted, newKey, `${JUDGED} not encrypted${ENCRYPT_IT}`],
    ['is not encrypted, any key required', notEncrypted, anyKey, `${JUDGED} not encrypted${ENCRYPT_IT}`],
    ['has another key', onOld, newKey, `${JUDGED} encrypted with ${OLD}${ENCRYPT_IT}`],
    ['is encrypted through an alias', viaAlias, newKey, says('may have been repointed', ENCRYPT_IT)],
    ['would need a key that is disabled', onOld, disabledNewKey, says(NAME, 'is disabled', NOT_HERE)],
    ['has an unknown status', inUnknownStatus, anyKey, says(NAME, 'REPAIRING', NOT_HERE)],
    ['is being deleted', beingDeleted, anyKey, says(NAME, 'the data stream is being deleted.', OF_NO_USE)]
  ])('%s, is not-applicable and says what to encrypt', (_, observation, criteria, message) => {
    const verdict = planSource(DATA_STREAM, viewOf(observation, criteria), ANY_KEY);
    const cause = says('judged by its source: ', NO_ENCRYPTION);
    expect(verdict).toMatchObject({ outcome: 'not-applicable', message, cause });
  });

  test('cannot be seen, is not-applicable with the reason', () => {
    const expected = { outcome: 'not-applicable', message: `${UNJUDGED}${NOT_HERE}` };
    expect(planSource(DATA_STREAM, UNSEEN, ANY_KEY)).toMatchObject(expected);
  });

  test('cannot be compared, because the key of the request cannot be resolved, is failed', () => {
    const expected = { outcome: 'failed', message: `judged by ${NAME}: ${unresolved.why}` };
    expect(planSource(DATA_STREAM, viewOf(onOld, unresolved), ANY_KEY)).toMatchObject(expected);
  });

  test('needs no change, warns that no test record was put although the request verifies records', () => {
    const verifying = { ...ANY_KEY, verifyRecords: true };
    const { warnings } = planSource(DATA_STREAM, viewOf(onDisabled), verifying);
    expect(warnings).toEqual([says('is disabled'), says('no test record was put')]);
    expect(planSource(DATA_STREAM, viewOf(notEncrypted), verifying).warnings).toBeUndefined();
  });
});

describe('a delivery stream that reads from another source', () => {
  test('Amazon MSK, matches if any key is required, because MSK always encrypts', () => {
    expect(judgeSource(MSK_CLUSTER, null, ANY_KEY)).toMatchObject({ outcome: 'compliant' });
    expect(planSource(MSK_CLUSTER, null, ANY_KEY)).toMatchObject({ outcome: 'unchanged' });
  });

  const unknown: Source = { kind: 'other', type: 'SomethingNew', arn: null, endpoint: null };

  test.each([
    ['Amazon MSK', MSK_CLUSTER, PARTICULAR_KEYS, says(`${MSK_CLUSTER.arn} (MSKAsSource)`, 'a setting of the cluster')],
    [
      'a database',
      DATABASE,
      [ANY, ...PARTICULAR_KEYS],
      `its source db.example.com (DatabaseAsSource) cannot be judged${ENCRYPT_IT}`
    ],
    ['an unknown source', unknown, [ANY], `its source SomethingNew cannot be judged${ENCRYPT_IT}`]
  ])('%s, is not-applicable and names the source', (_, source, allCriteria, message) => {
    for (const criteria of allCriteria) {
      for (const decide of [judgeSource, planSource]) {
        const verdict = decide(source, null, request({ criteria }));
        expect(verdict).toMatchObject({ outcome: 'not-applicable', message });
      }
    }
  });
});

describe('the cause is one for two sources that', () => {
  const other: Source = { ...DATA_STREAM, arn: STREAM_ARN.kinesis.replace(/[^/]+$/, 'clicks') };
  const denied = (arn: string | null) => ({
    unseen: `kinesis:DescribeStreamSummary for ${arn} in ${REGION}: AccessDeniedException: not authorized to perform: kinesis:DescribeStreamSummary on resource: ${arn}`
  });

  test.each([
    ['may not be described', denied(DATA_STREAM.arn), denied(other.arn)],
    ['are not encrypted', viewOf(notEncrypted), viewOf(notEncrypted)],
    ['are encrypted with different keys that are not the required one', viewOf(onOld), viewOf(resolved(active(THIRD)))],
    ['are encrypted with the same disabled key', viewOf(onDisabled), viewOf(onDisabled)]
  ])('%s', (_, view, otherView) => {
    for (const decide of [judgeSource, planSource]) {
      const { cause, message } = decide(DATA_STREAM, view, ANY_KEY);
      expect(cause).toBe(decide(other, otherView, ANY_KEY).cause);
      expect(message).toContain(STREAM_ARN.kinesis);
    }
  });
});

import { describe, expect, test } from '@jest/globals';
import {
  isProof,
  whyDifferentStream,
  whyElsewhere,
  whyNotEncryptable
} from '../../../src/encryption/stream/observation.ts';
import { ACCOUNT, OTHER_ACCOUNT, REGION, STREAM_ARN } from '../../support/account.ts';
import { active, deleting, notCreated } from '../../support/observations.ts';
import {
  awsKeyTarget,
  newTarget,
  notLookedUp,
  onAwsKey,
  onNew,
  onOld,
  resolved,
  viaAlias,
  withoutKeyId
} from '../../support/resolved-observations.ts';

const ARN = STREAM_ARN.kinesis;
const ELSEWHERE = ARN.replace(ACCOUNT, OTHER_ACCOUNT);
const IN_GOV_CLOUD = ARN.replace('arn:aws:', 'arn:aws-us-gov:');

describe('isProof', () => {
  test.each([
    ['encrypted with the target key', onNew, newTarget, true],
    ['encrypted with the AWS key', onAwsKey, awsKeyTarget, true],
    ['encrypted with another key', onOld, newTarget, false],
    ['not encrypted', resolved(active()), newTarget, false],
    ['not encrypted, although the target key is reported', { ...onNew, encrypted: 'false' } as const, newTarget, false],
    ['encrypted with a key without an id', withoutKeyId, newTarget, false],
    ['on the target key with a change in flight', { ...onNew, phase: 'changing' } as const, newTarget, false],
    ['on the target key in an unknown status', { ...onNew, phase: 'unclear' } as const, newTarget, false],
    ['encrypted through an alias of the target key', viaAlias, newTarget, false],
    ['encrypted with a key that may be the AWS key', notLookedUp, awsKeyTarget, false]
  ])('of a stream %s', (_, observation, target, proof) => {
    expect(isProof(observation, target)).toBe(proof);
  });
});

test('an answer is about a different stream only if its ARN differs in more than the partition', () => {
  const requested = { kind: 'kinesis', name: 'orders', arn: ARN } as const;
  expect(whyDifferentStream({ ...requested, arn: null }, ELSEWHERE)).toBeNull();
  expect(whyDifferentStream(requested, IN_GOV_CLOUD)).toBeNull();
  expect(whyDifferentStream(requested, ELSEWHERE)).toBe(
    `${ARN} is in account ${ACCOUNT}, but the credentials reach ${ELSEWHERE} in account ${OTHER_ACCOUNT}: use credentials of account ${ACCOUNT}`
  );
});

test('an answer is elsewhere if it is about another region, or another account than earlier answers', () => {
  expect(whyElsewhere(ARN, REGION, null)).toBeNull();
  expect(whyElsewhere(ARN, REGION, IN_GOV_CLOUD)).toBeNull();
  expect(whyElsewhere(ARN.replace(REGION, 'sa-east-1'), REGION, null)).toContain('sa-east-1');
  expect(whyElsewhere(ELSEWHERE, REGION, ARN)).toContain(`${ARN} and ${ELSEWHERE}`);
});

describe('whyNotEncryptable', () => {
  const broken = { reason: 'DISK: full', advice: '', isRetryable: false };
  const deleted = resolved(deleting());
  const undeletable = 'the stream could not be deleted (DISK: full)';
  const uncreated = 'the stream could not be created';

  test.each([
    ['is being deleted', deleted, 'the stream is being deleted: create it again, or leave it out of the run'],
    ['could not be deleted', { ...deleted, failure: broken }, `${undeletable}: delete it again`],
    [
      'could not be deleted, with advice',
      { ...deleted, failure: { ...broken, advice: 'Free it' } },
      `${undeletable}: Free it. Then delete it again`
    ],
    [
      'could not be created',
      { ...resolved(notCreated()), failure: null },
      `${uncreated}: delete it and create it again`
    ],
    [
      'could not be created, with advice',
      resolved(notCreated()),
      `${uncreated} (KMS_ACCESS_DENIED: no access): Fix it. Then delete it and create it again`
    ]
  ])('fails a named stream that %s', (_, observation, why) => {
    expect(whyNotEncryptable(observation, true)).toEqual({ action: 'fail', why });
  });

  test('of a stream that a glob or tags selected is not-applicable if it is being deleted', () => {
    expect(whyNotEncryptable(deleted, false)).toEqual({ action: 'not-applicable', why: 'the stream is being deleted' });
    expect(whyNotEncryptable(resolved(notCreated()), false)).toMatchObject({ action: 'fail' });
    expect(whyNotEncryptable(onOld, false)).toBeNull();
  });
});

import { describe, expect, test } from '@jest/globals';
import {
  isProof,
  whyDifferentStream,
  whyElsewhere,
  whyNotEncryptable
} from '../../../src/encryption/stream/observation.ts';
import { ACCOUNT, NEW, OTHER_ACCOUNT, REGION, STREAM_ARN } from '../../support/account.ts';
import { active, deleting, notCreated, updating } from '../../support/observations.ts';
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

describe('isProof', () => {
  test.each([
    ['encrypted with the target key', onNew, newTarget, true],
    ['encrypted with the AWS key', onAwsKey, awsKeyTarget, true],
    ['encrypted with another key', onOld, newTarget, false],
    ['not encrypted', resolved(active()), newTarget, false],
    ['not encrypted, although the target key is reported', { ...onNew, encrypted: 'false' } as const, newTarget, false],
    ['encrypted with a key without an id', withoutKeyId, newTarget, false],
    ['on the target key with a change in flight', resolved(updating(NEW)), newTarget, false],
    ['on the target key in an unknown status', { ...onNew, phase: 'unclear' } as const, newTarget, false],
    ['encrypted through an alias of the target key', viaAlias, newTarget, false],
    ['encrypted with a key that may be the AWS key', notLookedUp, awsKeyTarget, false]
  ])('of a stream %s', (_, observation, target, proof) => {
    expect(isProof(observation, target)).toBe(proof);
  });
});

describe('whyDifferentStream', () => {
  const requested = { kind: 'kinesis', name: 'orders', arn: STREAM_ARN.kinesis } as const;

  test('accepts any ARN for a stream that is given by its name', () => {
    expect(whyDifferentStream({ ...requested, arn: null }, STREAM_ARN.kinesis)).toBeNull();
  });

  test('accepts the ARN that was given', () => {
    expect(whyDifferentStream(requested, STREAM_ARN.kinesis)).toBeNull();
  });

  test('rejects an ARN of another account and names both accounts', () => {
    const why = whyDifferentStream(requested, STREAM_ARN.kinesis.replace(ACCOUNT, OTHER_ACCOUNT));
    expect(why).toContain(`in account ${ACCOUNT}`);
    expect(why).toContain(`in account ${OTHER_ACCOUNT}`);
  });

  test('accepts an ARN that differs in its partition alone', () => {
    expect(whyDifferentStream(requested, STREAM_ARN.kinesis.replace('arn:aws:', 'arn:aws-us-gov:'))).toBeNull();
  });
});

describe('whyElsewhere', () => {
  const ARN = STREAM_ARN.kinesis;

  test('is null for a stream in the region of the run, whatever the partition says', () => {
    expect(whyElsewhere(ARN, REGION, null)).toBeNull();
    expect(whyElsewhere(ARN, REGION, ARN.replace('arn:aws:', 'arn:aws-us-gov:'))).toBeNull();
  });

  test('names the region of a stream in another region', () => {
    expect(whyElsewhere(ARN.replace(REGION, 'sa-east-1'), REGION, null)).toContain('sa-east-1');
  });

  test('names both streams if the answers of a run are about different accounts', () => {
    const other = ARN.replace(ACCOUNT, OTHER_ACCOUNT);
    expect(whyElsewhere(other, REGION, ARN)).toContain(`${ARN} and ${other}`);
  });
});

describe('whyNotEncryptable', () => {
  const broken = { reason: 'DISK: full', advice: '', isRetryable: false };
  const gone = resolved(deleting());

  test.each([
    ['being deleted', gone, 'the stream is being deleted: create it again, or leave it out of the run'],
    [
      'whose deletion failed',
      { ...gone, failure: broken },
      'the stream could not be deleted (DISK: full): delete it again'
    ],
    [
      'whose deletion failed, with advice',
      { ...gone, failure: { ...broken, advice: 'Free it' } },
      'the stream could not be deleted (DISK: full): Free it. Then delete it again'
    ],
    [
      'whose creation failed',
      { ...resolved(notCreated()), failure: null },
      'the stream could not be created: delete it and create it again'
    ],
    [
      'whose creation failed, with advice',
      resolved(notCreated()),
      'the stream could not be created (KMS_ACCESS_DENIED: no access): Fix it. Then delete it and create it again'
    ]
  ])('fails a named stream %s', (_, observation, why) => {
    expect(whyNotEncryptable(observation, true)).toEqual({ action: 'fail', why });
  });

  test('a selected stream that is being deleted is not applicable', () => {
    expect(whyNotEncryptable(gone, false)).toEqual({ action: 'not-applicable', why: 'the stream is being deleted' });
  });

  test('is null for any other stream', () => {
    expect(whyNotEncryptable(onOld, true)).toBeNull();
  });
});

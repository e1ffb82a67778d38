/** Streams that are moved only off the keys of `from-key-id`. */

import { describe, expect, test } from '@jest/globals';
import type { FromKey, KeyCriteria, Observation } from '../../../src/encryption/model.ts';
import {
  AWS_ALIAS,
  AWS_MANAGED,
  aliasArn,
  awsManagedKey,
  customerKey,
  disabledKey,
  NEW,
  NEW_ID,
  OLD,
  OLD_ID,
  THIRD,
  THIRD_ID
} from '../../support/account.ts';
import {
  active,
  disabled,
  enabled,
  enablingFailed,
  grantNotSpread,
  suspended,
  updating
} from '../../support/observations.ts';
import { AWS_OWNED, fromKeys, targetKey } from '../../support/requests.ts';
import { endsAfter } from '../../support/simulated-stream.ts';
import {
  expectRun,
  later,
  nothing,
  refusesKey,
  type SetUp,
  says,
  starts,
  withKey,
  withoutDescribeKey
} from '../../support/stream-simulation.ts';

const TO_NEW = { criteria: targetKey(NEW) } as const;
const SKIPPED = { outcome: 'skipped', changed: false };
const FAILED = { outcome: 'failed', changed: false };
const ANY_KEY = fromKeys('any');
const ARN_OF_ALIAS = aliasArn('alias/old');
const otherAlias = withKey(customerKey(OLD), 'alias/other-old');
const gone = (id: string) => refusesKey(id, 'missing');
const denied = refusesKey('alias/x', 'denied', 'not allowed to kms:DescribeKey alias/x');
const withoutKeyId = { ...active(OLD), key: null };

type Row = [what: string, stream: Observation, from: readonly FromKey[], given?: SetUp];

describe('a stream on one of the keys of from-key-id', () => {
  test.each<Row>([
    ['given by its id, ARN reported', active(OLD), fromKeys(OLD_ID)],
    ['given by its ARN, id reported', active(OLD_ID), fromKeys(OLD)],
    ['given by an alias ARN, ARN reported', enabled(OLD), fromKeys(ARN_OF_ALIAS)],
    ['given by its ARN, alias reported', active('alias/old'), fromKeys(OLD)],
    ['given by the same alias, alias ARN reported', active(ARN_OF_ALIAS), fromKeys('alias/old')],
    ['given by another alias', active('alias/old'), fromKeys('alias/other-old'), otherAlias],
    ['one of several', active(OLD), fromKeys(THIRD, 'alias/old')],
    ['beside an alias that may not be looked up', active(OLD), fromKeys('alias/x', OLD), denied],
    ['the AWS key', active(AWS_ALIAS), fromKeys('aws-owned')],
    ['the AWS key, ARN reported', active(AWS_MANAGED), fromKeys('aws-owned')],
    ['the AWS owned key of Firehose', enabled(), fromKeys('aws-owned')],
    ['the AWS alias for Kinesis', active(AWS_ALIAS), fromKeys(AWS_ALIAS)],
    ['the AWS managed key given by its ARN, alias reported', active(AWS_ALIAS), fromKeys(AWS_MANAGED)],
    ['any key', active(OLD), ANY_KEY],
    ['any key, in a failed status', enablingFailed(), ANY_KEY],
    ['any key, in an unknown status', suspended(), ANY_KEY]
  ])('is moved: %s', async (_, stream, from, given = nothing) => {
    for (const named of [true, false]) {
      const options = { ...TO_NEW, from, named, given };
      await expectRun(
        stream,
        { ...options, mode: 'plan', sent: [] },
        { outcome: 'planned', changed: false, warnings: [] }
      );
      await expectRun(stream, { ...options, sent: [NEW] }, { outcome: 'rekeyed', key: { id: NEW }, warnings: [] });
    }
  });

  test.each<Row>([
    ['the key is disabled', active(OLD), fromKeys('alias/old'), withKey(disabledKey(OLD), 'alias/old')],
    ['the key no longer exists', active(OLD_ID), fromKeys(OLD_ID), gone(OLD_ID)],
    ['the alias no longer exists', active('alias/gone'), fromKeys('alias/gone'), gone('alias/gone')],
    ['the ARN may not be looked up', enabled(OLD), fromKeys(OLD), withoutDescribeKey],
    ['its id may not be looked up', active(OLD), fromKeys(THIRD, OLD_ID), withoutDescribeKey],
    ['its alias may not be looked up', active('alias/old'), fromKeys(ARN_OF_ALIAS), withoutDescribeKey],
    ['an alias of the target may not be looked up', active('alias/new'), fromKeys('alias/new'), withoutDescribeKey],
    ['the AWS key may not be looked up', active(AWS_ALIAS), fromKeys('aws-owned'), withoutDescribeKey]
  ])('is moved even if %s', async (_, stream, from, given = nothing) => {
    await expectRun(stream, { ...TO_NEW, from, given, sent: [NEW] }, { outcome: 'rekeyed' });
  });

  test('is moved to the AWS key', () =>
    expectRun(active(OLD), { criteria: AWS_OWNED, from: fromKeys(OLD), sent: [AWS_ALIAS] }, { outcome: 'rekeyed' }));

  test('gets a second attempt after a failed grant: the stream is still on its previous key', () => {
    const given = starts(endsAfter(1_000, grantNotSpread()));
    const options = { ...TO_NEW, from: fromKeys(OLD), named: false, given, sent: [NEW, NEW] };
    return expectRun(enabled(OLD), options, { outcome: 'rekeyed', previousKey: { id: OLD } });
  });
});

test.each<[string, Observation, KeyCriteria, readonly FromKey[]]>([
  ['its ARN', active(NEW), targetKey(NEW), fromKeys(OLD)],
  ['its id', active(NEW_ID), targetKey('alias/new'), ANY_KEY],
  ['the AWS key', active(AWS_ALIAS), AWS_OWNED, fromKeys('alias/old')]
])('a stream on the target key is unchanged, whatever from-key-id is: %s', async (_, stream, criteria, from) => {
  await expectRun(stream, { criteria, from, named: false, sent: [] }, { outcome: 'unchanged', warnings: [] });
});

describe('a stream on no key of from-key-id', () => {
  test.each<Row>([
    ['not encrypted', active(), fromKeys(OLD)],
    ['not encrypted, from-key-id any', disabled(), ANY_KEY],
    ['on another customer key, id reported', active(THIRD_ID), fromKeys(OLD_ID, 'alias/old')],
    ['on another customer key, alias reported', active('alias/third'), fromKeys(OLD, 'alias/old')],
    ['on a customer key, from-key-id aws-owned', active(THIRD), fromKeys('aws-owned')],
    ['on the AWS key', active(AWS_ALIAS), fromKeys(OLD, 'alias/old')],
    ['on the AWS owned key of Firehose', enabled(), fromKeys(OLD, AWS_MANAGED, AWS_ALIAS)],
    ['on an alias of the target key', active('alias/new'), fromKeys(OLD)]
  ])('is skipped without a warning: %s', async (_, stream, from) => {
    const skipped = { ...SKIPPED, encrypted: stream.encrypted, warnings: [] };
    await expectRun(stream, { ...TO_NEW, from, sent: [] }, skipped);
    await expectRun(stream, { ...TO_NEW, from, named: false, mode: 'plan' }, skipped);
  });

  test.each<Row>([
    ['its key may not be looked up', enabled(THIRD), fromKeys(OLD, OLD_ID), withoutDescribeKey],
    ['its key and that of from-key-id no longer exist', active(OLD), fromKeys('alias/gone'), gone(OLD)],
    ['its alias no longer exists', active('alias/gone'), fromKeys(OLD, 'alias/old')],
    ['another change moved it during the run', updating(OLD), fromKeys(OLD), later(3_000, active(THIRD))],
    ['the target key is disabled', active(THIRD), fromKeys(OLD), withKey(disabledKey(NEW))]
  ])('is skipped even if %s', async (_, stream, from, given = nothing) => {
    await expectRun(stream, { ...TO_NEW, from, given, sent: [] }, SKIPPED);
  });

  test('does not include the AWS managed key if the target is the key that Firehose owns', async () => {
    const options = { criteria: AWS_OWNED, from: fromKeys(AWS_MANAGED), given: withKey(awsManagedKey(AWS_MANAGED)) };
    const { keys } = await expectRun(enabled(OLD), options, { outcome: 'skipped' });
    expect(keys.described).toEqual([OLD]);
  });

  test.each([
    [active(THIRD), `the stream is encrypted with ${THIRD}, which is not in from-key-id: not changed`],
    [enabled(), 'the stream is encrypted with the AWS owned key, which is not in from-key-id: not changed'],
    [active(), 'the stream is not encrypted, so it is on none of the keys in from-key-id']
  ])('is skipped with a message that names its key: %#', async (stream, message) => {
    await expectRun(stream, { ...TO_NEW, from: fromKeys(OLD) }, { outcome: 'skipped', message });
  });
});

describe('a stream that may be on one of the keys of from-key-id', () => {
  const asked = (inForce: string, id: string) =>
    says(`whether ${inForce} is one of from-key-id`, `not allowed to kms:DescribeKey ${id}`);
  const inStatus = (status: string) => says(`the status ${status}`, 'set from-key-id: any to change it anyway');

  test.each<[string, Observation, readonly FromKey[], unknown, SetUp?]>([
    ['an alias in force', active('alias/x'), fromKeys(OLD), asked('alias/x', 'alias/x'), withoutDescribeKey],
    ['an alias in from-key-id', active(THIRD), fromKeys('alias/x'), asked(THIRD, 'alias/x'), withoutDescribeKey],
    ['an alias beside another key', active(THIRD), fromKeys('alias/x', OLD), asked(THIRD, 'alias/x'), denied],
    ['from-key-id aws-owned', active(OLD), fromKeys('aws-owned'), asked(OLD, OLD), withoutDescribeKey],
    ['the AWS key in force', active(AWS_ALIAS), fromKeys(OLD), asked(AWS_ALIAS, OLD), withoutDescribeKey],
    ['a failed status', enablingFailed(), fromKeys(OLD, 'aws-owned'), inStatus('ENABLING_FAILED')],
    ['an unknown status', suspended(), fromKeys(OLD, 'aws-owned'), inStatus('SUSPENDED')],
    ['no key id', withoutKeyId, fromKeys(OLD), says('whether an unidentified key is one of from-key-id')],
    ['no key id, from-key-id any', withoutKeyId, ANY_KEY, says('whether an unidentified key is the target key')]
  ])('fails and says why: %s', async (_, stream, from, message, given = nothing) => {
    for (const named of [true, false]) {
      await expectRun(stream, { ...TO_NEW, from, named, given, sent: [] }, { ...FAILED, message });
    }
  });

  test('fails if the key in force may be the AWS key, which is the target', () => {
    const options = { criteria: AWS_OWNED, from: fromKeys(OLD), given: withoutDescribeKey, sent: [] };
    return expectRun(active(OLD), options, { ...FAILED, message: says(`whether ${OLD} is the target key`) });
  });
});

/** What a run says about keys that are expiring, unusable or unknown, and which keys it looks up. */

import { describe, expect, test } from '@jest/globals';
import type { FromKey, KeyDescription, Observation } from '../../../src/encryption/model.ts';
import {
  ACCOUNT,
  AWS_ALIAS,
  AWS_MANAGED,
  aliasArn,
  customerKey,
  disabledKey,
  keyArn,
  NEW,
  NEW_ID,
  OLD,
  OLD_ID,
  OTHER_ACCOUNT,
  STREAM_ARN,
  THIRD,
  THIRD_ID
} from '../../support/account.ts';
import {
  active,
  DATA_STREAM,
  disabled,
  enabled,
  enablingFailed,
  updating,
  withSource
} from '../../support/observations.ts';
import { ANY, AWS_OWNED, approved, fromKeys, targetKey } from '../../support/requests.ts';
import { endsAfter, NEVER_ENDS, reports, succeedsAfter } from '../../support/simulated-stream.ts';
import {
  expectRun,
  later,
  type RunOptions,
  refusesKey,
  type SetUp,
  says,
  starts,
  withKey,
  withoutDescribeKey
} from '../../support/stream-simulation.ts';

const TO_NEW = { criteria: targetKey(NEW) } as const;
const never = starts(succeedsAfter(NEVER_ENDS));

describe('a previous key that cannot be used', () => {
  const UNREADABLE = 'records written before the change cannot be read';
  const deletionDate = new Date('2026-12-04T09:30:00Z');
  const pendingDeletion = customerKey(OLD, { state: 'PendingDeletion', deletionDate });
  const cancelDeletion = 'cancel its deletion before 2026-12-04 09:30 UTC';

  test.each([
    ['disabled', active(OLD), withKey(disabledKey(OLD)), 'is enabled again'],
    [
      'disabled, reported by its alias',
      active('alias/old'),
      withKey(disabledKey(OLD), 'alias/old'),
      'is enabled again'
    ],
    ['pending deletion, reported by its id', active(OLD_ID), withKey(pendingDeletion), cancelDeletion],
    ['gone', enabled(OLD), refusesKey(OLD, 'missing'), `KMS does not know the key ${OLD} any more`]
  ])('gets a warning that says what older records need: %s', async (_, stream, given, remedy) => {
    const problem = says(UNREADABLE, remedy);
    const expected = { outcome: 'rekeyed', previousKeyProblem: problem, warnings: [problem] };
    await expectRun(stream, { ...TO_NEW, given }, expected);
  });

  test.each([
    ['planned', { mode: 'plan' }],
    ['started', { wait: false }],
    ['timed-out', { timeoutMs: 3_000 }]
  ] as const)('gets the warning if the change is only %s', async (outcome, overrides) => {
    const given = [withKey(disabledKey(OLD)), never];
    await expectRun(active(OLD), { ...TO_NEW, ...overrides, given }, { outcome, warnings: [says(UNREADABLE)] });
  });

  test('is not said to be unusable if it could not be looked up', () => {
    const given = refusesKey(OLD, 'denied');
    return expectRun(active(OLD), { ...TO_NEW, given }, { outcome: 'rekeyed', previousKeyProblem: null });
  });
});

describe('a warning about a key', () => {
  const OUTCOMES = {
    inForce: { encrypt: 'unchanged', plan: 'unchanged', check: 'compliant' },
    notInForce: { encrypt: 'rekeyed', plan: 'planned', check: 'non-compliant' },
    notEncrypted: { encrypt: 'enabled', plan: 'planned', check: 'non-compliant' }
  };
  const validTo = new Date('2027-01-15T12:00:00Z');
  const expiring = [OLD, NEW, THIRD].map((arn) => withKey(customerKey(arn, { validTo })));

  describe.each([
    ['whose imported material expires', expiring, (arn: string) => says(`the key ${arn} expires on 2027-01-15 12:00`)],
    [
      'that could not be looked up',
      withoutDescribeKey,
      (arn: string) => says(`the key ${arn} could not be looked up`, 'not allowed to kms:DescribeKey')
    ]
  ])('%s', (_kind, given, warning) => {
    test.each([
      ['is given if it is in force and required', active(NEW), 'inForce', [NEW]],
      ['is given once if the stream reports its id', active(NEW_ID), 'inForce', [NEW]],
      ['is given for the key in force and for the required one', enabled(OLD), 'notInForce', [OLD, NEW]],
      ['is given if the stream is not encrypted yet', disabled(), 'notEncrypted', [NEW]]
    ] as const)('%s', async (_, stream, outcomes, keys) => {
      const warnings = keys.map(warning);
      for (const mode of ['encrypt', 'plan', 'check'] as const) {
        await expectRun(stream, { ...TO_NEW, mode, given }, { outcome: OUTCOMES[outcomes][mode], warnings });
      }
    });

    test.each<[string, RunOptions]>([
      ['skipped', { ...TO_NEW, from: fromKeys(OLD) }],
      ['unchanged', { criteria: ANY }],
      ['compliant', { criteria: ANY, mode: 'check' }]
    ])('is given on a stream that is %s', async (outcome, options) => {
      await expectRun(active(THIRD), { ...options, given }, { outcome, warnings: [warning(THIRD)] });
    });
  });

  test('stays if the change fails', () => {
    const given = [...expiring, starts(endsAfter(1_000, enablingFailed()))];
    return expectRun(
      enabled(),
      { ...TO_NEW, given },
      { outcome: 'failed', warnings: [says(`the key ${NEW} expires`)] }
    );
  });

  test('is not given for the AWS key', () => {
    const options = { criteria: AWS_OWNED, given: withoutDescribeKey };
    return expectRun(active(AWS_ALIAS), options, { outcome: 'unchanged', warnings: [] });
  });
});

describe('without kms:DescribeKey', () => {
  const given = withoutDescribeKey;
  const elsewhere = STREAM_ARN.kinesis.replace(ACCOUNT, OTHER_ACCOUNT);
  const byArn = { stream: { kind: 'kinesis', name: 'orders', arn: elsewhere } } as const;

  test.each([
    ['its ARN in force', active(NEW), NEW, []],
    ['its id in force and required', active(NEW_ID), NEW_ID, []],
    ['its ARN reported by Firehose, its id required', enabled(NEW), NEW_ID, []],
    ['an alias in force', active('alias/old'), NEW, [NEW]],
    ['the AWS key in force', active(AWS_ALIAS), NEW, [NEW]],
    ['another ARN reported by Firehose', enabled(OLD), NEW, [NEW]]
  ])('a key that is certain is put in force unless it is already: %s', async (_, stream, target, sent) => {
    const outcome = sent.length === 0 ? 'unchanged' : 'rekeyed';
    await expectRun(stream, { criteria: targetKey(target), given, sent }, { outcome, keyArn: NEW });
  });

  test.each<[string, string, RunOptions]>([
    ['an id, for a stream of another account', NEW_ID, { ...byArn, criteria: targetKey(NEW_ID) }],
    ['an alias', 'alias/new', { ...byArn, criteria: targetKey('alias/new') }],
    ['the AWS key, and Kinesis reports a key ARN', OLD, { ...byArn, criteria: AWS_OWNED }]
  ])('fails and names the permission if the target is %s', async (_, id, options) => {
    const failed = { outcome: 'failed', changed: false, encrypted: 'true', message: says(`kms:DescribeKey ${id}`) };
    await expectRun({ ...active(OLD), arn: elsewhere }, { ...options, given, sent: [] }, failed);
  });

  describe('a delivery stream in GovCloud whose ARN begins with arn:aws:', () => {
    const region = 'us-gov-west-1';
    /** As Firehose in GovCloud has been seen to write it. */
    const arn = STREAM_ARN.firehose.replace('eu-central-1', region);
    const inGovCloud = (id: string) => keyArn(id, { region }).replace('arn:aws:', 'arn:aws-us-gov:');
    const [newKey, oldKey] = [inGovCloud(NEW_ID), inGovCloud(OLD_ID)];

    test.each([NEW_ID, newKey])('gets the key with the ARN of its own partition, given %s', async (id) => {
      const rekeyed = { outcome: 'rekeyed', key: { id: newKey }, previousKey: { id: oldKey } };
      const change = starts(reports({ ...enabled(newKey), arn }));
      const options = { region, criteria: targetKey(id), given: [given, change], sent: [newKey] };
      await expectRun({ ...enabled(oldKey), arn }, options, rekeyed);
    });

    test.each([newKey, keyArn(NEW_ID, { region })])('is unchanged if Firehose writes %s', async (reported) => {
      const options = { region, criteria: targetKey(NEW_ID), given, sent: [] };
      await expectRun({ ...enabled(reported), arn }, options, { outcome: 'unchanged' });
    });
  });
});

describe('a target key', () => {
  const unsuitable = (key: KeyDescription): SetUp => withKey(key, 'alias/x');

  test.each([
    ['is disabled', unsuitable(disabledKey(NEW)), `the key ${NEW} is disabled: enable it. No change was sent`],
    ['is asymmetric', unsuitable(customerKey(NEW, { spec: 'RSA_2048' })), says('is asymmetric', 'No change was sent')],
    [
      'is in another region',
      unsuitable(customerKey(NEW.replace('eu-central-1', 'us-east-1'))),
      says('is in us-east-1')
    ],
    ['does not exist', refusesKey('alias/x', 'missing', 'there is no key alias/x'), 'there is no key alias/x']
  ])('that is not in force and %s fails before a change is sent', async (_, given, message) => {
    const options = { criteria: targetKey('alias/x'), given, sent: [] };
    const failed = { outcome: 'failed', changed: false, encrypted: 'true', key: { id: OLD }, message };
    await expectRun(active(OLD), options, failed);
    await expectRun(active(OLD), { ...options, mode: 'plan' }, { outcome: 'failed' });
  });

  test('in force but disabled is left in force with a warning', () => {
    const options = { ...TO_NEW, given: withKey(disabledKey(NEW)) };
    return expectRun(active(NEW), options, { outcome: 'unchanged', warnings: [says(`${NEW} is disabled`)] });
  });

  test('that is an AWS managed key fails with key-type customer-managed', () => {
    const failed = { outcome: 'failed', message: says('key-type is customer-managed') };
    return expectRun(active(OLD), { criteria: targetKey(AWS_MANAGED, true), sent: [] }, failed);
  });
});

describe('a data stream with channels', () => {
  const withChannels = (keyId: string | null = null) => ({ ...active(keyId), channelCount: 2 });
  const refuses = 'AWS refuses new ones on a stream that is encrypted with alias/aws/kinesis';
  const warning = says(`${refuses}: use a customer managed key if it needs another channel`);

  test.each([
    ['a warning if it gets the AWS key', withChannels(), AWS_OWNED, [warning]],
    ['a warning if it gets the AWS managed key by its ARN', withChannels(), targetKey(AWS_MANAGED), [warning]],
    ['a warning if it gets any key, which is the AWS key', withChannels(), ANY, [warning]],
    ['none if it is on the AWS key already', withChannels(AWS_ALIAS), AWS_OWNED, []],
    ['none if it gets a customer key', withChannels(), TO_NEW.criteria, []],
    ['none without channels', active(), AWS_OWNED, []]
  ])('gets %s', async (_, stream, criteria, warnings) => {
    await expectRun(stream, { criteria, mode: 'plan' }, { warnings });
    await expectRun(stream, { criteria }, { warnings });
  });
});

describe('the ARN of the key in force', () => {
  test.each<[string, Observation, string | null, RunOptions]>([
    ['of an id', active(OLD_ID), OLD, {}],
    ['of an alias', active('alias/old'), OLD, {}],
    ['of an alias that could not be looked up', active('alias/old'), null, { given: withoutDescribeKey }],
    ['of the AWS alias, which is not looked up', active(AWS_ALIAS), null, {}],
    ['of the AWS alias that was looked up', active(AWS_ALIAS), AWS_MANAGED, { criteria: targetKey(AWS_MANAGED) }],
    ['of the AWS key of Firehose', enabled(), null, {}],
    ['without a key', active(), null, {}]
  ])('is what is known %s', async (_, stream, keyArnInForce, options) => {
    await expectRun(stream, { mode: 'plan', ...options }, { keyArn: keyArnInForce });
  });

  test('is that of the new key after a change, and of the previous one while the change is in flight', async () => {
    await expectRun(active('alias/old'), TO_NEW, { keyArn: NEW });
    const inFlight = { ...TO_NEW, timeoutMs: 3_000, given: never };
    await expectRun(active('alias/old'), inFlight, { outcome: 'timed-out', keyArn: OLD });
  });
});

/** A run looks up no more keys than it needs, because it may lack kms:DescribeKey for others. */
describe('a run looks up', () => {
  const ofOtherRegion = aliasArn('alias/x', { region: 'us-east-1' });
  const later20 = { given: later(20_000, active(NEW)) };
  const checkApproved = (...ids: string[]): RunOptions => ({ mode: 'check', criteria: approved(...ids) });

  test.each<[string, Observation, RunOptions, string[]]>([
    ['each key once, however often it polls', active(OLD), { criteria: targetKey('alias/new') }, ['alias/new', OLD]],
    ['not the key reported in flight', updating(OLD), { ...TO_NEW, ...later20 }, [NEW]],
    ['nothing, any key required and the AWS key in force', active(AWS_ALIAS), { criteria: ANY }, []],
    ['nothing, AWS key required and in force', enabled(), { criteria: AWS_OWNED }, []],
    ['nothing, AWS key required, not encrypted', disabled(), { criteria: AWS_OWNED }, []],
    ['no approved ARN', active(NEW), checkApproved(OLD, NEW), [NEW]],
    ['no approved alias if the id of the key is approved', active(NEW), checkApproved('alias/old', NEW_ID), [NEW]],
    ['no approved key for the AWS owned key of Firehose', enabled(), checkApproved(NEW, 'alias/old'), []],
    ['no approved alias for the AWS alias', active(AWS_ALIAS), checkApproved('alias/new'), []],
    ['no approved alias of another region', active(NEW), checkApproved(ofOtherRegion), [NEW]],
    ['approved aliases', active(NEW), checkApproved('alias/old', THIRD, 'alias/new'), [NEW, 'alias/old', 'alias/new']]
  ])('%s', async (_, stream, options, expected) => {
    const { keys } = await expectRun(stream, options, {});
    expect(keys.described).toEqual(expected);
  });

  test.each<[string, Observation, readonly FromKey[], string[]]>([
    ['not encrypted', active(), fromKeys(OLD), []],
    ['already on the target key', active(NEW), fromKeys(THIRD_ID), []],
    ['with a data stream as source', withSource(DATA_STREAM), fromKeys(THIRD), []],
    ['in a status that shows no key', enablingFailed(), fromKeys('alias/old'), []],
    ['on one of these keys', enabled(OLD), fromKeys('alias/third', OLD), [OLD]],
    ['on the AWS key, aws-owned given', active(AWS_ALIAS), fromKeys('aws-owned'), []],
    ['on another key, any given', active(OLD), fromKeys('any', 'alias/third'), [OLD]],
    ['on another key, aliases given', active(THIRD), fromKeys('alias/old'), [THIRD, 'alias/old']]
  ])('keys of from-key-id only if the identifiers leave it open, for a stream %s', async (_, stream, from, inForce) => {
    const { keys } = await expectRun(stream, { ...TO_NEW, from, mode: 'plan' }, {});
    expect(keys.described).toEqual([NEW, ...inForce]);
  });
});

import { describe, expect, test } from '@jest/globals';
import { awsTarget, type KnownKey, type Target } from '../../src/encryption/keys.ts';
import type { Look } from '../../src/encryption/model.ts';
import { isProof, judge, planChange, type State, type Wanted, whyAnotherStream } from '../../src/encryption/plan.ts';
import {
  ACCOUNT,
  AWS_ALIAS,
  active,
  deleting,
  disabled,
  enabled,
  enablingFailed,
  fedByKinesis,
  GRANT_FAILED,
  keyArn,
  NEW,
  NEW_ID,
  notCreated,
  OLD,
  OTHER_ACCOUNT,
  STREAM_ARN,
  suspended,
  updating
} from '../support/words.ts';

/** The state that a look shows, its key made out. */
function seen(look: Look, key: Partial<KnownKey> = {}): State {
  if (look.key === null) return { ...look, key: null };
  const { type, id } = look.key;
  const arn = id.startsWith('arn:') ? id : null;
  return { ...look, key: { id, type, arn, viaAlias: false, problem: null, doubt: null, ...key } };
}

const onOld = seen(active(OLD), { type: 'customer-managed' });
const onNew = seen(active(NEW), { type: 'customer-managed' });
const onAwsKey = seen(active(AWS_ALIAS));
const notLookedUp = seen(active(OLD), { doubt: 'no kms:DescribeKey' });
const viaAlias = seen(active('alias/new'), { type: 'customer-managed', arn: NEW, viaAlias: true });
/** Kinesis says a status of no known meaning, but that records are encrypted. */
const unknownWord: State = { ...onOld, status: 'MENDING', phase: 'unclear' };
/** EncryptionType KMS, and no KeyId. */
const keyNotNamed: State = { ...onOld, key: null };

const toNew: Target = { toSet: { type: 'customer-managed', id: NEW }, arn: NEW, problem: null };
const toDisabled: Target = { ...toNew, problem: `the key ${NEW} is disabled: enable it` };
const toAwsKey = awsTarget('kinesis');

const anyKey: Wanted = { which: 'any' };
const newKey: Wanted = { which: 'target', target: toNew };
const disabledKey: Wanted = { which: 'target', target: toDisabled };
const awsKey: Wanted = { which: 'target', target: toAwsKey };
const customer: Wanted = { which: 'customer-managed' };
const unresolved: Wanted = { which: 'unresolved', why: 'no kms:DescribeKey for alias/new' };

const says = (words: string) => expect.stringContaining(words);

describe('what encrypt does', () => {
  test.each([
    ['an encrypted stream stays as it is', onOld],
    ['a stream with the AWS key stays as it is', onAwsKey],
    ['a stream with a key that could not be looked up stays as it is', notLookedUp],
    ['a stream with a key that the service does not name stays as it is', keyNotNamed],
    ['a stream encrypted through an alias stays as it is', viaAlias]
  ])('nothing asked: %s', (_, state) => {
    expect(planChange('kinesis', state, anyKey)).toMatchObject({ action: 'leave' });
  });

  test.each(['kinesis', 'firehose'] as const)(
    'nothing asked: a %s stream that plainly is not encrypted gets the AWS key',
    (kind) => {
      const state = seen(kind === 'kinesis' ? active() : disabled());
      expect(planChange(kind, state, anyKey)).toEqual({ action: 'change', to: awsTarget(kind), from: 'not encrypted' });
    }
  );

  test.each([
    ['ENABLING_FAILED', seen(enablingFailed())],
    ['SUSPENDED', seen(suspended())],
    ['MENDING', unknownWord]
  ])('nothing asked: in the unclear state %s no write goes out, and a key is to be named', (status, state) => {
    expect(planChange('firehose', state, anyKey)).toEqual({
      action: 'fail',
      why: expect.stringMatching(new RegExp(`${status}.*name a key-type or key-id`))
    });
  });

  test.each([
    ['a key', seen(active()), newKey, toNew, 'not encrypted'],
    ['a key', onOld, newKey, toNew, `encrypted with ${OLD}`],
    ['a key', onAwsKey, newKey, toNew, `encrypted with ${AWS_ALIAS}`],
    ['a key', seen(enablingFailed()), newKey, toNew, `in the state ENABLING_FAILED (${GRANT_FAILED})`],
    ['a key', seen(suspended()), newKey, toNew, 'in the state SUSPENDED'],
    ['a key', unknownWord, newKey, toNew, 'in the state MENDING'],
    ['a key', keyNotNamed, newKey, toNew, 'encrypted with a key that the service does not name'],
    ['a key', notLookedUp, newKey, toNew, `encrypted with ${OLD}`],
    ['the AWS key', seen(active()), awsKey, toAwsKey, 'not encrypted'],
    ['the AWS key', onOld, awsKey, toAwsKey, `encrypted with ${OLD}`],
    ['the AWS key', seen(enablingFailed()), awsKey, toAwsKey, `in the state ENABLING_FAILED (${GRANT_FAILED})`]
  ])('%s asked: the stream of $status is changed, and how it stood is told: %#', (_, state, wanted, to, from) => {
    expect(planChange('kinesis', state, wanted)).toEqual({ action: 'change', to, from });
  });

  test.each([
    ['the key asked is in force', onNew, newKey],
    ['the AWS key asked is in force', onAwsKey, awsKey],
    [
      'the AWS owned key of Firehose asked is in force',
      seen(enabled()),
      { which: 'target', target: awsTarget('firehose') }
    ]
  ] as const)('no write goes out where %s', (_, state, wanted) => {
    expect(planChange('firehose', state, wanted)).toMatchObject({ action: 'leave', warnings: [] });
  });

  test('the key asked in force but disabled: left, with a warning', () => {
    const problem = `the key ${NEW} is disabled: enable it`;
    const state = seen(active(NEW), { problem });
    expect(planChange('kinesis', state, disabledKey)).toMatchObject({ action: 'leave', warnings: [problem] });
  });

  test('a new key that cannot be used is refused before a change is spent', () => {
    expect(planChange('kinesis', onOld, disabledKey)).toEqual({
      action: 'fail',
      why: `the key ${NEW} is disabled: enable it. No change was sent`
    });
  });

  test('a customer alias in force is no proof, also where it points to the key asked: the key itself is sent', () => {
    expect(planChange('kinesis', viaAlias, newKey)).toEqual({
      action: 'change',
      to: toNew,
      from: says('encrypted through alias/new, an alias, which may have been repointed')
    });
  });

  test('the AWS key asked, and nobody can tell the key in force: failed, and the permission is named', () => {
    expect(planChange('kinesis', notLookedUp, awsKey)).toEqual({
      action: 'fail',
      why: expect.stringMatching(new RegExp(`${OLD} .* cannot be told \\(no kms:DescribeKey\\)`))
    });
  });

  test('a key that cannot be resolved is not sent', () => {
    expect(planChange('kinesis', onOld, unresolved)).toEqual({ action: 'fail', why: unresolved.why });
  });

  test('a customer key that is not named cannot be put in force', () => {
    expect(planChange('kinesis', onAwsKey, customer)).toEqual({ action: 'fail', why: says('key-id') });
  });
});

describe('how check finds a stream', () => {
  test.each([
    ['nothing asked: any customer key will do', onOld, anyKey],
    ['nothing asked: the AWS key will do', onAwsKey, anyKey],
    ['nothing asked: a key that the service does not name will do', keyNotNamed, anyKey],
    ['customer-managed alone: any customer key will do', onOld, customer],
    ['aws-owned alone: the AWS key', onAwsKey, awsKey],
    ['a key asked: that key', onNew, newKey]
  ])('%s', (_, state, wanted) => {
    expect(judge(state, wanted)).toMatchObject({ outcome: 'compliant', warnings: [] });
  });

  test.each([
    ['a stream that is not encrypted, nothing asked', seen(active()), anyKey, 'not encrypted'],
    ['a stream that is not encrypted, a key asked', seen(active()), newKey, 'not encrypted'],
    ['another key than the one asked', onOld, newKey, `${OLD}, but ${NEW} was asked for`],
    ['the AWS key where a customer key is asked', onAwsKey, customer, 'but a customer managed key was asked for'],
    ['the AWS key where another key is asked', onAwsKey, newKey, `${AWS_ALIAS}, but ${NEW} was asked for`],
    ['a customer key where the AWS key is asked', onOld, awsKey, `${OLD}, but ${AWS_ALIAS} was asked for`],
    ['the key asked, disabled', seen(active(NEW), { problem: 'it is disabled' }), newKey, 'it is disabled'],
    ['any key, disabled', seen(active(OLD), { problem: 'it is disabled' }), anyKey, 'it is disabled'],
    ['any customer key, gone', seen(active(OLD), { problem: 'it is gone' }), customer, 'it is gone'],
    ['a stream that is not encrypted, a key that cannot be told', seen(active()), unresolved, 'not encrypted']
  ])('non-compliant: %s', (_, state, wanted, why) => {
    expect(judge(state, wanted)).toMatchObject({ outcome: 'non-compliant', why: says(why) });
  });

  test.each([
    ['whether a key is a customer key', notLookedUp, customer, 'no kms:DescribeKey'],
    ['whether a key is the AWS key', notLookedUp, awsKey, 'no kms:DescribeKey'],
    ['which key is asked', onOld, unresolved, 'no kms:DescribeKey for alias/new'],
    ['where an alias points', seen(active('alias/x'), { viaAlias: true, doubt: 'denied x' }), newKey, 'denied x'],
    ['which key is in force', keyNotNamed, newKey, 'a key that the service does not name']
  ])('failed, never compliant: nobody can tell %s', (_, state, wanted, why) => {
    expect(judge(state, wanted)).toMatchObject({ outcome: 'failed', why: says(why) });
  });

  test.each([
    ['ENABLING_FAILED', seen(enablingFailed()), anyKey],
    ['ENABLING_FAILED', seen(enablingFailed()), newKey],
    ['SUSPENDED', seen(suspended()), anyKey],
    ['SUSPENDED', seen(suspended()), newKey],
    ['MENDING', unknownWord, anyKey]
  ])(
    'failed, never compliant: nobody can tell from %s whether the stream is encrypted: %#',
    (status, state, wanted) => {
      expect(judge(state, wanted)).toMatchObject({ outcome: 'failed', why: says(status) });
    }
  );

  test('a customer alias in force is judged by the key it points to now, with a warning', () => {
    expect(judge(viaAlias, newKey)).toMatchObject({
      outcome: 'compliant',
      warnings: [says(`alias/new, which points to ${NEW} now but may have been repointed`)]
    });
    expect(judge({ ...viaAlias, key: { ...onOld.key, ...aliasTo(OLD) } }, newKey)).toMatchObject({
      outcome: 'non-compliant'
    });
  });

  test('any key will do, but a key that could not be looked up may be disabled: a warning', () => {
    expect(judge(notLookedUp, anyKey)).toMatchObject({ outcome: 'compliant', warnings: [says('no kms:DescribeKey')] });
  });

  test('any key will do, but an alias that could not be looked up: a warning of both', () => {
    const state = seen(active('alias/x'), { viaAlias: true, doubt: 'denied x' });
    expect(judge(state, anyKey)).toMatchObject({
      outcome: 'compliant',
      warnings: [says('points to an unknown key'), says('denied x')]
    });
  });
});

function aliasTo(arn: string): KnownKey {
  return { type: 'customer-managed', id: 'alias/new', arn, viaAlias: true, problem: null, doubt: null };
}

describe.each([
  ['encrypt', (state: State, wanted: Wanted) => planChange('firehose', state, wanted)],
  ['check', judge]
] as const)('a stream that cannot be encrypted, in mode %s', (_, decide) => {
  test.each([anyKey, newKey, unresolved])('a delivery stream fed by something else: its source is named', (wanted) => {
    const decision = decide(seen(fedByKinesis()), wanted);
    expect('action' in decision ? decision.action : decision.outcome).toBe('not-applicable');
    expect(decision).toMatchObject({ why: says('KinesisStreamAsSource') });
  });

  test.each([
    [deleting(), 'is being deleted (DELETING)'],
    [notCreated(), 'could not be created (KMS_ACCESS_DENIED: no access)']
  ])('failed where there is none: %#', (look, why) => {
    const decision = decide(seen(look), newKey);
    expect('action' in decision ? decision.action : decision.outcome).toMatch(/^fail/);
    expect(decision).toMatchObject({ why: says(why) });
  });
});

describe('the proof that a key is in force', () => {
  test.each([
    ['final, encrypted, and with that very key', onNew, toNew, true],
    ['the AWS key', onAwsKey, toAwsKey, true],
    ['with another key', onOld, toNew, false],
    ['not encrypted', seen(active()), toNew, false],
    ['not encrypted, though that key is shown', { ...onNew, encrypted: 'false' } as const, toNew, false],
    ['with a key that the service does not name', keyNotNamed, toNew, false],
    ['with that key, but still under way', seen(updating(NEW)), toNew, false],
    ['with that key, but in a state of no known meaning', { ...onNew, phase: 'unclear' } as const, toNew, false],
    ['with an alias that points to that key', viaAlias, toNew, false],
    ['with a key that nobody can tell to be the AWS key', notLookedUp, toAwsKey, false]
  ])('%s', (_, state, target, proof) => {
    expect(isProof(state, target)).toBe(proof);
  });
});

describe('the stream that answers', () => {
  const asked = { kind: 'kinesis', name: 'orders', arn: STREAM_ARN.kinesis } as const;

  test('asked by name, is the one of that name', () => {
    expect(whyAnotherStream({ ...asked, arn: null }, STREAM_ARN.kinesis)).toBeNull();
  });

  test('asked by ARN, is the one of that very ARN', () => {
    expect(whyAnotherStream(asked, STREAM_ARN.kinesis)).toBeNull();
  });

  test("of another account's is not the one asked for, and both accounts are named", () => {
    const why = whyAnotherStream(asked, STREAM_ARN.kinesis.replace(ACCOUNT, OTHER_ACCOUNT));
    expect(why).toContain(`(account ${ACCOUNT})`);
    expect(why).toContain(`(account ${OTHER_ACCOUNT})`);
  });

  test('of another partition is not the one asked for', () => {
    expect(whyAnotherStream(asked, STREAM_ARN.kinesis.replace('arn:aws:', 'arn:aws-cn:'))).toContain('arn:aws-cn:');
  });
});

test('the key of the same id in another account is another key', () => {
  const state = seen(active(keyArn(NEW_ID, { account: OTHER_ACCOUNT })), { type: 'customer-managed' });
  expect(planChange('kinesis', state, newKey)).toMatchObject({ action: 'change' });
  expect(judge(state, newKey)).toMatchObject({ outcome: 'non-compliant' });
});

/** What a run says about keys that are expiring, unusable or unknown, and which keys it looks up. */

import { describe, expect, test } from '@jest/globals';
import type { KeyDescription, Observation } from '../../../src/encryption/model.ts';
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
  THIRD
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
import { NEVER_ENDS, reports, succeedsAfter } from '../../support/simulated-stream.ts';
import {
  expectRun,
  later,
  type RunOptions,
  refusesKey,
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
    ['disabled', active('alias/old'), withKey(disabledKey(OLD), 'alias/old'), 'is enabled again'],
    ['pending deletion', active(OLD_ID), withKey(pendingDeletion), cancelDeletion],
    ['gone', enabled(OLD), refusesKey(OLD, 'missing'), `KMS does not know the key ${OLD} any more`]
  ])('gets a warning that says what older records need: %s', async (_, stream, given, remedy) => {
    const problem = says(UNREADABLE, remedy);
    const expected = { outcome: 'rekeyed', previousKeyProblem: problem, warnings: [problem] };
    await expectRun(stream, { ...TO_NEW, given }, expected);
  });

  test.each([
    ['planned', { mode: 'plan' }],
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

describe('a warning about a key whose imported material expires, or that could not be looked up, is given', () => {
  const validTo = new Date('2027-01-15T12:00:00Z');
  const expiring = [OLD, NEW].map((arn) => withKey(customerKey(arn, { validTo })));

  test.each<[string, Observation, RunOptions, string, string[]]>([
    ['once if it is in force and required', active(NEW_ID), TO_NEW, 'unchanged', [NEW]],
    ['in mode check', active(NEW), { ...TO_NEW, mode: 'check' }, 'compliant', [NEW]],
    ['for the key in force and the required one', enabled(OLD), TO_NEW, 'rekeyed', [OLD, NEW]],
    ['for both in mode plan', enabled(OLD), { ...TO_NEW, mode: 'plan' }, 'planned', [OLD, NEW]],
    ['for both in mode check', enabled(OLD), { ...TO_NEW, mode: 'check' }, 'non-compliant', [OLD, NEW]],
    ['in mode check if the stream is not encrypted', active(), { ...TO_NEW, mode: 'check' }, 'non-compliant', [NEW]],
    ['on a stream that is skipped', active(OLD), { ...TO_NEW, from: fromKeys(NEW) }, 'skipped', [OLD]],
    ['if any key is required', active(OLD), { criteria: ANY }, 'unchanged', [OLD]],
    ['not for the AWS key', active(AWS_ALIAS), { criteria: AWS_OWNED }, 'unchanged', []]
  ])('%s', async (_, stream, options, outcome, keys) => {
    const expires = keys.map((arn) => says(`the key ${arn} expires on 2027-01-15 12:00`));
    await expectRun(stream, { ...options, given: expiring }, { outcome, warnings: expires });
    const unknown = keys.map((arn) => says(`the key ${arn} could not be looked up`, 'not allowed to kms:DescribeKey'));
    await expectRun(stream, { ...options, given: withoutDescribeKey }, { outcome, warnings: unknown });
  });
});

describe('without kms:DescribeKey', () => {
  const given = withoutDescribeKey;
  const elsewhere = STREAM_ARN.kinesis.replace(ACCOUNT, OTHER_ACCOUNT);
  const byArn = { stream: { kind: 'kinesis', name: 'orders', arn: elsewhere } } as const;

  test.each([
    ['its id in force and required', active(NEW_ID), NEW_ID, []],
    ['its ARN reported by Firehose, its id required', enabled(NEW), NEW_ID, []],
    ['an alias in force', active('alias/old'), NEW, [NEW]],
    ['the AWS key in force', active(AWS_ALIAS), NEW, [NEW]]
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

  test('a delivery stream in GovCloud that answers with arn:aws: gets the key with the ARN of its own partition', async () => {
    const region = 'us-gov-west-1';
    const inGovCloud = (arn: string) => arn.replace('eu-central-1', region).replace('arn:aws:', 'arn:aws-us-gov:');
    /** As Firehose in GovCloud has been seen to write it. */
    const arn = STREAM_ARN.firehose.replace('eu-central-1', region);
    const stream = { kind: 'firehose', name: 'orders', arn: inGovCloud(arn) } as const;
    const options = { region, stream, criteria: targetKey(NEW_ID) };
    const onNew = { ...enabled(inGovCloud(NEW)), arn };
    const change = { ...options, given: [given, starts(reports(onNew))], sent: [inGovCloud(NEW)] };
    await expectRun({ ...enabled(inGovCloud(OLD)), arn }, change, { outcome: 'rekeyed', key: { id: inGovCloud(NEW) } });
    for (const id of [inGovCloud(NEW), keyArn(NEW_ID, { region })]) {
      await expectRun({ ...enabled(id), arn }, { ...options, given, sent: [] }, { outcome: 'unchanged' });
    }
  });
});

describe('a target key', () => {
  const disabledMessage = `the key ${NEW} is disabled: enable it, or use another key. No change was sent`;
  const ofOtherRegion = customerKey(NEW.replace('eu-central-1', 'us-east-1'));

  test.each<[string, KeyDescription, unknown]>([
    ['is disabled', disabledKey(NEW), disabledMessage],
    ['is in another region', ofOtherRegion, says('is in us-east-1', 'No change was sent')]
  ])('that is not in force and %s fails before a change is sent', async (_, key, message) => {
    const options = { criteria: targetKey('alias/x'), given: withKey(key, 'alias/x'), sent: [] };
    const failed = { outcome: 'failed', changed: false, encrypted: 'true', key: { id: OLD }, message };
    for (const mode of ['encrypt', 'plan'] as const) await expectRun(active(OLD), { ...options, mode }, failed);
  });

  test('in force but disabled is left in force with a warning', () => {
    const options = { ...TO_NEW, given: withKey(disabledKey(NEW)) };
    return expectRun(active(NEW), options, { outcome: 'unchanged', warnings: [says(`${NEW} is disabled`)] });
  });

  test.each([
    ['does not exist', targetKey('alias/x'), 'there is no key alias/x'],
    ['is an AWS managed key, key-type customer-managed', targetKey(AWS_MANAGED, true), 'key-type is customer-managed']
  ])('that %s fails', async (_, criteria, text) => {
    await expectRun(active(OLD), { criteria, sent: [] }, { outcome: 'failed', message: says(text) });
  });
});

test.each([
  ['a warning if it gets the AWS key', AWS_OWNED, 2, 1],
  ['a warning if it gets the AWS managed key by its ARN', targetKey(AWS_MANAGED), 2, 1],
  ['none if it gets a customer key', TO_NEW.criteria, 2, 0],
  ['none without channels', AWS_OWNED, 0, 0]
])('a data stream with channels gets %s', async (_, criteria, channelCount, count) => {
  const refuses = 'AWS refuses new ones on a stream that is encrypted with alias/aws/kinesis';
  const warnings = Array(count).fill(says(`${refuses}: use a customer managed key if it needs another channel`));
  await expectRun({ ...active(), channelCount }, { criteria }, { warnings });
});

test.each<[string, Observation, string | null, RunOptions]>([
  ['of an alias', active('alias/old'), OLD, { mode: 'plan' }],
  ['of an alias that could not be looked up', active('alias/old'), null, { mode: 'plan', given: withoutDescribeKey }],
  ['of the AWS alias that was looked up', active(AWS_ALIAS), AWS_MANAGED, { criteria: targetKey(AWS_MANAGED) }],
  ['of the AWS key of Firehose', enabled(), null, {}],
  ['of the new key after a change', active('alias/old'), NEW, TO_NEW],
  ['of the previous key during a change', active('alias/old'), OLD, { ...TO_NEW, timeoutMs: 3_000, given: never }]
])('the ARN of the key in force is what is known %s', async (_, stream, keyArnInForce, options) => {
  await expectRun(stream, options, { keyArn: keyArnInForce });
});

/** A run looks up no more keys than it needs, because it may lack kms:DescribeKey for others. */
describe('a run looks up', () => {
  const ofOtherRegion = aliasArn('alias/x', { region: 'us-east-1' });
  const checkApproved = (...ids: string[]): RunOptions => ({ mode: 'check', criteria: approved(...ids) });
  const planFrom = (...from: string[]): RunOptions => ({ ...TO_NEW, from: fromKeys(...from), mode: 'plan' });

  test.each<[string, Observation, RunOptions, string[]]>([
    ['each key once, however often it polls', active(OLD), { criteria: targetKey('alias/new') }, ['alias/new', OLD]],
    ['not the key reported in flight', updating(OLD), { ...TO_NEW, given: later(20_000, active(NEW)) }, [NEW]],
    ['nothing, any key required and the AWS key in force', active(AWS_ALIAS), { criteria: ANY }, []],
    ['nothing, AWS key required, not encrypted', disabled(), { criteria: AWS_OWNED }, []],
    ['no approved alias if the id of the key is approved', active(NEW), checkApproved('alias/old', NEW_ID), [NEW]],
    ['no approved key for the AWS owned key of Firehose', enabled(), checkApproved(NEW, 'alias/old'), []],
    ['no approved alias for the AWS alias', active(AWS_ALIAS), checkApproved('alias/new'), []],
    ['no approved alias of another region', active(NEW), checkApproved(ofOtherRegion), [NEW]],
    ['approved aliases', active(NEW), checkApproved('alias/old', THIRD, 'alias/new'), [NEW, 'alias/old', 'alias/new']],
    ['no key of from-key-id, not encrypted', active(), planFrom(OLD), [NEW]],
    ['no key of from-key-id, already on the target', active(NEW), planFrom('alias/old'), [NEW]],
    ['no key of from-key-id for a source', withSource(DATA_STREAM), planFrom('alias/old'), [NEW]],
    ['no key of from-key-id in a failed status', enablingFailed(), planFrom('alias/old'), [NEW]],
    ['no other key of from-key-id, aws-owned given', active(AWS_ALIAS), planFrom('aws-owned', 'alias/old'), [NEW]],
    ['no other key of from-key-id', enabled(OLD), planFrom('alias/third', OLD), [NEW, OLD]],
    ['no other key of from-key-id, any given', active(OLD), planFrom('any', 'alias/third'), [NEW, OLD]],
    ['aliases of from-key-id', active(THIRD), planFrom('alias/old'), [NEW, THIRD, 'alias/old']]
  ])('%s', async (_, stream, options, expected) => {
    const { keys } = await expectRun(stream, options, {});
    expect(keys.described).toEqual(expected);
  });
});

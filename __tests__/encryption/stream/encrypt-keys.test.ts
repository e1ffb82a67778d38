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
  unknownStatus,
  updating,
  withSource
} from '../../support/observations.ts';
import { ANY, AWS_OWNED, approved, fromKeys, targetKey } from '../../support/requests.ts';
import { endsAfter, NEVER_ENDS, reports, succeedsAfter } from '../../support/simulated-stream.ts';
import {
  both,
  expectRun,
  later,
  type RunOptions,
  type SetUp,
  says,
  starts,
  withKeys,
  withoutDescribeKey
} from '../../support/stream-simulation.ts';

const TO_NEW = { criteria: targetKey(NEW) } as const;
const UNREADABLE = 'records written before the change cannot be read';
const pendingDeletion = (arn: string): KeyDescription =>
  customerKey(arn, { state: 'PendingDeletion', deletionDate: new Date('2026-12-04T09:30:00Z') });
const refused =
  (id: string, errorKind: 'missing' | 'denied'): SetUp =>
  ({ keys }) =>
    keys.refuse(id, errorKind, 'no kms:DescribeKey');

/** The outcomes of a run in each mode, if the required key is in force, or not yet. */
const IN_FORCE = { encrypt: 'unchanged', plan: 'unchanged', check: 'compliant' };
const TO_CHANGE = { encrypt: 'rekeyed', plan: 'planned', check: 'non-compliant' };
const TO_ENABLE = { ...TO_CHANGE, encrypt: 'enabled' };

/** Expects these outcomes in the three modes, with the same result otherwise. */
async function inEachMode(stream: Observation, outcomes: typeof IN_FORCE, given: SetUp, expected: object) {
  for (const mode of ['encrypt', 'plan', 'check'] as const) {
    await expectRun(stream, { ...TO_NEW, mode, given }, { outcome: outcomes[mode], ...expected });
  }
}

describe('after a change, a previous key that cannot be used', () => {
  test.each([
    ['disabled', active(OLD), disabledKey(OLD), 'is enabled again'],
    ['disabled', enabled(OLD), disabledKey(OLD), 'is enabled again'],
    ['disabled, reported by its alias', active('alias/old'), disabledKey(OLD), 'is enabled again'],
    ['pending deletion', active(OLD_ID), pendingDeletion(OLD), 'cancel its deletion before 2026-12-04 09:30 UTC']
  ])('gets a warning that says what older records need (%s)', async (_, stream, key, remedy) => {
    const given: SetUp = ({ keys }) => keys.add(key, 'alias/old');
    const previousKeyProblem = says(UNREADABLE, remedy);
    const warnings = [previousKeyProblem];
    await expectRun(stream, { ...TO_NEW, given }, { outcome: 'rekeyed', previousKeyProblem, warnings });
  });

  test('gets the warning if it no longer exists', () => {
    const warnings = [says(`KMS does not know the key ${OLD} any more`)];
    const expected = { outcome: 'rekeyed', previousKeyProblem: says(UNREADABLE), warnings };
    return expectRun(active(OLD), { ...TO_NEW, given: refused(OLD, 'missing') }, expected);
  });

  test.each([
    ['planned', { mode: 'plan' }],
    ['started', { wait: false }],
    ['timed-out', { timeoutMs: 3_000 }]
  ] as const)('gets the warning if the change is only %s', async (outcome, overrides) => {
    const given = both(withKeys(disabledKey(OLD)), starts(succeedsAfter(NEVER_ENDS)));
    await expectRun(active(OLD), { ...TO_NEW, ...overrides, given }, { outcome, warnings: [says(UNREADABLE)] });
  });

  test.each([
    ['was usable', withKeys(), []],
    ['is being updated', withKeys(customerKey(OLD, { state: 'Updating' })), []],
    ['may not be looked up', refused(OLD, 'denied'), [says(`${OLD} could not be looked up`)]]
  ])('is not said to be unusable if it %s', (_, given, warnings) =>
    expectRun(active(OLD), { ...TO_NEW, given }, { outcome: 'rekeyed', previousKeyProblem: null, warnings })
  );
});

describe('a key whose imported material expires', () => {
  const expiring = (...arns: string[]) =>
    withKeys(...arns.map((arn) => customerKey(arn, { validTo: new Date('2027-01-15T12:00:00Z') })));
  const warning = (arn: string) => says(`the key ${arn} expires on 2027-01-15 12:00 UTC`);

  test('gets a warning if it is in force and required', () =>
    inEachMode(active(NEW), IN_FORCE, expiring(NEW), { warnings: [warning(NEW)] }));

  test('gets a warning if it is required, and so does the key in force', () =>
    inEachMode(enabled(OLD), TO_CHANGE, expiring(NEW, OLD), { warnings: [warning(OLD), warning(NEW)] }));

  test('gets a warning if the stream is not encrypted yet', () =>
    inEachMode(active(), TO_ENABLE, expiring(NEW), { warnings: [warning(NEW)] }));

  test.each<[string, RunOptions]>([
    ['skipped', { ...TO_NEW, from: fromKeys(OLD) }],
    ['unchanged', { criteria: ANY }],
    ['compliant', { criteria: ANY, mode: 'check' }]
  ])('gets a warning on a stream that is %s', async (outcome, options) => {
    await expectRun(active(THIRD), { ...options, given: expiring(THIRD) }, { outcome, warnings: [warning(THIRD)] });
  });

  test('keeps its warning if the change fails', () => {
    const given = both(expiring(NEW), starts(endsAfter(1_000, enablingFailed())));
    return expectRun(enabled(OLD), { ...TO_NEW, given }, { outcome: 'failed', warnings: [warning(NEW)] });
  });
});

describe('without kms:DescribeKey, a key that is certain', () => {
  const warning = (arn: string) => says(`the key ${arn} could not be looked up`, 'not allowed to kms:DescribeKey');

  test('gets one warning with the permission, also if the stream reports its id', async () => {
    for (const stream of [active(NEW), active(NEW_ID), enabled(NEW)]) {
      await inEachMode(stream, IN_FORCE, withoutDescribeKey, { keyArn: NEW, warnings: [warning(NEW)] });
    }
  });

  test('gets a warning beside that of the other key', () =>
    inEachMode(active(OLD), TO_CHANGE, withoutDescribeKey, { warnings: [warning(OLD), warning(NEW)] }));

  test('gets a warning if the stream is not encrypted yet', () =>
    inEachMode(disabled(), TO_ENABLE, withoutDescribeKey, { warnings: [warning(NEW)] }));

  test.each([
    ['encrypt', 'unchanged'],
    ['check', 'compliant']
  ] as const)('gets a warning if any key is required (mode %s)', async (mode, outcome) => {
    const expected = { outcome, key: { type: null, id: OLD }, warnings: [warning(OLD)] };
    await expectRun(active(OLD), { mode, given: withoutDescribeKey }, expected);
  });

  test('is not needed for the AWS key', () =>
    expectRun(
      active(AWS_ALIAS),
      { criteria: AWS_OWNED, given: withoutDescribeKey },
      { outcome: 'unchanged', warnings: [] }
    ));
});

describe('without kms:DescribeKey', () => {
  const given = withoutDescribeKey;
  const elsewhere = STREAM_ARN.kinesis.replace(ACCOUNT, OTHER_ACCOUNT);
  const byArn = { stream: { kind: 'kinesis', name: 'orders', arn: elsewhere } } as const;

  test.each([
    ['ARN', active(NEW), NEW],
    ['id', active(NEW_ID), NEW_ID],
    ['ARN, id required,', active(NEW), NEW_ID],
    ['ARN, reported by Firehose,', enabled(NEW), NEW]
  ])('a stream is unchanged if the key in force is certain: its %s in force', (_, stream, target) =>
    expectRun(stream, { criteria: targetKey(target), given, sent: [] }, { outcome: 'unchanged' })
  );

  test.each([
    ['not encrypted', active(), 'enabled'],
    ['another ARN in force', active(OLD), 'rekeyed'],
    ['an alias in force', active('alias/old'), 'rekeyed'],
    ['the AWS key in force', active(AWS_ALIAS), 'rekeyed'],
    ['Firehose, not encrypted', disabled(), 'enabled'],
    ['Firehose, another ARN in force', enabled(OLD), 'rekeyed']
  ])('a key ARN is put in force: %s', (_, stream, outcome) =>
    expectRun(stream, { ...TO_NEW, given, sent: [NEW] }, { outcome, key: { id: NEW } })
  );

  test.each<[string, Observation, RunOptions, string]>([
    [
      'an id, for a stream of another account',
      { ...active(OLD), arn: elsewhere },
      { ...byArn, criteria: targetKey(NEW_ID) },
      NEW_ID
    ],
    ['an alias', active(OLD), { criteria: targetKey('alias/new') }, 'alias/new'],
    ['the AWS key, and Kinesis reports a key ARN', active(OLD), { criteria: AWS_OWNED }, OLD]
  ])('fails and names the permission if the target is %s', async (_, stream, options, id) => {
    const failed = { outcome: 'failed', changed: false, encrypted: 'true', message: says(`kms:DescribeKey ${id}`) };
    await expectRun(stream, { ...options, given, sent: [] }, failed);
  });

  describe('a delivery stream in GovCloud whose ARN begins with arn:aws:', () => {
    const region = 'us-gov-west-1';
    /** As Firehose in GovCloud has been seen to write it. */
    const arn = STREAM_ARN.firehose.replace('eu-central-1', region);
    const inGovCloud = (id: string) => keyArn(id, { region }).replace('arn:aws:', 'arn:aws-us-gov:');
    const [newKey, oldKey] = [inGovCloud(NEW_ID), inGovCloud(OLD_ID)];

    test.each([NEW_ID, newKey])('gets the key with the ARN of its own partition, given %s', async (id) => {
      const change = both(given, starts(reports({ ...enabled(newKey), arn })));
      const rekeyed = { outcome: 'rekeyed', key: { id: newKey }, previousKey: { id: oldKey } };
      const options = { region, criteria: targetKey(id), given: change, sent: [newKey] };
      await expectRun({ ...enabled(oldKey), arn }, options, rekeyed);
    });

    test.each([newKey, newKey.replace('aws-us-gov', 'aws')])('is unchanged if Firehose writes %s', (reported) =>
      expectRun(
        { ...enabled(reported), arn },
        { region, criteria: targetKey(NEW_ID), given, sent: [] },
        { outcome: 'unchanged' }
      )
    );
  });
});

describe('a target key', () => {
  const unusable: [string, KeyDescription][] = [
    ['disabled', disabledKey(NEW)],
    ['pending deletion', customerKey(NEW, { state: 'PendingDeletion' })]
  ];

  test.each(unusable)('in force but %s is left in force with a warning', (problem, key) =>
    expectRun(
      active(NEW),
      { ...TO_NEW, given: withKeys(key) },
      { outcome: 'unchanged', warnings: [says(`${NEW} is ${problem}`)] }
    )
  );

  test.each([
    ...unusable,
    ['asymmetric', customerKey(NEW, { spec: 'RSA_2048' })],
    ['for signing', customerKey(NEW, { usage: 'SIGN_VERIFY' })],
    ['of another region', customerKey(keyArn(NEW_ID, { region: 'us-east-1' }))]
  ] as const)('not in force and %s fails before a change is sent', async (_, key) => {
    for (const mode of ['encrypt', 'plan'] as const) {
      const message = says('No change was sent');
      const failed = { outcome: 'failed', changed: false, encrypted: 'true', key: { id: OLD }, message };
      const options = { criteria: targetKey(NEW_ID), mode, given: withKeys(key), sent: [] };
      await expectRun(active(OLD), options, mode === 'plan' ? { outcome: 'failed' } : failed);
    }
  });

  test('that does not exist fails before a change is sent', () =>
    expectRun(
      active(),
      { criteria: targetKey('alias/nowhere'), sent: [] },
      { outcome: 'failed', encrypted: 'false', message: 'there is no key alias/nowhere' }
    ));

  test.each([active(OLD), enabled(OLD)])(
    'that is an AWS managed key fails with key-type customer-managed: $arn',
    (stream) =>
      expectRun(
        stream,
        { criteria: targetKey(AWS_MANAGED, true), sent: [] },
        { outcome: 'failed', message: says('customer-managed') }
      )
  );
});

describe('a data stream with channels', () => {
  const withChannels = (keyId: string | null = null) => ({ ...active(keyId), channelCount: 2 });
  const warning = says('AWS refuses new ones on a stream that is encrypted with alias/aws/kinesis');

  test.each([
    ['encrypted with the AWS key', AWS_OWNED],
    ['encrypted with it by its ARN', targetKey(AWS_MANAGED)],
    ['encrypted with any key, which is the AWS key', ANY]
  ])('gets a warning if it would be %s', async (_, criteria) => {
    await expectRun(withChannels(), { criteria, mode: 'plan' }, { outcome: 'planned', warnings: [warning] });
    await expectRun(withChannels(), { criteria }, { outcome: 'enabled', warnings: [warning] });
  });

  test.each([
    ['it is on the AWS key already', withChannels(AWS_ALIAS), AWS_OWNED],
    ['it would get a customer key', withChannels(), TO_NEW.criteria],
    ['it has none', active(), AWS_OWNED]
  ])('gets none if %s', (_, stream, criteria) => expectRun(stream, { criteria }, { warnings: [] }));
});

describe('the ARN of the key in force', () => {
  test.each<[string, Observation, string | null, RunOptions]>([
    ['if the service reports an ARN', active(OLD), OLD, {}],
    ['if it reports an id', active(OLD_ID), OLD, {}],
    ['if it reports an alias', active('alias/old'), OLD, {}],
    ['if it is Firehose', enabled(OLD), OLD, {}],
    ['but not that of the AWS alias, which is not looked up', active(AWS_ALIAS), null, {}],
    ['if the AWS alias was looked up', active(AWS_ALIAS), AWS_MANAGED, { criteria: targetKey(AWS_MANAGED) }],
    ['but not that of the AWS key of Firehose', enabled(), null, {}],
    ['but not without a key', active(), null, {}],
    ['but not of an alias that could not be looked up', active('alias/old'), null, { given: withoutDescribeKey }]
  ])('is reported %s', async (_, stream, arn, options) => {
    await expectRun(stream, { mode: 'plan', ...options }, { keyArn: arn });
  });

  test('is that of the new key after a change, and of the previous one while the change is in flight', async () => {
    await expectRun(active('alias/old'), TO_NEW, { keyArn: NEW });
    const inFlight = { ...TO_NEW, timeoutMs: 3_000, given: starts(succeedsAfter(NEVER_ENDS)) };
    await expectRun(active('alias/old'), inFlight, { outcome: 'timed-out', keyArn: OLD });
  });
});

/** A run looks up no more keys than it needs, because it may lack kms:DescribeKey for others. */
describe('a run looks up', () => {
  async function lookedUp(stream: Observation, options: RunOptions): Promise<readonly string[]> {
    const { keys } = await expectRun(stream, options, {});
    return keys.described;
  }

  test('each key once, however often it polls', async () => {
    const { stream, keys } = await expectRun(active(OLD), { criteria: targetKey('alias/new') }, {});
    expect(stream.describesMs.length).toBeGreaterThan(2);
    expect(keys.described).toEqual(['alias/new', OLD]);
  });

  test.each<[string, Observation, RunOptions, string[]]>([
    ['but not the key reported in flight', updating(OLD), { ...TO_NEW, given: later(20_000, active(NEW)) }, [NEW]],
    ['but nothing, any key required and the AWS key in force', active(AWS_ALIAS), { criteria: ANY }, []],
    ['but nothing, AWS key required and in force', enabled(), { criteria: AWS_OWNED }, []],
    ['but nothing, AWS key required, not encrypted', disabled(), { criteria: AWS_OWNED }, []]
  ])('a key if it must be known, %s', async (_, stream, options, expected) => {
    expect(await lookedUp(stream, options)).toEqual(expected);
  });

  test.each([
    ['an ARN in force, ARNs approved', active(NEW), approved(OLD, NEW), [NEW]],
    ['an ARN in force, its id approved beside an alias', active(NEW), approved('alias/old', NEW_ID), [NEW]],
    ['another ARN in force, ids approved', enabled(OLD), approved(NEW, THIRD), [OLD]],
    ['the AWS owned key of Firehose in force', enabled(), approved(NEW, 'alias/old'), []],
    ['the AWS alias in force and approved', active(AWS_ALIAS), approved('alias/new', AWS_ALIAS), []],
    ['the AWS alias in force, a customer alias approved', active(AWS_ALIAS), approved('alias/new'), []],
    ['an alias of another region', active(NEW), approved(aliasArn('alias/x', { region: 'us-east-1' })), [NEW]],
    ['aliases approved', active(NEW), approved('alias/old', THIRD, 'alias/new'), [NEW, 'alias/old', 'alias/new']]
  ])('approved keys only if their identifiers leave it open: %s', async (_, stream, criteria, expected) => {
    expect(await lookedUp(stream, { mode: 'check', criteria })).toEqual(expected);
  });

  test.each<[string, Observation, readonly FromKey[], string[]]>([
    ['not encrypted', active(), fromKeys(OLD), []],
    ['already on the target key', active(NEW), fromKeys(THIRD_ID), []],
    ['with a data stream as source', withSource(DATA_STREAM), fromKeys(THIRD), []],
    ['in a status that shows no key', enablingFailed(), fromKeys(THIRD), []],
    ['in an unknown status', unknownStatus(), fromKeys(THIRD), []],
    ['on one of these keys', enabled(OLD), fromKeys(THIRD, OLD), [OLD]],
    ['on the AWS key, aws-owned given', active(AWS_ALIAS), fromKeys('aws-owned'), []],
    ['on another key, any given', active(OLD), fromKeys('any', THIRD), [OLD]]
  ])('no key of from-key-id by its ARN or id for a stream %s', async (_, stream, from, inForce) => {
    expect(await lookedUp(stream, { ...TO_NEW, from, mode: 'plan' })).toEqual([NEW, ...inForce]);
  });

  test('keys of from-key-id once by their alias, because the target must not be among them', async () => {
    const from = fromKeys('alias/old', 'alias/other-old');
    expect(await lookedUp(active(THIRD), { ...TO_NEW, from })).toEqual([NEW, THIRD, 'alias/old', 'alias/other-old']);
  });
});

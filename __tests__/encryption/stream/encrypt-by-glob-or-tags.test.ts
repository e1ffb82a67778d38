import { describe, test } from '@jest/globals';
import type { Observation } from '../../../src/encryption/model.ts';
import {
  AWS_ALIAS,
  AWS_MANAGED,
  aliasArn,
  disabledKey,
  NEW,
  NEW_ID,
  OLD,
  OLD_ID,
  THIRD
} from '../../support/account.ts';
import {
  active,
  disabled,
  enabled,
  enablingFailed,
  GRANT_FAILED,
  grantNotSpread,
  suspended,
  unknownStatus,
  updating
} from '../../support/observations.ts';
import { ANY, AWS_OWNED, targetKey } from '../../support/requests.ts';
import { answerLost, endsAfter, reports } from '../../support/simulated-stream.ts';
import {
  both,
  expectRun,
  later,
  type SetUp,
  says,
  starts,
  withKeys,
  withoutDescribeKey
} from '../../support/stream-simulation.ts';

const TO_NEW = { named: false, criteria: targetKey(NEW) } as const;
const MODES = ['encrypt', 'plan'] as const;
const FAILED = { outcome: 'failed', changed: false };
const SKIPPED = { outcome: 'skipped', changed: false };
const gone =
  (id: string): SetUp =>
  ({ keys }) =>
    keys.refuse(id, 'missing', `there is no key ${id}`);

describe('a stream on another customer key that a glob or tags selected', () => {
  test.each([
    ['reported by its ARN', active(OLD), targetKey(NEW)],
    ['reported by its id', active(OLD_ID), targetKey('alias/new')],
    ['reported by its alias', active('alias/old'), targetKey(NEW)],
    ['reported by its alias ARN', active(aliasArn('alias/old')), targetKey(NEW)],
    ['reported by Firehose', enabled(OLD), targetKey(NEW)],
    ['with the AWS key as target', active(OLD), AWS_OWNED],
    ['with the AWS owned key of Firehose as target', enabled(OLD), AWS_OWNED],
    ['with the ARN of the AWS managed key as target', active(OLD), targetKey(AWS_MANAGED)]
  ])('is skipped with a warning that names the key and the remedy: %s', async (_, stream, criteria) => {
    const id = stream.key?.id ?? '';
    const left = `left encrypted with ${id}, another customer key, because a glob or tags alone never move a stream off a customer key`;
    const skipped = {
      ...SKIPPED,
      encrypted: 'true',
      key: { id },
      previousKey: { id },
      message: `the stream is encrypted with ${id}, another customer key, and a glob or tags selected it: not changed`,
      warnings: [`${left}: name the stream exactly, or give this key as from-key-id`]
    };
    const given: SetUp = ({ keys }) => keys.add(disabledKey(OLD), 'alias/old');
    for (const mode of MODES) await expectRun(stream, { named: false, criteria, mode, given, sent: [] }, skipped);
  });

  test.each<[string, Observation, SetUp]>([
    ['that key no longer exists', active(OLD), gone(OLD)],
    ['that key no longer exists, its id reported', active(OLD_ID), gone(OLD_ID)],
    ['that key no longer exists, its alias reported', active('alias/old'), gone('alias/old')],
    ['the target key could not be put in force', active(OLD), withKeys(disabledKey(NEW))],
    ['another change moved it to that key during the run', updating(), later(3_000, active(THIRD))],
    ['Firehose reports that key, without kms:DescribeKey', enabled(OLD), withoutDescribeKey]
  ])('is skipped even if %s', async (_, stream, given) => {
    await expectRun(stream, { ...TO_NEW, given, sent: [] }, SKIPPED);
  });

  test('is moved without a warning if it is named', () =>
    expectRun(active(OLD), { criteria: targetKey(NEW) }, { outcome: 'rekeyed', warnings: [] }));
});

describe('a stream on no other customer key that a glob or tags selected', () => {
  test.each([
    ['not encrypted', active(), targetKey(NEW), NEW, 'enabled'],
    ['not encrypted', disabled(), AWS_OWNED, '', 'enabled'],
    ['on the AWS key', active(AWS_ALIAS), targetKey(NEW), NEW, 'rekeyed'],
    ['on the AWS key by its ARN', active(AWS_MANAGED), targetKey(NEW), NEW, 'rekeyed'],
    ['on the AWS owned key of Firehose', enabled(), targetKey(NEW), NEW, 'rekeyed'],
    ['encrypted through an alias of the target key', active('alias/new'), targetKey(NEW), NEW, 'rekeyed'],
    ['not encrypted, any key required', active(), ANY, AWS_ALIAS, 'enabled']
  ])('is changed: %s', (_, stream, criteria, key, outcome) =>
    expectRun(stream, { named: false, criteria, sent: [key] }, { outcome, warnings: [] })
  );

  test.each([
    ['the target key, by its id', active(NEW_ID), targetKey(NEW)],
    ['the AWS key as target', active(AWS_MANAGED), AWS_OWNED],
    ['a customer key, any key required', active(OLD), ANY],
    ['a customer alias, any key required', active('alias/old'), ANY]
  ])('is unchanged: %s', (_, stream, criteria) =>
    expectRun(stream, { named: false, criteria, sent: [] }, { outcome: 'unchanged', warnings: [] })
  );

  test.each([
    ['not encrypted', active()],
    ["on AWS' alias for Kinesis", active(AWS_ALIAS)],
    ['on the AWS owned key of Firehose', enabled()]
  ])('is changed without kms:DescribeKey if its state is certain: %s', (_, stream) =>
    expectRun(stream, { ...TO_NEW, given: withoutDescribeKey, sent: [NEW] }, {})
  );
});

describe('a stream that a glob or tags selected and that may be on another customer key', () => {
  test.each([
    ['an ARN in force', active(OLD), targetKey(NEW), OLD],
    ['an id in force', active(OLD_ID), targetKey(NEW), OLD_ID],
    ['an alias in force', active('alias/old'), targetKey(NEW), 'alias/old'],
    ['an ARN in force, the AWS key as target', active(OLD), AWS_OWNED, OLD]
  ])('fails without kms:DescribeKey and names the permission: %s', (_, stream, criteria, id) => {
    const message =
      `cannot determine whether ${id} is another customer key (not allowed to kms:DescribeKey ${id}): ` +
      'name the stream exactly, or give this key as from-key-id';
    return expectRun(stream, { named: false, criteria, given: withoutDescribeKey, sent: [] }, { ...FAILED, message });
  });

  test.each([enablingFailed(), suspended(), unknownStatus()])(
    'fails in the status $status and states the remedy',
    async (stream) => {
      const message = says(`the status ${stream.status}`, 'name the stream exactly, or set from-key-id: any');
      const failed = { ...FAILED, encrypted: 'unknown', message };
      for (const mode of MODES) await expectRun(stream, { ...TO_NEW, mode, sent: [] }, failed);
    }
  );

  test.each<Observation>([
    { ...active(OLD), key: null },
    { ...enabled(OLD), key: { type: 'customer-managed', id: '' } }
  ])('fails if the service reports no key id: $arn', async (stream) => {
    await expectRun(stream, { ...TO_NEW, sent: [] }, { outcome: 'failed' });
  });
});

describe('a stream that a glob or tags selected, after a change of this run', () => {
  const failing = endsAfter(1_000, grantNotSpread());

  test('gets a second attempt after a failed grant: the stream is still as before', () => {
    const message = says(`was not encrypted, unchanged by an attempt that failed (${GRANT_FAILED}); the service now`);
    return expectRun(
      disabled(),
      { ...TO_NEW, given: starts(failing), sent: [NEW, NEW] },
      { outcome: 'enabled', message }
    );
  });

  test('is reported as before after two failed grants', () => {
    const message = says(`failed again (ENABLING_FAILED: ${GRANT_FAILED})`);
    const failed = { outcome: 'failed', encrypted: 'true', key: { type: 'aws-owned', id: '' }, message };
    return expectRun(enabled(), { ...TO_NEW, given: starts(failing, failing) }, failed);
  });

  test.each([
    ['the change failed', disabled(), both(starts(failing), later(8_000, enabled(THIRD))), 'ENABLED'],
    ['the answer was lost', active(), starts(answerLost(reports(active(THIRD), 1_000))), 'ACTIVE']
  ])('fails and is left on a customer key that another run put in force after %s', async (_, stream, given, status) => {
    const message = says(`ended in ${status}, with ${THIRD}: another change may have replaced it`);
    const failed = { outcome: 'failed', changed: true, key: { id: THIRD }, message };
    await expectRun(stream, { ...TO_NEW, given, sent: [NEW] }, failed);
  });
});

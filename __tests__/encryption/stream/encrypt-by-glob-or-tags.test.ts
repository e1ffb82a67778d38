/** A stream that a glob or tags selected is never moved off another customer key. */

import { describe, test } from '@jest/globals';
import type { KeyCriteria, Observation } from '../../../src/encryption/model.ts';
import { AWS_ALIAS, AWS_MANAGED, disabledKey, NEW, NEW_ID, OLD, OLD_ID, THIRD } from '../../support/account.ts';
import {
  active,
  disabled,
  enabled,
  enablingFailed,
  GRANT_FAILED,
  grantNotSpread,
  suspended,
  updating
} from '../../support/observations.ts';
import { ANY, AWS_OWNED, targetKey } from '../../support/requests.ts';
import { answerLost, endsAfter, reports } from '../../support/simulated-stream.ts';
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

const TO_NEW = { named: false, criteria: targetKey(NEW) } as const;
const MODES = ['encrypt', 'plan'] as const;
const FAILED = { outcome: 'failed', changed: false };
const SKIPPED = { outcome: 'skipped', changed: false };

describe('a stream on another customer key that a glob or tags selected', () => {
  test.each([
    ['its ARN', active(OLD), targetKey(NEW)],
    ['its id', active(OLD_ID), targetKey('alias/new')],
    ['its alias', active('alias/old'), targetKey(NEW)],
    ['its ARN, and the AWS key is the target', active(OLD), AWS_OWNED],
    ['its ARN, and the AWS managed key is the target', active(OLD), targetKey(AWS_MANAGED)],
    ['its ARN by Firehose, and the AWS owned key is the target', enabled(OLD), AWS_OWNED]
  ])('is skipped with a warning that names the key and the remedy, given %s', async (_, stream, criteria) => {
    const id = stream.key?.id ?? '';
    const left = `left encrypted with ${id}, another customer key, because a glob or tags alone never move a stream off a customer key`;
    const skipped = {
      ...SKIPPED,
      ...{ encrypted: 'true', key: { id }, previousKey: { id } },
      cause: 'on another customer key, and selected by a glob or tags',
      message: `the stream is encrypted with ${id}, another customer key, and a glob or tags selected it: not changed`,
      warnings: [`${left}: name the stream exactly, or give this key as from-key-id`]
    };
    const given = withKey(disabledKey(OLD), 'alias/old');
    for (const mode of MODES) await expectRun(stream, { named: false, criteria, mode, given, sent: [] }, skipped);
  });

  test.each<[string, Observation, SetUp]>([
    ['that key no longer exists', active(OLD), refusesKey(OLD, 'missing')],
    ['that key no longer exists, its alias reported', active('alias/old'), refusesKey('alias/old', 'missing')],
    ['the target key could not be put in force', active(OLD), withKey(disabledKey(NEW))],
    ['another change moved it to that key during the run', updating(), later(3_000, active(THIRD))],
    ['Firehose reports that key, without kms:DescribeKey', enabled(OLD), withoutDescribeKey]
  ])('is skipped even if %s', async (_, stream, given) => {
    await expectRun(stream, { ...TO_NEW, given, sent: [] }, SKIPPED);
  });
});

describe('a stream on no other customer key that a glob or tags selected', () => {
  test.each<[string, Observation, KeyCriteria, string, SetUp?]>([
    ['not encrypted', disabled(), AWS_OWNED, ''],
    ['not encrypted, any key required', active(), ANY, AWS_ALIAS],
    ['on the AWS key by its ARN', active(AWS_MANAGED), targetKey(NEW), NEW],
    ['encrypted through an alias of the target key', active('alias/new'), targetKey(NEW), NEW],
    ['not encrypted, without kms:DescribeKey', active(), targetKey(NEW), NEW, withoutDescribeKey],
    ["on AWS' alias for Kinesis, without kms:DescribeKey", active(AWS_ALIAS), targetKey(NEW), NEW, withoutDescribeKey],
    ['on the AWS owned key, without kms:DescribeKey', enabled(), targetKey(NEW), NEW, withoutDescribeKey]
  ])('is changed: %s', async (_, stream, criteria, key, given = nothing) => {
    const outcome = stream.encrypted === 'true' ? 'rekeyed' : 'enabled';
    await expectRun(stream, { named: false, criteria, given, sent: [key] }, { outcome });
  });

  test.each([
    ['the target key, by its id', active(NEW_ID), targetKey(NEW)],
    ['a customer key, any key required', active(OLD), ANY],
    ['a customer alias, any key required', active('alias/old'), ANY]
  ])('is unchanged: %s', async (_, stream, criteria) => {
    await expectRun(stream, { named: false, criteria, sent: [] }, { outcome: 'unchanged', warnings: [] });
  });
});

describe('a stream that a glob or tags selected and that may be on another customer key', () => {
  const withoutArn: Observation = { ...enabled(OLD), key: { type: 'customer-managed', id: '' } };

  test.each([
    ['an ARN in force', active(OLD), targetKey(NEW), OLD],
    ['an alias in force', active('alias/old'), targetKey(NEW), 'alias/old'],
    ['an ARN in force, the AWS key as target', active(OLD), AWS_OWNED, OLD]
  ])('fails without kms:DescribeKey and names the permission: %s', async (_, stream, criteria, id) => {
    const message =
      `cannot determine whether ${id} is another customer key (not allowed to kms:DescribeKey ${id}): ` +
      'name the stream exactly, or give this key as from-key-id';
    await expectRun(stream, { named: false, criteria, given: withoutDescribeKey, sent: [] }, { ...FAILED, message });
  });

  test.each([enablingFailed(), suspended()])('fails in the status $status and states the remedy', async (stream) => {
    const message = says(`the status ${stream.status}`, 'name the stream exactly, or set from-key-id: any');
    const failed = { ...FAILED, encrypted: 'unknown', message };
    for (const mode of MODES) await expectRun(stream, { ...TO_NEW, mode, sent: [] }, failed);
  });

  test.each([{ ...active(OLD), key: null }, withoutArn])('fails if no key id is reported: $arn', async (stream) => {
    await expectRun(stream, { ...TO_NEW, sent: [] }, { ...FAILED, message: says('is another customer key') });
  });
});

describe('a stream that a glob or tags selected, after a change of this run', () => {
  const failing = endsAfter(1_000, grantNotSpread());

  test('gets a second attempt after a failed grant, and is reported as before after two', async () => {
    const given = starts(failing);
    await expectRun(
      disabled(),
      { ...TO_NEW, given, sent: [NEW, NEW] },
      { outcome: 'enabled', message: says(GRANT_FAILED) }
    );
    const failed = {
      outcome: 'failed',
      encrypted: 'true',
      key: { type: 'aws-owned', id: '' },
      message: says('failed again')
    };
    await expectRun(enabled(), { ...TO_NEW, given: starts(failing, failing) }, failed);
  });

  test.each([
    ['the change failed', disabled(), [starts(failing), later(8_000, enabled(THIRD))], 'ENABLED'],
    ['the answer was lost', active(), [starts(answerLost(reports(active(THIRD), 1_000)))], 'ACTIVE']
  ])('fails and is left on a customer key that another run put in force after %s', async (_, stream, given, status) => {
    const message = says(`ended in ${status}, with ${THIRD}: another change may have replaced it`);
    const failed = { outcome: 'failed', changed: true, key: { id: THIRD }, message };
    await expectRun(stream, { ...TO_NEW, given, sent: [NEW] }, failed);
  });
});

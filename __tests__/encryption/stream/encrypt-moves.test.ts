/**
 * Which streams are moved off their key: one that a glob or tags selected never off another customer key; with `from-key-id`
 * only streams on one of these keys.
 */

import { describe, expect, test } from '@jest/globals';
import type { Observation } from '../../../src/encryption/model.ts';
import {
  AWS_ALIAS,
  AWS_MANAGED,
  aliasArn,
  disabledKey,
  NEW,
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
import { answerLost, endsAfter, reports } from '../../support/simulated-stream.ts';
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
const SELECTED = { ...TO_NEW, named: false } as const;
const TO_AWS = { criteria: AWS_OWNED } as const;
const MODES = ['encrypt', 'plan'] as const;
const DENIED = { given: withoutDescribeKey };
const WITHOUT_ID: Observation = { ...active(OLD), key: null };
const aliasDenied = { given: refusesKey('alias/x', 'denied', 'not allowed to kms:DescribeKey alias/x') };
const gone = (id: string) => ({ given: refusesKey(id, 'missing') });

type Row = [what: string, stream: Observation, options: RunOptions];

/** The options of a run that moves only streams on one of these keys. */
const from = (...keys: string[]) => ({ ...TO_NEW, from: fromKeys(...keys) });

describe('a stream on another customer key that a glob or tags selected', () => {
  const disabledKeys = { given: [withKey(disabledKey(OLD), 'alias/old'), withKey(disabledKey(NEW))] };

  test.each<Row>([
    ['its ARN', active(OLD), {}],
    ['its alias', active('alias/old'), {}],
    ['its ARN, and the AWS key is the target', active(OLD), TO_AWS],
    ['its ARN by Firehose, and the AWS owned key is the target', enabled(OLD), TO_AWS],
    ['its ARN by Firehose, without kms:DescribeKey', enabled(OLD), DENIED],
    ['its ARN, but the key no longer exists', active(OLD), gone(OLD)],
    ['its ARN, and both keys are disabled', active(OLD), disabledKeys]
  ])('is skipped with a warning that names the key and the remedy, given %s', async (_, stream, options) => {
    const id = stream.key?.id ?? '';
    const left = `left encrypted with ${id}, another customer key, because a glob or tags alone never move a stream off a customer key`;
    const skipped = {
      ...{ outcome: 'skipped', changed: false, encrypted: 'true', key: { id }, previousKey: { id } },
      cause: 'on another customer key, and selected by a glob or tags',
      message: `the stream is encrypted with ${id}, another customer key, and a glob or tags selected it: not changed`,
      warnings: expect.arrayContaining([`${left}: name the stream exactly, or give this key as from-key-id`])
    };
    for (const mode of MODES) await expectRun(stream, { ...SELECTED, ...options, mode, sent: [] }, skipped);
  });

  const failsToSpread = endsAfter(1_000, grantNotSpread());
  const lost = starts(answerLost(reports(active(THIRD), 1_000)));

  test.each([
    ['during the run', updating(), [later(3_000, active(THIRD))], 'skipped'],
    ['after the change failed', disabled(), [starts(failsToSpread), later(8_000, enabled(THIRD))], 'failed'],
    ['after the answer was lost', active(), [lost], 'failed']
  ])('stays on a key that another run put in force %s', async (_, stream, given, outcome) => {
    await expectRun(stream, { ...SELECTED, given }, { outcome, changed: outcome === 'failed', key: { id: THIRD } });
  });
});

test.each<Row>([
  ['the AWS key by its ARN, selected by a glob or tags', active(AWS_MANAGED), SELECTED],
  ['an alias of the target, selected by a glob or tags', active('alias/new'), SELECTED],
  ["AWS' alias for Kinesis, selected by a glob or tags", active(AWS_ALIAS), { ...SELECTED, ...DENIED }],
  ['the AWS owned key of Firehose, selected by a glob or tags', enabled(), { ...SELECTED, ...DENIED }],
  ['a key in from-key-id by its id', active(OLD), from(OLD_ID)],
  ['a key in from-key-id by an alias ARN', enabled(OLD), from(aliasArn('alias/old'))],
  ['an alias in from-key-id by the ARN of its key', active('alias/old'), from(OLD)],
  ['an alias that may not be looked up', active('alias/x'), { ...from(aliasArn('alias/x')), ...DENIED }],
  ['one of several keys in from-key-id', active(OLD), from(THIRD, 'alias/old')],
  ['a key beside an alias that may not be looked up', active(OLD), { ...from('alias/x', OLD), ...aliasDenied }],
  ['a disabled key in from-key-id', active(OLD), { ...from(OLD), given: withKey(disabledKey(OLD)) }],
  ['a key in from-key-id that no longer exists', active(OLD_ID), { ...from(OLD_ID), ...gone(OLD_ID) }],
  ['the AWS key, aws-owned in from-key-id', active(AWS_MANAGED), from('aws-owned')],
  ['the AWS owned key of Firehose, aws-owned in from-key-id', enabled(), { ...from('aws-owned'), ...DENIED }],
  ['the AWS alias, the AWS managed key in from-key-id', active(AWS_ALIAS), from(AWS_MANAGED)],
  ['any key, in a failed status', enablingFailed(), from('any')]
])('a stream is moved if it is on %s', async (_, stream, options) => {
  for (const named of new Set([options.named ?? true, false])) {
    await expectRun(stream, { ...options, named, mode: 'plan' }, { outcome: 'planned', changed: false });
    await expectRun(stream, { ...options, named, sent: [NEW] }, { outcome: 'rekeyed', key: { id: NEW } });
  }
});

test('a stream that a glob or tags selected is encrypted if it is not', () =>
  expectRun(active(), { ...SELECTED, ...DENIED, sent: [NEW] }, { outcome: 'enabled' }));

describe('a stream on no key of from-key-id', () => {
  const onOther = (id: string) => `the stream is encrypted with ${id}, which is not in from-key-id: not changed`;
  const NOT_ENCRYPTED = 'the stream is not encrypted, so it is on none of the keys in from-key-id';

  test.each<[string, Observation, string, RunOptions]>([
    ['not encrypted', active(), NOT_ENCRYPTED, from(OLD)],
    ['not encrypted, from-key-id any', disabled(), NOT_ENCRYPTED, from('any')],
    ['on another customer key', active(THIRD_ID), onOther(THIRD_ID), from(OLD_ID, 'alias/old')],
    ['on another customer alias', active('alias/third'), onOther('alias/third'), from(OLD, 'alias/old')],
    ['on a customer key, from-key-id aws-owned', active(THIRD), onOther(THIRD), from('aws-owned')],
    ['on the AWS owned key', enabled(), onOther('the AWS owned key'), from(OLD, AWS_MANAGED, AWS_ALIAS)],
    ['on an alias of the target key', active('alias/new'), onOther('alias/new'), from(OLD)],
    ['on an alias that no longer exists', active('alias/gone'), onOther('alias/gone'), from(OLD, 'alias/old')],
    ['on a key that may not be looked up', enabled(THIRD), onOther(THIRD), { ...from(OLD, OLD_ID), ...DENIED }],
    ['moved off it during the run', updating(OLD), onOther(THIRD), { ...from(OLD), given: later(3_000, active(THIRD)) }]
  ])('is skipped: %s', async (_, stream, message, options) => {
    const skipped = { outcome: 'skipped', changed: false, message };
    for (const named of [true, false]) await expectRun(stream, { ...options, named, sent: [] }, skipped);
  });

  test('is skipped with a warning if KMS does not know an alias of from-key-id', () => {
    const unknown = 'alias/ol in from-key-id does not exist in KMS (there is no key alias/ol)';
    return expectRun(active(THIRD), from('alias/ol', OLD), { outcome: 'skipped', warnings: [unknown] });
  });

  test('is unchanged if it is on the target key', () =>
    expectRun(active(NEW), { ...from(OLD), named: false, sent: [] }, { outcome: 'unchanged', warnings: [] }));
});

test('a stream gets a second attempt after a failed grant, because it is still on its previous key', async () => {
  const options = { named: false, given: starts(endsAfter(1_000, grantNotSpread())), sent: [NEW, NEW] };
  await expectRun(enabled(OLD), { ...from(OLD), ...options }, { outcome: 'rekeyed', previousKey: { id: OLD } });
  await expectRun(disabled(), { ...SELECTED, ...options }, { outcome: 'enabled' });
});

describe('a stream that may be on a key that must not be changed fails and says why', () => {
  const EXACTLY = 'name the stream exactly, or give this key as from-key-id';
  const onOther = (id: string) =>
    `cannot determine whether ${id} is another customer key (not allowed to kms:DescribeKey ${id}): ${EXACTLY}`;
  const onFrom = (id: string, unknown = id) =>
    says(`whether ${id} is one of from-key-id`, `not allowed to kms:DescribeKey ${unknown}`);
  const status = (word: string, remedy: string) => says(`the status ${word}`, remedy);
  const unidentified = (what: string) => says(`whether an unidentified key is ${what}`);
  const toAny = 'set from-key-id: any to change it anyway';
  const nameIt = 'name the stream exactly, or set from-key-id: any';
  const withoutArn: Observation = { ...enabled(OLD), key: { type: 'customer-managed', id: '' } };

  test.each<[string, Observation, RunOptions, unknown]>([
    ['selected, an ARN', active(OLD), { ...SELECTED, ...DENIED }, onOther(OLD)],
    ['selected, the AWS key as target', active(OLD), { ...SELECTED, ...TO_AWS, ...DENIED }, onOther(OLD)],
    ['selected, a failed status', enablingFailed(), SELECTED, status('ENABLING_FAILED', nameIt)],
    ['selected, an unknown status', suspended(), SELECTED, status('SUSPENDED', nameIt)],
    ['selected, no key id', WITHOUT_ID, SELECTED, says('is another customer key')],
    ['selected, no ARN of Firehose', withoutArn, SELECTED, says('is another customer key')],
    ['an alias in force', active('alias/x'), { ...from(OLD), ...DENIED }, onFrom('alias/x')],
    ['an alias in from-key-id', active(THIRD), { ...from('alias/x', OLD), ...aliasDenied }, onFrom(THIRD, 'alias/x')],
    ['from-key-id aws-owned', active(OLD), { ...from('aws-owned'), ...DENIED }, onFrom(OLD)],
    ['the AWS key in force', active(AWS_ALIAS), { ...from(OLD), ...DENIED }, onFrom(AWS_ALIAS, OLD)],
    ['a failed status', enablingFailed(), from(OLD, 'aws-owned'), status('ENABLING_FAILED', toAny)],
    ['no key id', WITHOUT_ID, from(OLD), unidentified('one of from-key-id')],
    ['no key id, from-key-id any', WITHOUT_ID, from('any'), unidentified('the target key')],
    ['the AWS key as target', active(OLD), { ...from(OLD), ...TO_AWS, ...DENIED }, says('is the target key')]
  ])('%s', async (_, stream, options, message) => {
    const failed = { outcome: 'failed', changed: false, message };
    for (const mode of MODES) await expectRun(stream, { ...options, mode, sent: [] }, failed);
  });
});

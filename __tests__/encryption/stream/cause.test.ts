/** Streams with the same cause have equal texts, so that they are reported together. */

import { describe, expect, test } from '@jest/globals';
import { withoutDeniedKeys, withoutStreamName } from '../../../src/encryption/stream/cause.ts';
import { AWS_ALIAS, NEW, OLD, THIRD } from '../../support/account.ts';
import { cpuTimeMs } from '../../support/cpu-time.ts';
import { active, disabled, enabled, enablingFailed, updating } from '../../support/observations.ts';
import { approved, CUSTOMER_MANAGED, fromKeys, targetKey } from '../../support/requests.ts';
import { answerLost, endsAfter, failsWith, hangs, hasNoEffect } from '../../support/simulated-stream.ts';
import { cancelAt, describes, expectRun, starts } from '../../support/stream-simulation.ts';

const ARN = 'arn:aws:kinesis:us-east-1:111122223333:stream/orders';
const WITHOUT_NAME = ARN.replace('orders', '…');
const ROLE = 'arn:aws:sts::111122223333:assumed-role/orders/orders';

describe('a text without the name of the stream', () => {
  test.each([
    [
      'a denial with its advice',
      `kinesis:StartStreamEncryption for ${ARN} in us-east-1: AccessDeniedException: User: ${ROLE} is not authorized to perform: kinesis:StartStreamEncryption on resource: ${ARN} because no identity-based policy allows it. Grant kinesis:StartStreamEncryption on ${ARN} to the role of this step`,
      `kinesis:StartStreamEncryption in us-east-1: AccessDeniedException: User: ${ROLE} is not authorized to perform: kinesis:StartStreamEncryption because no identity-based policy allows it. Grant kinesis:StartStreamEncryption to the role of this step`
    ],
    [
      'a call for a stream whose ARN is not known',
      'firehose:DescribeDeliveryStream for the delivery stream orders in us-east-1: ResourceNotFoundException: Firehose orders under account 111122223333 not found.',
      'firehose:DescribeDeliveryStream in us-east-1: ResourceNotFoundException: Firehose … under account 111122223333 not found.'
    ],
    ['the name at the end of a sentence', 'no stream orders. Check it', 'no stream …. Check it'],
    ['an ARN that is the subject', `${ARN} is gone: see ${ARN}.`, `${WITHOUT_NAME} is gone: see ${WITHOUT_NAME}.`],
    [
      'a name that is a word, too',
      'orders with a glob orders: the data stream orders',
      'orders with a glob orders: the data stream …'
    ],
    [
      'the times of a token and of a signature',
      'Token expired: current date/time 1795802873 must be before the expiration date/time1795802800; 20261127T181300Z',
      'Token expired: current date/time … must be before the expiration date/time…; …'
    ],
    ['the id of a request', 'denied (Request ID: 1a-2b; Proxy: null)', 'denied (Request ID: …; Proxy: null)']
  ])('%s', (_, text, expected) => {
    const kind = text.startsWith('firehose:') ? 'firehose' : 'kinesis';
    expect(withoutStreamName(text, { kind, name: 'orders' })).toBe(expected);
  });

  test.each([
    ['a longer name, or a part of one', 'kinesis', `orders-2, my.orders and ${ARN}-2`],
    ['keys, principals and actions', 'kinesis', `Grant orders:Do on ${NEW} to ${ROLE}`],
    ['the source of a delivery stream with the same name', 'firehose', `judged by its source ${ARN}: not encrypted`]
  ] as const)('keeps %s', (_, kind, text) => {
    expect(withoutStreamName(text, { kind, name: 'orders' })).toBe(text);
  });
});

describe('a text without the keys that the role may not look up', () => {
  const BY_ROLE = ' because no identity-based policy allows it';
  const OTHER_POLICY = ' because no resource-based policy allows it';

  /** A text about a denied lookup: the key as it was given, as AWS names it, and why. */
  function denied(given: string, key: string, reason: string): string {
    return `whether ${given} is it (kms:DescribeKey for ${given} in eu-central-1: AccessDenied: User: ${ROLE} is not authorized to perform: kms:DescribeKey on resource: ${key}${reason}. Grant kms:DescribeKey on ${key} to the role)`;
  }

  test.each([
    ['a key', OLD, BY_ROLE, OLD.replace(/[^/]+$/, '…'), 'kms:DescribeKey'],
    ['an alias', 'alias/old', BY_ROLE, 'alias/…', 'kms:DescribeKey for alias/…']
  ])('%s', (_, given, reason, short, call) => {
    expect(withoutDeniedKeys(denied(given, OLD, reason))).toBe(
      `whether ${short} is it (${call} in eu-central-1: AccessDenied: User: ${ROLE} is not authorized to perform: kms:DescribeKey${reason}. Grant kms:DescribeKey to the role)`
    );
  });

  test.each([
    OTHER_POLICY,
    ' because the resource does not exist in this Region',
    ' with an explicit deny in a resource-based policy'
  ])('keeps a key that must be allowed itself:%s', (reason) => {
    const text = denied(NEW, NEW, reason);
    expect(withoutDeniedKeys(text)).toBe(text);
    const both = withoutDeniedKeys(`${text}; ${denied(OLD, OLD, BY_ROLE)}`);
    expect(both).toContain(NEW);
    expect(both).not.toContain(OLD);
  });
});

test('hostile texts take little time', () => {
  for (const part of ['.', ':', 'arn:', 'for the data stream ', 'x']) {
    const text = `${part.repeat(4_000)} orders`;
    expect(cpuTimeMs(() => withoutStreamName(text, { kind: 'kinesis', name: 'orders' }))).toBeLessThan(1_000);
  }
  const lookups = 'kms:DescribeKey for a in b: '.repeat(2_000);
  expect(cpuTimeMs(() => withoutDeniedKeys(lookups))).toBeLessThan(1_000);
});

describe('streams have one cause whatever their key was', () => {
  const TO_NEW = { criteria: targetKey(NEW), settleMs: 0, timeoutMs: 60_000 } as const;
  const OTHER_KEY = `not encrypted with ${NEW}, the required key: run mode encrypt`;
  const NO_CUSTOMER_KEY = 'not encrypted with a customer managed key: run mode encrypt with a key-id';
  const NOT_APPROVED =
    'encrypted with a key that is not in approved-key-ids: run mode encrypt with a key-id to move it';

  test.each([
    ['another key than the required one', [active(OLD), active(THIRD), enabled(OLD)], TO_NEW.criteria, OTHER_KEY],
    ['a key that is not approved', [active(OLD), enabled(THIRD)], approved(NEW), NOT_APPROVED],
    ['the AWS key', [active(AWS_ALIAS), enabled()], CUSTOMER_MANAGED, NO_CUSTOMER_KEY],
    ['no key', [active(), disabled()], CUSTOMER_MANAGED, 'not encrypted: run mode encrypt']
  ])('in mode check, if they are on %s', async (_, streams, criteria, cause) => {
    for (const stream of streams) await expectRun(stream, { mode: 'check', criteria }, { cause });
  });

  const refused = failsWith('denied', 'Grant it');
  const fails = starts(endsAfter(1_000, enablingFailed('DISABLED_KMS_KEY: no')));
  const lost = starts(answerLost(hasNoEffect));
  const failed = `the change to ${NEW} failed (ENABLING_FAILED: DISABLED_KMS_KEY: no). Fix it`;
  const replaced = `the change to ${NEW} was sent, but the stream ended in ACTIVE without this key: another change may have replaced it. Find out who else changes this stream, then run again`;
  const again = 'The service continues by itself any change that was sent. Running again is safe';
  const late = `did not finish within 60 s (timeout-seconds). The last status was UPDATING. ${again}`;

  test.each([
    ['their change failed', [disabled(), enabled(OLD), enabled(THIRD)], [fails], failed],
    ['their change was replaced by another', [active(OLD), active(THIRD)], [starts(hasNoEffect)], replaced],
    ['they were refused', [active(OLD), active(THIRD)], [starts(refused)], 'Grant it'],
    ['they were refused after an earlier start', [active(OLD)], [lost, starts(refused)], 'Grant it'],
    ['they timed out in the same status', [updating(), updating(OLD)], [], late],
    ['they were cancelled', [updating(), active(OLD)], [lost, cancelAt(2_000)], `the run was cancelled. ${again}`]
  ])('if %s', async (_, streams, given, cause) => {
    for (const stream of streams) await expectRun(stream, { ...TO_NEW, given }, { cause });
  });

  test('if they were skipped, would be changed, or were cancelled in mode check', async () => {
    const skipped = { outcome: 'skipped', cause: 'on a key that is not in from-key-id' };
    for (const stream of [active(THIRD), enabled()])
      await expectRun(stream, { ...TO_NEW, from: fromKeys(OLD) }, skipped);
    await expectRun(active(OLD), { ...TO_NEW, mode: 'plan' }, { outcome: 'planned', cause: 'on another key' });
    const viaAlias = { cause: 'encrypted through an alias, which does not prove which key is used' };
    await expectRun(active('alias/new'), { ...TO_NEW, mode: 'plan' }, viaAlias);
    const given = [describes(hangs), cancelAt(2_000)];
    const cancelled = { outcome: 'cancelled', cause: 'the run was cancelled. Running again is safe' };
    await expectRun(active(OLD), { ...TO_NEW, mode: 'check', given }, cancelled);
  });
});

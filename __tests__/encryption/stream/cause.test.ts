import { describe, expect, test } from '@jest/globals';
import type { Observation, StreamRequest } from '../../../src/encryption/model.ts';
import { withoutDeniedKeys, withoutStreamName } from '../../../src/encryption/stream/cause.ts';
import { disabledKey, NEW, OLD, THIRD } from '../../support/account.ts';
import { cpuTimeMs } from '../../support/cpu-time.ts';
import { active, disabled, enabled, enablingFailed, updating } from '../../support/observations.ts';
import { approved, CUSTOMER_MANAGED, fromKeys, targetKey } from '../../support/requests.ts';
import { answerLost, endsAfter, failsWith, hangs, hasNoEffect, reports } from '../../support/simulated-stream.ts';
import { type StreamSimulation, simulate } from '../../support/stream-simulation.ts';

const ARN = 'arn:aws:kinesis:us-east-1:111122223333:stream/orders';
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
    [
      'an ARN that is the subject',
      `${ARN} is gone: see ${ARN}.`,
      `${ARN.replace('orders', '…')} is gone: see ${ARN.replace('orders', '…')}.`
    ],
    ['a longer name, or a part of one', `orders-2, my.orders and ${ARN}-2`, `orders-2, my.orders and ${ARN}-2`],
    ['keys, principals and actions', `Grant orders:Do on ${NEW} to ${ROLE}`, `Grant orders:Do on ${NEW} to ${ROLE}`],
    [
      'the source of a delivery stream with the same name',
      `firehose: judged by its source ${ARN}: not encrypted`,
      `firehose: judged by its source ${ARN}: not encrypted`
    ],
    [
      'a name that is a word of the sentence, too',
      'left encrypted with another customer orders, because a glob orders: the data stream orders',
      'left encrypted with another customer orders, because a glob orders: the data stream …'
    ],
    [
      'the times of a token and of a signature',
      'Token expired: current date/time 1795802873 must be before the expiration date/time1795802800; 20261127T181300Z',
      'Token expired: current date/time … must be before the expiration date/time…; …'
    ],
    ['the id of a request', 'denied (Request ID: 1a-2b; Proxy: null)', 'denied (Request ID: …; Proxy: null)']
  ])('%s', (_what, text, expected) => {
    expect(
      withoutStreamName(text, { kind: text.startsWith('firehose:') ? 'firehose' : 'kinesis', name: 'orders' })
    ).toBe(expected);
  });

  test('takes little time for hostile texts', () => {
    for (const part of ['.', ':', 'arn:', 'for the data stream ', 'x']) {
      const text = `${part.repeat(4_000)} orders`;
      expect(cpuTimeMs(() => withoutStreamName(text, { kind: 'kinesis', name: 'orders' }))).toBeLessThan(1_000);
    }
  });
});

describe('a text without the keys that the role may not look up', () => {
  const BY_ROLE = ' because no identity-based policy allows it';
  const ANY_KEY = OLD.replace(/[^/]+$/, '…');

  function denied(given: string, key: string, reason: string): string {
    return `whether ${given} is it (kms:DescribeKey for ${given} in eu-central-1: AccessDenied: User: ${ROLE} is not authorized to perform: kms:DescribeKey on resource: ${key}${reason}. Grant kms:DescribeKey on ${key} to the role)`;
  }

  test.each([
    ['a key', denied(OLD, OLD, BY_ROLE), OLD],
    ['a key whose denial has no reason', denied(OLD, OLD, ''), OLD],
    ['an alias', denied('alias/old', OLD, BY_ROLE), 'alias/old']
  ])('%s', (_what, text, given) => {
    const short = given === OLD ? ANY_KEY : 'alias/…';
    const reason = text.includes(BY_ROLE) ? BY_ROLE : '';
    const call = given === OLD ? 'kms:DescribeKey' : `kms:DescribeKey for ${short}`;
    expect(withoutDeniedKeys(text)).toBe(
      `whether ${short} is it (${call} in eu-central-1: AccessDenied: User: ${ROLE} is not authorized to perform: kms:DescribeKey${reason}. Grant kms:DescribeKey to the role)`
    );
  });

  test.each([
    ' because no resource-based policy allows it',
    ' because the resource does not exist in this Region',
    ' with an explicit deny in a resource-based policy'
  ])('keeps a key that must be allowed itself:%s', (reason) => {
    const text = denied(OLD, OLD, reason);
    expect(withoutDeniedKeys(text)).toBe(text);
  });

  test('keeps the keys of other lookups in the same text', () => {
    const other = denied(NEW, NEW, ' because no resource-based policy allows it');
    const text = `${other}; ${denied(OLD, OLD, BY_ROLE)}`;
    expect(withoutDeniedKeys(text)).toContain(NEW);
    expect(withoutDeniedKeys(text)).not.toContain(OLD);
  });

  test('takes little time for hostile texts', () => {
    const text = 'kms:DescribeKey for a in b: '.repeat(2_000);
    expect(cpuTimeMs(() => withoutDeniedKeys(text))).toBeLessThan(1_000);
  });
});

type Run = (simulation: StreamSimulation) => void;

/** The causes of two runs that differ only in the state before. */
async function causesOf(states: readonly Observation[], request: Partial<StreamRequest>, run: Run = () => {}) {
  const causes = states.map(async (state) => {
    const simulation = simulate(state);
    run(simulation);
    const { cause } = await (request.mode === 'check' ? simulation.check(request) : simulation.encrypt(request));
    return cause;
  });
  return Promise.all(causes);
}

describe('streams have the same cause whatever their key was', () => {
  const TO_NEW = { criteria: targetKey(NEW), settleMs: 0, timeoutMs: 60_000 } as const;

  test.each([
    [
      'another key than the required one',
      targetKey(NEW),
      `not encrypted with ${NEW}, the required key: run mode encrypt`
    ],
    [
      'a key that is not approved',
      approved(NEW),
      'encrypted with a key that is not in approved-key-ids: run mode encrypt with a key-id'
    ]
  ] as const)('if they are on %s', async (_what, criteria, cause) => {
    const causes = await causesOf([active(OLD), active(THIRD), enabled(OLD)], { mode: 'check', criteria });
    expect(new Set(causes)).toEqual(new Set([cause]));
  });

  test('if they are not encrypted, or not with a customer managed key', async () => {
    expect(await causesOf([active(), disabled()], { mode: 'check', criteria: CUSTOMER_MANAGED })).toEqual([
      'not encrypted: run mode encrypt',
      'not encrypted: run mode encrypt'
    ]);
    expect(await causesOf([enabled()], { mode: 'check', criteria: CUSTOMER_MANAGED })).toEqual([
      'not encrypted with a customer managed key: run mode encrypt with a key-id'
    ]);
  });

  test('if their change failed, and the cause names the target and the failure', async () => {
    const fail: Run = ({ stream }) => stream.onNextStarts(endsAfter(1_000, enablingFailed('DISABLED_KMS_KEY: no')));
    const causes = await causesOf([disabled(), enabled(OLD), enabled(THIRD)], TO_NEW, fail);
    expect(new Set(causes)).toEqual(
      new Set([`the change to ${NEW} failed (ENABLING_FAILED: DISABLED_KMS_KEY: no). Fix it`])
    );
  });

  test('if another change replaced theirs', async () => {
    const causes = await causesOf([active(OLD), active(THIRD)], TO_NEW, ({ stream }) =>
      stream.onNextStarts(hasNoEffect)
    );
    expect(new Set(causes).size).toBe(1);
    expect(causes[0]).toContain('ended in ACTIVE without this key: another change may have replaced it');
  });

  test('if they were refused, before or after an earlier start', async () => {
    const refuse: Run = ({ stream }) => stream.onNextStarts(failsWith('denied', 'Grant it'));
    const refuseLater: Run = ({ stream }) =>
      stream.onNextStarts(answerLost(hasNoEffect), failsWith('denied', 'Grant it'));
    expect(await causesOf([active(OLD)], TO_NEW, refuse)).toEqual(['Grant it']);
    expect(await causesOf([active(THIRD)], TO_NEW, refuseLater)).toEqual(['Grant it']);
  });

  test('if they timed out in the same status', async () => {
    const causes = await causesOf([updating(), updating(OLD)], TO_NEW);
    expect(new Set(causes)).toEqual(
      new Set([
        'did not finish within 60 s. The last status was UPDATING. The service continues by itself any change that was sent. Running again is safe'
      ])
    );
  });

  test('if they were cancelled, whatever they did', async () => {
    const cancel: Run = (simulation) => {
      simulation.stream.onNextStarts(answerLost(hasNoEffect));
      simulation.cancelAt(2_000);
    };
    const causes = await causesOf([updating(OLD), active(OLD)], TO_NEW, cancel);
    expect(new Set(causes)).toEqual(
      new Set([
        'the run was cancelled. The service continues by itself any change that was sent. Running again is safe'
      ])
    );
    const cancelled = await causesOf([active(OLD)], { ...TO_NEW, mode: 'check' }, (simulation) => {
      simulation.stream.onNextDescribes(hangs);
      simulation.cancelAt(2_000);
    });
    expect(cancelled).toEqual(['the run was cancelled. Running again is safe']);
  });

  test('if they were skipped, or would be changed', async () => {
    const FROM_OLD = { ...TO_NEW, from: fromKeys(OLD) };
    expect(await causesOf([active(THIRD), enabled()], FROM_OLD)).toEqual(
      Array.from({ length: 2 }, () => 'on a key that is not in from-key-id')
    );
    expect(await causesOf([active(OLD), active(THIRD)], { ...TO_NEW, mode: 'plan' })).toEqual(
      Array.from({ length: 2 }, () => 'on another key')
    );
  });
});

describe('the result of a change', () => {
  test('has the state before it, and why the previous key cannot be used', async () => {
    const simulation = simulate(active(OLD));
    simulation.keys.add(disabledKey(OLD));
    simulation.stream.onNextStarts(reports(active(NEW)));
    expect(await simulation.encrypt({ criteria: targetKey(NEW) })).toMatchObject({
      outcome: 'rekeyed',
      previouslyEncrypted: 'true',
      previousKey: { id: OLD },
      previousKeyProblem: expect.stringContaining('cannot be read')
    });
    const fromNone = simulate(active());
    fromNone.stream.onNextStarts(reports(active(NEW)));
    expect(await fromNone.encrypt({ criteria: targetKey(NEW) })).toMatchObject({
      outcome: 'enabled',
      previouslyEncrypted: 'false',
      previousKeyProblem: null
    });
  });
});

import { describe, expect, test } from '@jest/globals';
import { createDeadline } from '../../../src/encryption/deadline.ts';
import { findTargetInFromKeys, rejectTargetInFromKeys } from '../../../src/encryption/keys/from-key.ts';
import { KeyCache } from '../../../src/encryption/keys/key-cache.ts';
import { type KeyCriteria, KINDS, type StreamKind } from '../../../src/encryption/model.ts';
import { TimedOut } from '../../../src/encryption/ports.ts';
import {
  AWS_ALIAS,
  AWS_MANAGED,
  aliasArn,
  awsManagedKey,
  customerKey,
  NEW,
  NEW_ID,
  OLD
} from '../../support/account.ts';
import { ANY, AWS_OWNED, fromKeys, targetKey } from '../../support/requests.ts';
import { SimulatedKeys } from '../../support/simulated-keys.ts';
import { failsWith, repeated } from '../../support/simulated-stream.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

function simulatedKeys(): SimulatedKeys {
  const keys = new SimulatedKeys();
  keys.add(customerKey(OLD), 'alias/old');
  keys.add(customerKey(NEW), 'alias/new', 'alias/other-new');
  keys.add(awsManagedKey(AWS_MANAGED), AWS_ALIAS);
  return keys;
}

function find(keys: SimulatedKeys, criteria: KeyCriteria, ids: readonly string[], kinds: readonly StreamKind[]) {
  const cache = new KeyCache(keys);
  const { signal } = new AbortController();
  const request = { criteria, from: fromKeys(...ids), selection: { kinds } };
  return findTargetInFromKeys(request, (id) => cache.lookUp(id, signal));
}

describe('the target among the keys of from-key-id', () => {
  test.each([
    ['its ARN', targetKey('alias/new'), NEW],
    ['its id', targetKey('alias/new'), NEW_ID],
    ['its alias', targetKey(NEW_ID), 'alias/new'],
    ['another alias', targetKey('alias/new'), 'alias/other-new'],
    ['an alias ARN', targetKey(NEW), aliasArn('alias/other-new')],
    ['the AWS managed key by its ARN', AWS_OWNED, AWS_MANAGED],
    ['the AWS managed key by the ARN of its alias', AWS_OWNED, aliasArn(AWS_ALIAS)]
  ])('is found by %s', async (_, criteria, id) => {
    expect(await find(simulatedKeys(), criteria, [OLD, 'alias/old', id], ['kinesis', 'firehose'])).toBe(id);
    expect(await find(simulatedKeys(), criteria, [OLD, 'alias/old'], ['kinesis', 'firehose'])).toBeNull();
  });

  test('is not looked for where no alias and no AWS key is involved', async () => {
    for (const [criteria, ids] of [
      [targetKey(NEW), [OLD]],
      [targetKey('alias/new'), ['any', 'aws-owned']],
      [ANY, ['alias/new']]
    ] as const) {
      const keys = simulatedKeys();
      expect(await find(keys, criteria, ids, ['kinesis'])).toBeNull();
      expect(keys.described).toEqual([]);
    }
  });

  test('is not the AWS managed key if Firehose is to use its own key', async () => {
    expect(await find(simulatedKeys(), AWS_OWNED, [AWS_MANAGED, aliasArn(AWS_ALIAS)], ['firehose'])).toBeNull();
  });

  test('is not known if the lookup is denied, or if there is no such key', async () => {
    const denied = simulatedKeys();
    denied.denyAll();
    expect(await find(denied, targetKey('alias/new'), ['alias/other-new'], ['kinesis'])).toBeNull();
    expect(await find(denied, AWS_OWNED, [AWS_MANAGED], ['kinesis'])).toBeNull();
    expect(await find(simulatedKeys(), targetKey(NEW), ['alias/gone'], ['kinesis'])).toBeNull();
    expect(await find(simulatedKeys(), targetKey('alias/gone'), ['alias/gone'], ['kinesis'])).toBeNull();
  });
});

describe('rejectTargetInFromKeys', () => {
  function reject(keys: SimulatedKeys, criteria: KeyCriteria, ids: readonly string[], timeoutMs: number) {
    const clock = new VirtualClock();
    const deadline = createDeadline(clock, timeoutMs, new AbortController().signal);
    deadline.start();
    const request = { criteria, from: fromKeys(...ids), selection: { kinds: KINDS } };
    const tools = { keys: new KeyCache(keys), clock, random: () => 0.5, log: () => {}, signal: deadline.signal };
    return clock.finish(rejectTargetInFromKeys(request, tools).finally(() => deadline.stop()));
  }

  test('names the key that is the target', async () => {
    await expect(reject(simulatedKeys(), targetKey(NEW), ['alias/new'], 1_000)).rejects.toThrow(
      'Input from-key-id is "alias/new": this is the target key: give the key to move streams away from'
    );
    await expect(reject(simulatedKeys(), targetKey(NEW), ['alias/old'], 1_000)).resolves.toBeUndefined();
  });

  test('retries a lookup that is throttled, and reports its error when the time is up', async () => {
    const keys = simulatedKeys();
    keys.onNextDescribes(...repeated(3, failsWith('throttled', 'Rate exceeded')));
    await expect(reject(keys, targetKey(NEW), ['alias/new'], 60_000)).rejects.toThrow('this is the target key');
    keys.onNextDescribes(...repeated(100, failsWith('throttled', 'Rate exceeded')));
    await expect(reject(keys, targetKey(NEW), ['alias/other-new'], 60_000)).rejects.toEqual(
      new TimedOut('Rate exceeded')
    );
  });
});

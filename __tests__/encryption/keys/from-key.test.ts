import { describe, expect, test } from '@jest/globals';
import { createDeadline } from '../../../src/encryption/deadline.ts';
import { findTargetInFromKeys, rejectTargetInFromKeys } from '../../../src/encryption/keys/from-key.ts';
import { KeyCache } from '../../../src/encryption/keys/key-cache.ts';
import { type KeyCriteria, KINDS, type StreamKind } from '../../../src/encryption/model.ts';
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

describe('the target among the keys of from-key-id', () => {
  function find(criteria: KeyCriteria, ids: string[], keys = simulatedKeys(), kinds: readonly StreamKind[] = KINDS) {
    const cache = new KeyCache(keys);
    const { signal } = new AbortController();
    const request = { criteria, from: fromKeys(...ids), selection: { kinds } };
    return findTargetInFromKeys(request, (id) => cache.lookUp(id, signal));
  }

  test.each([
    ['its id', targetKey('alias/new'), NEW_ID],
    ['its alias', targetKey(NEW_ID), 'alias/new'],
    ['another alias', targetKey('alias/new'), 'alias/other-new'],
    ['the AWS managed key by its ARN', AWS_OWNED, AWS_MANAGED],
    ['the AWS managed key by the ARN of its alias', AWS_OWNED, aliasArn(AWS_ALIAS)]
  ])('is found by %s', async (_, criteria, id) => {
    expect(await find(criteria, [OLD, 'alias/old', id])).toBe(id);
    expect(await find(criteria, [OLD, 'alias/old'])).toBeNull();
  });

  test.each([
    ['no alias and no AWS key is involved', targetKey(NEW), [OLD]],
    ['no key is named', targetKey('alias/new'), ['any', 'aws-owned']],
    ['there is no target', ANY, ['alias/new']]
  ])('is not looked for where %s', async (_, criteria, ids) => {
    const keys = simulatedKeys();
    expect(await find(criteria, ids, keys)).toBeNull();
    expect(keys.described).toEqual([]);
  });

  test('is not the AWS managed key if Firehose is to use its own key', async () => {
    const ids = [AWS_MANAGED, aliasArn(AWS_ALIAS)];
    expect(await find(AWS_OWNED, ids, simulatedKeys(), ['firehose'])).toBeNull();
  });

  test('is not known if the lookup is denied, or if there is no such key', async () => {
    const denied = simulatedKeys();
    denied.denyAll();
    expect(await find(targetKey('alias/new'), ['alias/other-new'], denied)).toBeNull();
    expect(await find(AWS_OWNED, [AWS_MANAGED], denied)).toBeNull();
    expect(await find(targetKey(NEW), ['alias/gone'])).toBeNull();
    expect(await find(targetKey('alias/gone'), ['alias/gone'])).toBeNull();
  });
});

describe('rejectTargetInFromKeys', () => {
  async function reject(id: string, keys = simulatedKeys(), log: string[] = []): Promise<void> {
    const clock = new VirtualClock();
    const deadline = createDeadline(clock, 60_000, new AbortController().signal);
    deadline.start();
    const request = { criteria: targetKey(NEW), from: fromKeys(id), selection: { kinds: KINDS } };
    const tools = { keys: new KeyCache(keys), clock, random: () => 0.5, log: (line: string) => log.push(line) };
    await clock.finish(rejectTargetInFromKeys(request, { ...tools, signal: deadline.signal }));
    deadline.stop();
  }

  test('names the key that is the target', async () => {
    await expect(reject('alias/new')).rejects.toThrow(
      'Input from-key-id is "alias/new": this is the target key: give the key to move streams away from'
    );
  });

  test('retries a lookup that is throttled, and rejects with its error when the time is up', async () => {
    const keys = simulatedKeys();
    keys.onNextDescribes(...repeated(3, failsWith('throttled', 'Rate exceeded')));
    const log: string[] = [];
    await reject('alias/old', keys, log);
    expect(log).toEqual(Array(3).fill('Rate exceeded; retrying'));
    keys.onNextDescribes(...repeated(100, failsWith('throttled', 'Rate exceeded')));
    await expect(reject('alias/new', keys)).rejects.toMatchObject({ name: 'TimedOut', message: 'Rate exceeded' });
  });

  test('rejects at once with an error that is not transient', async () => {
    const keys = simulatedKeys();
    keys.onNextDescribes(failsWith('refused', 'no'));
    const log: string[] = [];
    await expect(reject('alias/old', keys, log)).rejects.toMatchObject({ errorKind: 'refused', message: 'no' });
    expect(log).toEqual([]);
  });
});

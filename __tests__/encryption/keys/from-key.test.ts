import { expect, test } from '@jest/globals';
import { createDeadline } from '../../../src/encryption/deadline.ts';
import { rejectTargetInFromKeys } from '../../../src/encryption/keys/from-key.ts';
import { KeyCache } from '../../../src/encryption/keys/key-cache.ts';
import { type KeyCriteria, KINDS, type StreamKind } from '../../../src/encryption/model.ts';
import { AWS_ALIAS, AWS_MANAGED, aliasArn, awsManagedKey, customerKey, NEW, OLD } from '../../support/account.ts';
import { ANY, AWS_OWNED, fromKeys, targetKey } from '../../support/requests.ts';
import { SimulatedKeys } from '../../support/simulated-keys.ts';
import { failsWith, repeated } from '../../support/simulated-stream.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const TO_ALIAS = targetKey('alias/new');
const DENIED = new SimulatedKeys();
DENIED.denyAll();

function simulatedKeys(): SimulatedKeys {
  const keys = new SimulatedKeys();
  keys.add(customerKey(OLD), 'alias/old');
  keys.add(customerKey(NEW), 'alias/new', 'alias/other-new');
  keys.add(awsManagedKey(AWS_MANAGED), AWS_ALIAS);
  return keys;
}

/** Rejects if one of these keys of `from-key-id` is the target. Returns the log. */
async function reject(
  criteria: KeyCriteria,
  ids: readonly string[],
  keys = simulatedKeys(),
  kinds: readonly StreamKind[] = KINDS
): Promise<readonly string[]> {
  const clock = new VirtualClock();
  const deadline = createDeadline(clock, 60_000, new AbortController().signal);
  deadline.start();
  const log: string[] = [];
  const tools = { keys: new KeyCache(keys), clock, random: () => 0.5, log: (line: string) => log.push(line) };
  const request = { criteria, from: fromKeys(...ids), selection: { kinds } };
  await clock.finish(rejectTargetInFromKeys(request, { ...tools, signal: deadline.signal }));
  deadline.stop();
  return log;
}

test.each([
  ['its alias, and the target is given by its ARN', targetKey(NEW), 'alias/new'],
  ['another alias', TO_ALIAS, 'alias/other-new'],
  ['its ARN, and the target is given by its alias', TO_ALIAS, NEW],
  ['the AWS managed key by its ARN', AWS_OWNED, AWS_MANAGED],
  ['the AWS managed key by the ARN of its alias', AWS_OWNED, aliasArn(AWS_ALIAS)]
])('a key of from-key-id that is the target is rejected: %s', async (_, criteria, id) => {
  const error = `Input from-key-id is "${id}": this is the target key: give the key to move streams away from`;
  await expect(reject(criteria, ['alias/old', id])).rejects.toThrow(error);
  await reject(criteria, ['alias/old']);
});

test('KMS is not called if there is no target, no key is named, or no alias and no AWS key is involved', async () => {
  const keys = simulatedKeys();
  await reject(ANY, ['alias/new'], keys);
  await reject(TO_ALIAS, ['any', 'aws-owned'], keys);
  await reject(targetKey(NEW), [OLD], keys);
  expect(keys.described).toEqual([]);
});

test.each<[string, KeyCriteria, string, SimulatedKeys?, StreamKind?]>([
  ['the lookup of an alias is denied', TO_ALIAS, 'alias/other-new', DENIED],
  ['the lookup of the AWS key is denied', AWS_OWNED, AWS_MANAGED, DENIED],
  ['there is no such key', targetKey(NEW), 'alias/gone'],
  ['it is the AWS key for Kinesis, and Firehose is to use its own', AWS_OWNED, AWS_MANAGED, simulatedKeys(), 'firehose']
])('a key of from-key-id is accepted if %s', async (_, criteria, id, keys = simulatedKeys(), kind = 'kinesis') => {
  await reject(criteria, [id], keys, [kind]);
});

test('a lookup that is throttled is retried until the deadline', async () => {
  const throttled = failsWith('throttled', 'Rate exceeded');
  const keys = simulatedKeys();
  keys.onNextDescribes(...repeated(3, throttled));
  expect(await reject(TO_ALIAS, [OLD], keys)).toEqual(Array(3).fill('Rate exceeded; retrying'));
  keys.onNextDescribes(...repeated(100, throttled));
  await expect(reject(TO_ALIAS, [OLD], keys)).rejects.toMatchObject({ name: 'TimedOut', message: 'Rate exceeded' });
});

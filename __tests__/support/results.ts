/** Results of streams for tests. */

import type { Result } from '../../src/encryption/model.ts';

/** The result of a rekeyed data stream, with overrides. */
export function result({
  message = 'was encrypted with the previous key',
  ...overrides
}: Partial<Result> = {}): Result {
  return {
    kind: 'kinesis',
    name: 'orders',
    arn: 'arn:aws:kinesis:us-east-1:111122223333:stream/orders',
    region: 'us-east-1',
    named: true,
    outcome: 'rekeyed',
    changed: true,
    encrypted: 'true',
    status: 'ACTIVE',
    key: { type: 'customer-managed', id: 'arn:aws:kms:us-east-1:111122223333:key/new' },
    keyArn: 'arn:aws:kms:us-east-1:111122223333:key/new',
    previousKey: { type: 'customer-managed', id: 'arn:aws:kms:us-east-1:111122223333:key/old' },
    source: null,
    previousKeyProblem: null,
    previouslyEncrypted: 'true',
    target: { type: 'customer-managed', id: 'arn:aws:kms:us-east-1:111122223333:key/new' },
    inFlight: false,
    recordVerified: null,
    durationSeconds: 1.234,
    message,
    cause: message,
    reason: 'was encrypted with the previous key, but the request requires encryption with the new key',
    lastObservedMsAgo: 100,
    warnings: [],
    previousKeyNeededHours: 24,
    ...overrides
  };
}

/** The results of `stream-0`, `stream-1` and so on, with overrides that may depend on the index. */
export function manyResults(
  count: number,
  overrides: Partial<Result> | ((index: number) => Partial<Result>) = {}
): Result[] {
  return Array.from({ length: count }, (_, index) =>
    result({ name: `stream-${index}`, ...(typeof overrides === 'function' ? overrides(index) : overrides) })
  );
}

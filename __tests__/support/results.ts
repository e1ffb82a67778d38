/** Results of streams, as a run would come to. */

import type { Result } from '../../src/encryption/model.ts';

/** A result of a stream that was rekeyed, with what a test says otherwise. */
export function result(otherwise: Partial<Result> = {}): Result {
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
    previousKey: { type: 'customer-managed', id: 'arn:aws:kms:us-east-1:111122223333:key/old' },
    target: { type: 'customer-managed', id: 'arn:aws:kms:us-east-1:111122223333:key/new' },
    inFlight: false,
    durationSeconds: 1.234,
    message: 'was encrypted with the old key',
    warnings: [],
    previousKeyNeededHours: 24,
    ...otherwise
  };
}

/** So many results, each of a stream with a name of its own. */
export function many(count: number, otherwise: Partial<Result> | ((place: number) => Partial<Result>) = {}): Result[] {
  return Array.from({ length: count }, (_, place) =>
    result({ name: `stream-${place}`, ...(typeof otherwise === 'function' ? otherwise(place) : otherwise) })
  );
}

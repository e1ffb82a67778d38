/** Requests, and the criteria and keys in them. */

import type { FromKey, KeyCriteria, RunRequest, StreamKind, StreamRequest } from '../../src/encryption/model.ts';
import { REGION } from './account.ts';

export const ANY: KeyCriteria = { which: 'any' };
/** The AWS key of either service. */
export const AWS_OWNED: KeyCriteria = { which: 'target', target: { type: 'aws-owned', id: '' } };
/** Any customer key. For checks only. */
export const CUSTOMER_MANAGED: KeyCriteria = { which: 'customer-managed' };

/** The key with this id as the target. */
export function targetKey(id: string, mustBeCustomerManaged = false): Extract<KeyCriteria, { which: 'target' }> {
  return { which: 'target', target: { type: mustBeCustomerManaged ? 'customer-managed' : null, id } };
}

export function approved(...ids: string[]): KeyCriteria {
  return { which: 'approved', ids };
}

/** The keys to move streams off, as the input `from-key-id` names them. */
export function fromKeys(...keys: string[]): readonly FromKey[] {
  return keys.map((key) => (key === 'any' || key === 'aws-owned' ? key : { id: key }));
}

/** A request for the stream `orders` by name, any key required, with the defaults of the action and these overrides. */
export function request(overrides: Partial<StreamRequest> & { readonly kind?: StreamKind } = {}): StreamRequest {
  const { kind = 'kinesis', ...rest } = overrides;
  return {
    region: REGION,
    stream: { kind, name: 'orders', arn: null },
    named: true,
    mode: 'encrypt',
    criteria: ANY,
    from: null,
    wait: true,
    timeoutMs: 600_000,
    settleMs: 5_000,
    verifyRecords: false,
    ...rest
  };
}

/** A run request for the stream of `request`. */
export function runRequest(overrides: Partial<StreamRequest> & { readonly kind?: StreamKind } = {}): RunRequest {
  const { stream, named: _, ...settings } = request(overrides);
  const selection = { kinds: [stream.kind], selectors: [{ by: 'name', stream } as const], tags: [] };
  return { ...settings, selection, ifNoStreamsFound: 'error', maxChanges: null };
}

/** What is asked: requests, and the keys they ask for. */

import type { FromKey, KeyCriteria, RunRequest, StreamKind, StreamRequest } from '../../src/encryption/model.ts';
import { REGION } from './account.ts';

export const ANY: KeyCriteria = { which: 'any' };
export const AWS_OWNED: KeyCriteria = { which: 'aws-owned' };
/** Any customer key, which only a check may ask for. */
export const CUSTOMER_MANAGED: KeyCriteria = { which: 'customer-managed' };

export function oneKey(id: string, mustBeCustomerManaged = false): Extract<KeyCriteria, { which: 'one' }> {
  return { which: 'one', id, mustBeCustomerManaged };
}

export function approved(...ids: string[]): KeyCriteria {
  return { which: 'approved', ids };
}

/** The keys that streams are to be moved off, as the input names them. */
export function off(...olds: string[]): readonly FromKey[] {
  return olds.map((old) => (old === 'any' || old === 'aws-owned' ? old : { id: old }));
}

/** A request for the stream `orders` by its name, any key asked, with the defaults of the action. */
export function request(but: Partial<StreamRequest> & { readonly kind?: StreamKind } = {}): StreamRequest {
  const { kind = 'kinesis', ...rest } = but;
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

/** A run's request for the stream that `request` names. */
export function runRequest(but: Partial<StreamRequest> & { readonly kind?: StreamKind } = {}): RunRequest {
  const { stream, named: _, ...terms } = request(but);
  const selection = { kinds: [stream.kind], selectors: [{ by: 'name', stream } as const], tags: [] };
  return { ...terms, selection };
}

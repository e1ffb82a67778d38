/** A result by the flat names that the output `results` and the report share. */

import type { Encrypted, KeyType, Outcome, ReportedKey, Result, StreamKind, TargetKey } from '../encryption/model.ts';

/** What is told of a stream to other programs; `null` where nobody can tell. The names are part of the contract. */
export interface ResultFields {
  readonly kind: StreamKind;
  readonly name: string;
  readonly arn: string | null;
  readonly region: string;
  readonly outcome: Outcome;
  readonly changed: boolean;
  readonly encrypted: Encrypted;
  readonly status: string | null;
  readonly keyType: KeyType | null;
  readonly keyId: string | null;
  readonly previousKeyType: KeyType | null;
  readonly previousKeyId: string | null;
  readonly durationSeconds: number;
  readonly message: string;
}

/** The fields of a result. */
export function resultFields({
  kind,
  name,
  arn,
  region,
  outcome,
  changed,
  encrypted,
  status,
  ...rest
}: Result): ResultFields {
  return {
    kind,
    name,
    arn,
    region,
    outcome,
    changed,
    encrypted,
    status,
    keyType: rest.key?.type ?? null,
    keyId: idOf(rest.key),
    previousKeyType: rest.previousKey?.type ?? null,
    previousKeyId: idOf(rest.previousKey),
    durationSeconds: rest.durationSeconds,
    message: rest.message
  };
}

/** A key's id; an empty one says that the service shows none. */
export function idOf(key: ReportedKey | TargetKey | null): string | null {
  return key?.id || null;
}

/** A result as the flat fields that the output `results` and the report share. */

import type { Encrypted, KeyType, Outcome, ReportedKey, Result, StreamKind, TargetKey } from '../encryption/model.ts';

/** The fields are part of the action's public contract; `null` means unknown. */
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
  readonly keyArn: string | null;
  readonly previousKeyType: KeyType | null;
  readonly previousKeyId: string | null;
  readonly source: string | null;
  readonly recordVerified: boolean | null;
  readonly durationSeconds: number;
  readonly message: string;
}

export function resultFields(result: Result): ResultFields {
  const { kind, name, arn, region, outcome, changed, encrypted, status, key, keyArn, previousKey } = result;
  const { source, recordVerified, durationSeconds, message } = result;
  return {
    kind,
    name,
    arn,
    region,
    outcome,
    changed,
    encrypted,
    status,
    keyType: key?.type ?? null,
    keyId: keyId(key),
    keyArn,
    previousKeyType: previousKey?.type ?? null,
    previousKeyId: keyId(previousKey),
    source,
    recordVerified,
    durationSeconds,
    message
  };
}

/** A key's id; null if the service does not report one. */
export function keyId(key: ReportedKey | TargetKey | null): string | null {
  return key?.id || null;
}

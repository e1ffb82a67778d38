/** The account of the tests: its streams, its keys, and results of kms:DescribeKey. */

import type { Lookup } from '../../src/encryption/keys/resolved-key.ts';
import type { KeyDescription, StreamKind } from '../../src/encryption/model.ts';

export const REGION = 'eu-central-1';
export const ACCOUNT = '111122223333';
export const OTHER_ACCOUNT = '999900001111';
export const SCOPE = { partition: 'aws', region: REGION, accountId: ACCOUNT };

export const STREAM_ARN: Readonly<Record<StreamKind, string>> = {
  kinesis: `arn:aws:kinesis:${REGION}:${ACCOUNT}:stream/orders`,
  firehose: `arn:aws:firehose:${REGION}:${ACCOUNT}:deliverystream/orders`
};

export const AWS_ALIAS = 'alias/aws/kinesis';
export const OLD_ID = '00000000-0000-4000-8000-000000000001';
export const NEW_ID = '00000000-0000-4000-8000-000000000002';
export const THIRD_ID = '00000000-0000-4000-8000-000000000003';
export const OLD = keyArn(OLD_ID);
export const NEW = keyArn(NEW_ID);
export const THIRD = keyArn(THIRD_ID);
/** The id of a multi-region key. */
export const MRK = 'mrk-0123456789abcdef0123456789abcdef';
/** The key behind `alias/aws/kinesis`. */
export const AWS_MANAGED = keyArn('00000000-0000-4000-8000-00000000000a');

export function keyArn(id: string, { region = REGION, account = ACCOUNT } = {}): string {
  return `arn:aws:kms:${region}:${account}:key/${id}`;
}

export function aliasArn(alias: string, { region = REGION, account = ACCOUNT } = {}): string {
  return `arn:aws:kms:${region}:${account}:${alias}`;
}

/** A customer key that can encrypt a stream, with these overrides. */
export function customerKey(arn: string, overrides: Partial<KeyDescription> = {}): KeyDescription {
  return {
    arn,
    type: 'customer-managed',
    state: 'Enabled',
    usage: 'ENCRYPT_DECRYPT',
    spec: 'SYMMETRIC_DEFAULT',
    deletionDate: null,
    validTo: null,
    ...overrides
  };
}

export function disabledKey(arn: string): KeyDescription {
  return customerKey(arn, { state: 'Disabled' });
}

export function awsManagedKey(arn: string): KeyDescription {
  return customerKey(arn, { type: 'aws-owned' });
}

/** The key exists. */
export function found(key: KeyDescription): Lookup {
  return { answer: 'found', key };
}

/** The role lacks kms:DescribeKey. */
export const DENIED = { answer: 'denied', why: 'no kms:DescribeKey' } as const satisfies Lookup;

/** The key does not exist. */
export const MISSING = { answer: 'missing', why: 'no such key' } as const satisfies Lookup;

/** The streams and keys that the tests of the domain speak of, and what the services say of them. */

import type {
  AskedKey,
  Failure,
  KeyDescription,
  Look,
  ReportedKey,
  Request,
  RunRequest,
  StreamKind
} from '../../src/encryption/model.ts';

export const REGION = 'eu-central-1';
export const ACCOUNT = '111122223333';
export const OTHER_ACCOUNT = '999900001111';
export const HOME = { partition: 'aws', region: REGION, accountId: ACCOUNT };

export const STREAM_ARN: Readonly<Record<StreamKind, string>> = {
  kinesis: `arn:aws:kinesis:${REGION}:${ACCOUNT}:stream/orders`,
  firehose: `arn:aws:firehose:${REGION}:${ACCOUNT}:deliverystream/orders`
};

export const AWS_ALIAS = 'alias/aws/kinesis';
export const OLD_ID = '00000000-0000-4000-8000-000000000001';
export const NEW_ID = '00000000-0000-4000-8000-000000000002';
export const THIRD_ID = '00000000-0000-4000-8000-000000000003';
export const AWS_ID = '00000000-0000-4000-8000-00000000000a';
export const OLD = keyArn(OLD_ID);
export const NEW = keyArn(NEW_ID);
export const THIRD = keyArn(THIRD_ID);
/** The key behind `alias/aws/kinesis`. */
export const AWS_MANAGED = keyArn(AWS_ID);

export function keyArn(id: string, { region = REGION, account = ACCOUNT } = {}): string {
  return `arn:aws:kms:${region}:${account}:key/${id}`;
}

export function aliasArn(alias: string, { region = REGION, account = ACCOUNT } = {}): string {
  return `arn:aws:kms:${region}:${account}:${alias}`;
}

/** A customer key that is fit for a stream, but for what is said otherwise. */
export function customerKey(arn: string, but: Partial<KeyDescription> = {}): KeyDescription {
  return {
    arn,
    type: 'customer-managed',
    enabled: true,
    state: 'Enabled',
    usage: 'ENCRYPT_DECRYPT',
    spec: 'SYMMETRIC_DEFAULT',
    ...but
  };
}

export function disabledKey(arn: string): KeyDescription {
  return customerKey(arn, { enabled: false, state: 'Disabled' });
}

export function awsManagedKey(arn: string): KeyDescription {
  return customerKey(arn, { type: 'aws-owned' });
}

export function oneKey(id: string, mustBeCustomerManaged = false): Extract<AskedKey, { which: 'one' }> {
  return { which: 'one', id, mustBeCustomerManaged };
}

/** A request for the stream `orders` by its name, any key asked, with the defaults of the action. */
export function request(but: Partial<Request> & { readonly kind?: StreamKind } = {}): Request {
  const { kind = 'kinesis', ...rest } = but;
  return {
    region: REGION,
    stream: { kind, name: 'orders', arn: null },
    named: true,
    mode: 'encrypt',
    asked: { which: 'any' },
    from: null,
    wait: true,
    timeoutMs: 600_000,
    settleMs: 5_000,
    verifyRecords: false,
    ...rest
  };
}

/** A run's request for the stream that `request` names. */
export function runRequest(but: Partial<Request> & { readonly kind?: StreamKind } = {}): RunRequest {
  const { stream, named: _, ...terms } = request(but);
  const selection = { kinds: [stream.kind], choices: [{ by: 'name', stream } as const], tags: [] };
  return { ...terms, selection };
}

/** A data stream at rest, encrypted with a key as Kinesis reports it, or not encrypted. */
export function active(keyId: string | null = null): Look {
  return {
    arn: STREAM_ARN.kinesis,
    status: 'ACTIVE',
    phase: 'final',
    encrypted: keyId === null ? 'false' : 'true',
    key: keyId === null ? null : kinesisKey(keyId),
    failure: null,
    source: null,
    oldKeyNeededHours: 48
  };
}

/** A data stream with something under way. Until its end Kinesis shows the encryption of before. */
export function updating(keyId: string | null = null): Look {
  return { ...active(keyId), status: 'UPDATING', phase: 'changing' };
}

function kinesisKey(id: string): ReportedKey {
  return { type: id.includes('alias/aws/') ? 'aws-owned' : null, id };
}

/** A delivery stream at rest, encrypted with a customer key, or with the AWS owned key where none is given. */
export function enabled(keyArn = ''): Look {
  return {
    ...disabled(),
    status: 'ENABLED',
    encrypted: 'true',
    key: { type: keyArn === '' ? 'aws-owned' : 'customer-managed', id: keyArn }
  };
}

export function disabled(): Look {
  return {
    arn: STREAM_ARN.firehose,
    status: 'DISABLED',
    phase: 'final',
    encrypted: 'false',
    key: null,
    failure: null,
    source: null,
    oldKeyNeededHours: 24
  };
}

export function enabling(): Look {
  return { ...disabled(), status: 'ENABLING', phase: 'changing', encrypted: 'unknown' };
}

export const GRANT_FAILED = 'CREATE_KMS_GRANT_FAILED: the grant could not be made';

function failed(words: string): Failure {
  return { words, advice: 'Mend it', mayPass: false };
}

/** A failure that may pass: the grant was made, but was not known everywhere yet. */
export function grantNotKnownYet(): Look {
  return { ...enablingFailed(), failure: { words: GRANT_FAILED, advice: 'Grant it', mayPass: true } };
}

/** The latest attempt failed; whether an older key is in force, the answer does not tell. */
export function enablingFailed(failure = GRANT_FAILED): Look {
  return { ...disabled(), status: 'ENABLING_FAILED', phase: 'failed', encrypted: 'unknown', failure: failed(failure) };
}

/** A word of no known meaning. */
export function suspended(): Look {
  return { ...disabled(), status: 'SUSPENDED', phase: 'unclear', encrypted: 'unknown' };
}

export function deleting(): Look {
  return { ...active(OLD), status: 'DELETING', phase: 'deleting' };
}

export function notCreated(): Look {
  return { ...disabled(), phase: 'not-created', encrypted: 'unknown', failure: failed('KMS_ACCESS_DENIED: no access') };
}

/** A delivery stream that a data stream feeds. */
export function fedByKinesis(): Look {
  return { ...disabled(), phase: 'not-applicable', encrypted: 'unknown', source: 'KinesisStreamAsSource' };
}

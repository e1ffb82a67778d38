/** Observations of the stream `orders` in each of its states. */

import type { Failure, Observation, Source } from '../../src/encryption/model.ts';
import { ACCOUNT, OLD, REGION, STREAM_ARN } from './account.ts';

/** An ACTIVE data stream, encrypted with this key as Kinesis reports it, or not encrypted. */
export function active(keyId: string | null = null): Observation {
  return {
    arn: STREAM_ARN.kinesis,
    status: 'ACTIVE',
    phase: 'final',
    encrypted: keyId === null ? 'false' : 'true',
    key: keyId === null ? null : { type: keyId.includes('alias/aws/') ? 'aws-owned' : null, id: keyId },
    failure: null,
    source: null,
    previousKeyNeededHours: 48,
    channelCount: 0
  };
}

/** A data stream with a change in flight, during which Kinesis reports the previous encryption. */
export function updating(keyId: string | null = null): Observation {
  return { ...active(keyId), status: 'UPDATING', phase: 'changing' };
}

/** An encrypted data stream with an unknown status. */
export function unknownStatus(): Observation {
  return { ...active(OLD), status: 'REPAIRING', phase: 'unclear' };
}

export function deleting(): Observation {
  return { ...active(OLD), status: 'DELETING', phase: 'deleting' };
}

export function disabled(): Observation {
  return { ...active(), arn: STREAM_ARN.firehose, status: 'DISABLED', previousKeyNeededHours: 24 };
}

/** An ENABLED delivery stream, encrypted with this customer key, or with the AWS owned key if none is given. */
export function enabled(keyArn = ''): Observation {
  const type = keyArn === '' ? 'aws-owned' : 'customer-managed';
  return { ...disabled(), status: 'ENABLED', encrypted: 'true', key: { type, id: keyArn } };
}

export function enabling(): Observation {
  return { ...disabled(), status: 'ENABLING', phase: 'changing', encrypted: 'unknown' };
}

/** A delivery stream with an unknown status. */
export function suspended(): Observation {
  return { ...disabled(), status: 'SUSPENDED', phase: 'unclear', encrypted: 'unknown' };
}

export const GRANT_FAILED = 'CREATE_KMS_GRANT_FAILED: the grant could not be created';

function permanentFailure(reason: string): Failure {
  return { reason, advice: 'Fix it', isRetryable: false };
}

/** The latest attempt failed. The answer does not show whether the previous key is in force. */
export function enablingFailed(reason = GRANT_FAILED): Observation {
  const failure = permanentFailure(reason);
  return { ...disabled(), status: 'ENABLING_FAILED', phase: 'failed', encrypted: 'unknown', failure };
}

/** The latest attempt failed because its grant had not spread yet, so a second attempt may succeed. */
export function grantNotSpread(): Observation {
  return { ...enablingFailed(), failure: { reason: GRANT_FAILED, advice: 'Grant it', isRetryable: true } };
}

export function notCreated(): Observation {
  const failure = permanentFailure('KMS_ACCESS_DENIED: no access');
  return { ...disabled(), phase: 'not-created', encrypted: 'unknown', failure };
}

/** The data stream `orders` as the source of a delivery stream. */
export const DATA_STREAM: Source = {
  kind: 'data-stream',
  type: 'KinesisStreamAsSource',
  arn: STREAM_ARN.kinesis,
  endpoint: null
};

export const MSK_CLUSTER: Source = {
  kind: 'msk',
  type: 'MSKAsSource',
  arn: `arn:aws:kafka:${REGION}:${ACCOUNT}:cluster/orders/00000000-0000-4000-8000-000000000009-1`,
  endpoint: null
};

export const DATABASE: Source = { kind: 'other', type: 'DatabaseAsSource', arn: null, endpoint: 'db.example.com' };

/** A delivery stream that reads from this source. */
export function withSource(source: Source): Observation {
  return { ...disabled(), phase: 'has-source', encrypted: source.kind === 'msk' ? 'true' : 'unknown', source };
}

/** What one look at the stream `orders` tells of it, in each state that it can be in. */

import type { Failure, Observation, ReportedKey } from '../../src/encryption/model.ts';
import { OLD, STREAM_ARN } from './account.ts';

/** A data stream at rest, encrypted with a key as Kinesis reports it, or not encrypted. */
export function active(keyId: string | null = null): Observation {
  return {
    arn: STREAM_ARN.kinesis,
    status: 'ACTIVE',
    phase: 'final',
    encrypted: keyId === null ? 'false' : 'true',
    key: keyId === null ? null : kinesisKey(keyId),
    failure: null,
    source: null,
    previousKeyNeededHours: 48
  };
}

/** A data stream with something under way. Until its end Kinesis shows the encryption of before. */
export function updating(keyId: string | null = null): Observation {
  return { ...active(keyId), status: 'UPDATING', phase: 'changing' };
}

/** A data stream with a status of no known meaning, of which Kinesis says that its records are encrypted. */
export function mending(): Observation {
  return { ...active(OLD), status: 'MENDING', phase: 'unclear' };
}

function kinesisKey(id: string): ReportedKey {
  return { type: id.includes('alias/aws/') ? 'aws-owned' : null, id };
}

/** A delivery stream at rest, encrypted with a customer key, or with the AWS owned key where none is given. */
export function enabled(keyArn = ''): Observation {
  return {
    ...disabled(),
    status: 'ENABLED',
    encrypted: 'true',
    key: { type: keyArn === '' ? 'aws-owned' : 'customer-managed', id: keyArn }
  };
}

export function disabled(): Observation {
  return {
    arn: STREAM_ARN.firehose,
    status: 'DISABLED',
    phase: 'final',
    encrypted: 'false',
    key: null,
    failure: null,
    source: null,
    previousKeyNeededHours: 24
  };
}

export function enabling(): Observation {
  return { ...disabled(), status: 'ENABLING', phase: 'changing', encrypted: 'unknown' };
}

export const GRANT_FAILED = 'CREATE_KMS_GRANT_FAILED: the grant could not be made';

function failed(words: string): Failure {
  return { reason: words, advice: 'Mend it', isRetryable: false };
}

/** A failure that may pass: the grant was made, but was not known everywhere yet. */
export function grantNotKnownYet(): Observation {
  return { ...enablingFailed(), failure: { reason: GRANT_FAILED, advice: 'Grant it', isRetryable: true } };
}

/** The latest attempt failed; whether an older key is in force, the answer does not tell. */
export function enablingFailed(failure = GRANT_FAILED): Observation {
  return { ...disabled(), status: 'ENABLING_FAILED', phase: 'failed', encrypted: 'unknown', failure: failed(failure) };
}

/** A delivery stream with a status of no known meaning. */
export function suspended(): Observation {
  return { ...disabled(), status: 'SUSPENDED', phase: 'unclear', encrypted: 'unknown' };
}

export function deleting(): Observation {
  return { ...active(OLD), status: 'DELETING', phase: 'deleting' };
}

export function notCreated(): Observation {
  return { ...disabled(), phase: 'not-created', encrypted: 'unknown', failure: failed('KMS_ACCESS_DENIED: no access') };
}

/** A delivery stream that a data stream feeds. */
export function fedByKinesis(): Observation {
  return { ...disabled(), phase: 'not-applicable', encrypted: 'unknown', source: 'KinesisStreamAsSource' };
}

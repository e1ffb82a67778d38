/** What one look at the stream `orders` tells of it, in each state that it can be in. */

import type { Failure, Look, ReportedKey } from '../../src/encryption/model.ts';
import { OLD, STREAM_ARN } from './account.ts';

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

/** A data stream with a status of no known meaning, of which Kinesis says that its records are encrypted. */
export function mending(): Look {
  return { ...active(OLD), status: 'MENDING', phase: 'unclear' };
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

/** A delivery stream with a status of no known meaning. */
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

/** What the services refuse: missing permissions, credentials, streams and keys, limits, and unknown error codes. */

import { NEW_KEY } from './account.ts';
import {
  atStart,
  CHANGE_CONTINUES,
  denied,
  EACH_TIME,
  EMPTY_RESPONSE,
  EXPIRED_TOKEN,
  error,
  failed,
  type NamedFault,
  NOT_SENT,
  REJECTED,
  rekeyed,
  SEEN,
  UNKNOWN_CODE
} from './fault.ts';

/** A run that fails with a permanent error, whose message contains the cause. */
function fails(cause: readonly string[], noChangeSent: readonly string[] = []): NamedFault['expectations'] {
  const before = [...cause, ...noChangeSent];
  const after = [...cause, ...CHANGE_CONTINUES];
  return {
    'first describe': failed(SEEN.notObserved, before, NOT_SENT),
    'concurrent change': failed(SEEN.concurrentChangeInProgress, before, NOT_SENT),
    start: failed(SEEN.onOldKey, cause, REJECTED),
    'describe after start': failed(SEEN.startSent, after),
    polling: failed(SEEN.changeInProgress, after),
    confirmation: failed(SEEN.changeInProgress, after),
    'put record': failed(SEEN.onNewKey, [...cause, ' ended', 'only settling or the record check'])
  };
}

const RENEW_CREDENTIALS = ['ExpiredTokenException', 'aws-actions/configure-aws-credentials'];
const AMBIGUOUS_LIMIT = error('LimitExceededException', 'You have already reached the limit for a requested resource.');

const REFUSALS: readonly NamedFault[] = [
  {
    name: 'access denied',
    effect: ({ action }) => denied(action, ` on resource: arn:aws:${action}:orders`),
    ...EACH_TIME,
    expectations: {
      // A key ARN identifies its key without a lookup.
      'target key lookup': rekeyed(),
      'current key lookup': rekeyed(),
      ...fails(['Grant ACTION on arn:aws:'])
    },
    bundled: ['start']
  },
  {
    name: 'expired credentials',
    effect: EXPIRED_TOKEN,
    ...EACH_TIME,
    allOperations: true,
    isShared: true,
    expectations: {
      'current key lookup': failed(SEEN.observedWithoutKeyLookup, RENEW_CREDENTIALS, NOT_SENT),
      ...fails(RENEW_CREDENTIALS, ['No change was sent'])
    },
    bundled: ['polling']
  },
  {
    name: 'stream deleted',
    onFirstHit: (aws, kind) => aws[kind].delete('orders'),
    expectations: fails(['ResourceNotFoundException', 'There is no such stream in us-east-1']),
    bundled: ['polling']
  },
  {
    name: 'unknown error code',
    effect: UNKNOWN_CODE,
    ...EACH_TIME,
    expectations: fails(['MoonPhaseException: The moon is not full, try Tuesday'])
  },
  atStart(
    'limit of 25 changes in 24 hours',
    error('LimitExceededException', 'The limit of 25 changes in a rolling 24 hours period is reached.'),
    failed(SEEN.onOldKey, ['25 changes in 24 hours', '24 hours old', 'The service accepted no change'], REJECTED),
    EACH_TIME
  ),
  atStart('ambiguous limit, twice', AMBIGUOUS_LIMIT, rekeyed({ starts: 3 }), { times: 2 }),
  atStart(
    'ambiguous limit',
    AMBIGUOUS_LIMIT,
    failed(SEEN.onOldKey, ['call rate, or the limit of 25 changes', 'in 24 hours'], { starts: 3, writes: 0 }),
    { ...EACH_TIME, bundled: ['start'] }
  ),
  atStart(
    'empty response with status 200 without taking effect',
    EMPTY_RESPONSE,
    failed(SEEN.revertedToOldKey, ['the stream ended in', 'run again'], REJECTED)
  )
];

const KEY_MESSAGE = 'the key cannot be used';
const INVALID_KEY = 'InvalidKMSResourceException';
const ENABLE_KEY = 'Enable the key';
const DISABLED_AT_FIREHOSE = failed(SEEN.stillOnOldKey, ['DISABLED_KMS_KEY', ENABLE_KEY, 'still encrypted with']);

/** Firehose puts the error code of KMS into another error. */
function keyError(code: string): NamedFault['effect'] {
  return ({ action }) =>
    action.startsWith('kinesis:') ? error(code, KEY_MESSAGE) : error(INVALID_KEY, KEY_MESSAGE, { extra: { code } });
}

const KEY_FAULTS: readonly NamedFault[] = [
  atStart(
    'key access denied',
    keyError('KMSAccessDeniedException'),
    {
      kinesis: failed(
        SEEN.onOldKey,
        [`KMSAccessDeniedException: ${KEY_MESSAGE}`, 'kms:DescribeKey on the key'],
        REJECTED
      ),
      firehose: failed(SEEN.onOldKey, [`${KEY_MESSAGE} (KMSAccessDeniedException)`, 'in the key policy'], REJECTED)
    },
    EACH_TIME
  ),
  atStart('KMS throttled', keyError('KMSThrottlingException'), rekeyed({ starts: 3 }), { times: 2 }),
  {
    name: 'DescribeKey denied for an alias',
    keyId: 'alias/new',
    effect: denied('kms:DescribeKey', ' on resource: arn:aws:kms:us-east-1:111122223333:alias/new'),
    ...EACH_TIME,
    expectations: {
      'target key lookup': failed(
        SEEN.onOldKey,
        ['Grant kms:DescribeKey on arn:aws:kms:us-east-1:111122223333:alias/new'],
        NOT_SENT
      )
    },
    bundled: ['target key lookup']
  },
  {
    name: 'key disabled',
    onFirstHit: ({ kms }) => Object.assign(kms.find(NEW_KEY), { state: 'Disabled' }),
    isShared: true,
    expectations: {
      'target key lookup': failed(
        SEEN.onOldKey,
        ['is disabled: enable it, or use another key', 'No change was sent'],
        NOT_SENT
      ),
      start: {
        kinesis: failed(SEEN.onOldKey, ['KMSDisabledException', ENABLE_KEY], REJECTED),
        firehose: DISABLED_AT_FIREHOSE
      },
      // Kinesis checks the key only when it accepts the change.
      polling: { kinesis: rekeyed(), firehose: DISABLED_AT_FIREHOSE }
    },
    bundled: ['polling']
  }
];

export const SERVICE_FAULTS: readonly NamedFault[] = [...REFUSALS, ...KEY_FAULTS];

/** Faults of the new key, of KMS, and of the permissions to use either. */

import {
  failed,
  NOT_SENT,
  ON_OLD_KEY,
  ON_OLD_KEY_OF_UNKNOWN_TYPE,
  REJECTED,
  rekeyed,
  STILL_ON_OLD_KEY
} from './expectations.ts';
import { EACH_TIME, error, type NamedFault } from './named-fault.ts';

/** Error codes of a start: Kinesis' code, the codes within Firehose's InvalidKMSResourceException, and the advice for both. */
const REJECTED_KEYS = [
  ['KMSDisabledException', ['KMSDisabledException', 'DisabledException'], 'Enable the key'],
  ['KMSInvalidStateException', ['KMSInvalidStateException', 'InvalidStateException'], "Cancel the key's deletion"],
  ['KMSNotFoundException', ['KMSNotFoundException', 'NotFoundException'], 'that the key is in us-east-1'],
  ['KMSAccessDeniedException', ['KMSAccessDeniedException', 'AccessDeniedException'], 'kms:DescribeKey on the key'],
  ['KMSOptInRequired', ['KMSOptInRequired'], 'contact AWS Support']
] as const;

const MESSAGE = 'the key cannot be used';

const KINESIS_ERRORS: readonly NamedFault[] = REJECTED_KEYS.map(([code, , advice]) => ({
  name: code,
  effect: error(code, MESSAGE),
  ...EACH_TIME,
  expectations: { start: { kinesis: failed(ON_OLD_KEY, [`${code}: ${MESSAGE}`, advice], REJECTED) } }
}));

const FIREHOSE_ERRORS: readonly NamedFault[] = REJECTED_KEYS.flatMap(([, codes, advice]) =>
  codes.map((code) => ({
    name: `InvalidKMSResourceException: ${code}`,
    effect: error('InvalidKMSResourceException', MESSAGE, { extra: { code } }),
    ...EACH_TIME,
    expectations: {
      start: {
        firehose: failed(ON_OLD_KEY, [`InvalidKMSResourceException: ${MESSAGE} (${code})`, advice], REJECTED)
      }
    }
  }))
);

const DISABLED_AT_FIREHOSE = failed(STILL_ON_OLD_KEY, ['DISABLED_KMS_KEY', 'Enable the key', 'still encrypted with']);

export const KEY_FAULTS: readonly NamedFault[] = [
  ...KINESIS_ERRORS,
  ...FIREHOSE_ERRORS,
  {
    name: 'InvalidKMSResourceException: unknown code',
    effect: error('InvalidKMSResourceException', 'the moon key', { extra: { code: 'MoonKeyException' } }),
    expectations: {
      start: { firehose: failed(ON_OLD_KEY, ['the moon key (MoonKeyException)', 'check that'], REJECTED) }
    }
  },
  {
    name: 'KMS throttled',
    effect: ({ kind }) =>
      kind === 'kinesis'
        ? error('KMSThrottlingException', 'Rate exceeded')
        : error('InvalidKMSResourceException', 'Rate exceeded', { extra: { code: 'KMSThrottlingException' } }),
    times: 2,
    expectations: { start: rekeyed({ starts: 3 }) }
  },
  {
    name: 'KMSInternalException',
    effect: error('KMSInternalException', 'an internal error', { status: 500 }),
    times: 4,
    expectations: { 'target key lookup': rekeyed() }
  },
  {
    name: 'DependencyTimeoutException',
    effect: error('DependencyTimeoutException', 'timed out', { status: 503 }),
    times: 4,
    expectations: { 'target key lookup': rekeyed() }
  },
  {
    name: 'DescribeKey denied for an alias',
    keyId: 'alias/new',
    effect: error(
      'AccessDeniedException',
      'User: ci is not authorized to perform: kms:DescribeKey on resource: arn:aws:kms:us-east-1:111122223333:alias/new because'
    ),
    ...EACH_TIME,
    expectations: {
      'target key lookup': failed(
        ON_OLD_KEY_OF_UNKNOWN_TYPE,
        ['Grant kms:DescribeKey on arn:aws:kms:us-east-1:111122223333:alias/new'],
        NOT_SENT
      )
    },
    bundled: ['target key lookup']
  },
  {
    name: 'key does not exist',
    effect: error('NotFoundException', "Key 'alias/new' does not exist"),
    ...EACH_TIME,
    keyId: 'alias/new',
    expectations: {
      // The fault hits the key in force, too. A missing key is customer managed, because AWS does not delete its own keys.
      'target key lookup': failed(ON_OLD_KEY, ['does not exist', 'us-east-1'], NOT_SENT)
    }
  },
  {
    name: 'key disabled',
    onFirstHit: ({ newKey }) => {
      newKey.state = 'Disabled';
    },
    expectations: {
      'target key lookup': failed(ON_OLD_KEY, ['is disabled: enable it', 'No change was sent'], NOT_SENT),
      start: {
        kinesis: failed(ON_OLD_KEY, ['KMSDisabledException', 'Enable the key'], REJECTED),
        firehose: DISABLED_AT_FIREHOSE
      },
      // Kinesis checks the key only when it accepts the change.
      polling: { kinesis: rekeyed(), firehose: DISABLED_AT_FIREHOSE }
    },
    bundled: ['polling']
  },
  {
    name: 'key pending deletion',
    onFirstHit: ({ newKey }) => {
      newKey.state = 'PendingDeletion';
    },
    expectations: {
      'target key lookup': failed(ON_OLD_KEY, ['is pending deletion', 'No change was sent'], NOT_SENT),
      start: {
        kinesis: failed(ON_OLD_KEY, ['KMSInvalidStateException', "Cancel the key's deletion"], REJECTED),
        firehose: failed(STILL_ON_OLD_KEY, ['INVALID_KMS_KEY', 'still encrypted with'])
      }
    }
  },
  {
    name: 'service has no access to the key',
    onFirstHit: ({ newKey }) => {
      newKey.refusedToServices = true;
    },
    aws: { checksKeysAtOnce: true },
    expectations: {
      start: failed(ON_OLD_KEY, ['kms:DescribeKey on the key', 'and in the key policy'], REJECTED)
    }
  }
];

/** Faults of the new key, of KMS, and of the permissions to use either. */

import { failed, NOT_SENT, REJECTED, rekeyed, SEEN } from './expectations.ts';
import { atStart, EACH_TIME, error, type NamedFault } from './named-fault.ts';

/** Error codes of a start: Kinesis' code, the codes within Firehose's InvalidKMSResourceException, and the advice for both. */
const REJECTED_KEYS = [
  ['KMSDisabledException', ['KMSDisabledException', 'DisabledException'], 'Enable the key'],
  ['KMSInvalidStateException', ['KMSInvalidStateException', 'InvalidStateException'], "Cancel the key's deletion"],
  ['KMSNotFoundException', ['KMSNotFoundException', 'NotFoundException'], 'that the key is in us-east-1'],
  ['KMSAccessDeniedException', ['KMSAccessDeniedException', 'AccessDeniedException'], 'kms:DescribeKey on the key'],
  ['KMSOptInRequired', ['KMSOptInRequired'], 'contact AWS Support']
] as const;

const MESSAGE = 'the key cannot be used';

const REJECTIONS: readonly NamedFault[] = REJECTED_KEYS.flatMap(([kinesisCode, firehoseCodes, advice]) => {
  const rejected = (cause: string) => failed(SEEN.onOldKey, [cause, advice], REJECTED);
  return [
    atStart(kinesisCode, error(kinesisCode, MESSAGE), { kinesis: rejected(`${kinesisCode}: ${MESSAGE}`) }, EACH_TIME),
    ...firehoseCodes.map((code) =>
      atStart(
        `InvalidKMSResourceException: ${code}`,
        error('InvalidKMSResourceException', MESSAGE, { extra: { code } }),
        { firehose: rejected(`InvalidKMSResourceException: ${MESSAGE} (${code})`) },
        EACH_TIME
      )
    )
  ];
});

const DISABLED_AT_FIREHOSE = failed(SEEN.stillOnOldKey, ['DISABLED_KMS_KEY', 'Enable the key', 'still encrypted with']);

/** The SDK makes three attempts, so that the fourth error reaches the action. */
function fourTimes(code: string, status: number): NamedFault {
  const effect = error(code, 'an internal error', { status });
  return { name: code, effect, times: 4, expectations: { 'target key lookup': rekeyed() } };
}

export const KEY_FAULTS: readonly NamedFault[] = [
  ...REJECTIONS,
  atStart(
    'InvalidKMSResourceException: unknown code',
    error('InvalidKMSResourceException', 'the moon key', { extra: { code: 'MoonKeyException' } }),
    { firehose: failed(SEEN.onOldKey, ['the moon key (MoonKeyException)', 'check that'], REJECTED) }
  ),
  atStart(
    'KMS throttled',
    ({ kind }) =>
      kind === 'kinesis'
        ? error('KMSThrottlingException', 'Rate exceeded')
        : error('InvalidKMSResourceException', 'Rate exceeded', { extra: { code: 'KMSThrottlingException' } }),
    rekeyed({ starts: 3 }),
    { times: 2 }
  ),
  fourTimes('KMSInternalException', 500),
  fourTimes('DependencyTimeoutException', 503),
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
        SEEN.onOldKeyOfUnknownType,
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
      'target key lookup': failed(SEEN.onOldKey, ['does not exist', 'us-east-1'], NOT_SENT)
    }
  },
  {
    name: 'key disabled',
    onFirstHit: ({ newKey }) => {
      newKey.state = 'Disabled';
    },
    expectations: {
      'target key lookup': failed(SEEN.onOldKey, ['is disabled: enable it', 'No change was sent'], NOT_SENT),
      start: {
        kinesis: failed(SEEN.onOldKey, ['KMSDisabledException', 'Enable the key'], REJECTED),
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
      'target key lookup': failed(SEEN.onOldKey, ['is pending deletion', 'No change was sent'], NOT_SENT),
      start: {
        kinesis: failed(SEEN.onOldKey, ['KMSInvalidStateException', "Cancel the key's deletion"], REJECTED),
        firehose: failed(SEEN.stillOnOldKey, ['INVALID_KMS_KEY', 'still encrypted with'])
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
      start: failed(SEEN.onOldKey, ['kms:DescribeKey on the key', 'and in the key policy'], REJECTED)
    }
  }
];

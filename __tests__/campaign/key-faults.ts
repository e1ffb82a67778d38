/** What is wrong with the new key, with KMS, or with what this run may ask of it. */

import { EVER, error } from './effects.ts';
import { failed, ON_OLD_KEY, ON_OLD_KEY_NOT_LOOKED_UP, rekeyed, STILL_ON_OLD_KEY } from './endings.ts';
import type { NamedFault } from './faults.ts';

/** The codes at a start, Kinesis' own and those inside Firehose's InvalidKMSResourceException, and the advice on each. */
const REFUSED_KEYS = [
  ['KMSDisabledException', ['KMSDisabledException', 'DisabledException'], 'Enable the key'],
  ['KMSInvalidStateException', ['KMSInvalidStateException'], "Cancel the key's deletion"],
  ['KMSNotFoundException', ['KMSNotFoundException', 'NotFoundException'], 'that it is in us-east-1'],
  ['KMSAccessDeniedException', ['KMSAccessDeniedException', 'AccessDeniedException'], 'kms:GenerateDataKey'],
  ['KMSOptInRequired', ['KMSOptInRequired'], 'ask AWS Support']
] as const;

const WORDS = 'the key cannot be used';

const OF_KINESIS: readonly NamedFault[] = REFUSED_KEYS.map(([code, , advice]) => ({
  name: code,
  effect: error(code, WORDS),
  times: EVER,
  ends: { start: { kinesis: failed(ON_OLD_KEY, { writes: 0, says: [`${code}: ${WORDS}`, advice] }) } }
}));

const OF_FIREHOSE: readonly NamedFault[] = REFUSED_KEYS.flatMap(([, codes, advice]) =>
  codes.map((code) => ({
    name: `InvalidKMSResourceException: ${code}`,
    effect: error('InvalidKMSResourceException', WORDS, { extra: { code } }),
    times: EVER,
    ends: {
      start: { firehose: failed(ON_OLD_KEY, { writes: 0, says: [`InvalidKMSResourceException: ${WORDS}`, advice] }) }
    }
  }))
);

export const KEY_FAULTS: readonly NamedFault[] = [
  ...OF_KINESIS,
  ...OF_FIREHOSE,
  {
    name: 'InvalidKMSResourceException: a code nobody has heard of',
    effect: error('InvalidKMSResourceException', 'the moon key', { extra: { code: 'MoonKeyException' } }),
    ends: {
      start: { firehose: failed(ON_OLD_KEY, { writes: 0, says: ['InvalidKMSResourceException: the moon key'] }) }
    }
  },
  {
    name: 'KMS throttled',
    effect: ({ kind }) =>
      kind === 'kinesis'
        ? error('KMSThrottlingException', 'Rate exceeded')
        : error('InvalidKMSResourceException', 'Rate exceeded', { extra: { code: 'KMSThrottlingException' } }),
    times: 2,
    ends: { start: rekeyed({ starts: 3 }) }
  },
  {
    name: 'KMS failed inside (KMSInternalException)',
    effect: error('KMSInternalException', 'an internal error', { status: 500 }),
    times: 4,
    ends: { 'key look-up': rekeyed() }
  },
  {
    name: 'KMS waited in vain (DependencyTimeoutException)',
    effect: error('DependencyTimeoutException', 'timed out', { status: 503 }),
    times: 4,
    ends: { 'key look-up': rekeyed() }
  },
  {
    name: 'an alias that may not be looked up',
    keyId: 'alias/new',
    effect: error(
      'AccessDeniedException',
      'User: ci is not authorized to perform: kms:DescribeKey on resource: arn:aws:kms:us-east-1:111122223333:alias/new because'
    ),
    times: EVER,
    ends: {
      'key look-up': failed(ON_OLD_KEY_NOT_LOOKED_UP, {
        starts: 0,
        writes: 0,
        says: ['Grant kms:DescribeKey on arn:aws:kms:us-east-1:111122223333:alias/new']
      })
    },
    bundled: ['key look-up']
  },
  {
    name: 'the key is not there',
    effect: error('NotFoundException', "Key 'alias/new' does not exist"),
    times: EVER,
    keyId: 'alias/new',
    ends: {
      // KMS knows no key then, also not the one in force: it was a customer's, as AWS deletes none of its own.
      'key look-up': failed(ON_OLD_KEY, { starts: 0, writes: 0, says: ['does not exist', 'us-east-1'] })
    }
  },
  {
    name: 'the key disabled',
    happens: ({ newKey }) => {
      newKey.state = 'Disabled';
    },
    ends: {
      'key look-up': failed(ON_OLD_KEY, {
        starts: 0,
        writes: 0,
        says: ['is disabled: enable it', 'No change was sent']
      }),
      start: {
        kinesis: failed(ON_OLD_KEY, { writes: 0, says: ['KMSDisabledException', 'Enable the key'] }),
        firehose: failed(STILL_ON_OLD_KEY, { says: ['DISABLED_KMS_KEY', 'Enable the key', 'still encrypted with'] })
      },
      polling: {
        // Kinesis looks at the key when it takes the change, and its own word is what counts.
        kinesis: rekeyed(),
        firehose: failed(STILL_ON_OLD_KEY, { says: ['DISABLED_KMS_KEY', 'Enable the key', 'still encrypted with'] })
      }
    },
    bundled: ['polling']
  },
  {
    name: 'the key about to be deleted',
    happens: ({ newKey }) => {
      newKey.state = 'PendingDeletion';
    },
    ends: {
      'key look-up': failed(ON_OLD_KEY, { starts: 0, writes: 0, says: ['is pending deletion', 'No change was sent'] }),
      start: {
        kinesis: failed(ON_OLD_KEY, { writes: 0, says: ['KMSInvalidStateException', "Cancel the key's deletion"] }),
        firehose: failed(STILL_ON_OLD_KEY, { says: ['INVALID_KMS_KEY', 'still encrypted with'] })
      }
    }
  },
  {
    name: 'the key kept from the service',
    happens: ({ newKey }) => {
      newKey.refusedToServices = true;
    },
    aws: { checksKeysAtOnce: true },
    ends: {
      start: failed(ON_OLD_KEY, {
        writes: 0,
        says: ['kms:GenerateDataKey and kms:Decrypt on the key', "and in the key's"]
      })
    }
  }
];

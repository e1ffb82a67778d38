/** Faults of a change itself, and concurrent changes to the stream. */

import { FOREVER } from '../end-to-end/step.ts';
import { NEW_KEY, THIRD_KEY } from './account.ts';
import {
  ALREADY_ON_NEW_KEY,
  BEING_DELETED,
  BEING_DELETED_AFTER_START,
  CHANGE_CONTINUES,
  CHANGE_IN_PROGRESS,
  CHANGED_CONCURRENTLY_FROM_UNKNOWN_KEY,
  enabled,
  FIRST_CHANGE_IN_PROGRESS,
  FROM_THIRD_KEY_TO_NEW_KEY,
  failed,
  NEWLY_ENCRYPTED,
  NOT_SENT,
  ON_OLD_KEY,
  OVERTAKEN_BY_THIRD_KEY,
  REVERTED_TO_OLD_KEY,
  rekeyed,
  STILL_NOT_ENCRYPTED,
  STILL_ON_OLD_KEY,
  timedOut,
  unchanged
} from './expectations.ts';
import { EACH_TIME, error, type FaultTarget, type NamedFault } from './named-fault.ts';

const OVERTAKEN = failed(OVERTAKEN_BY_THIRD_KEY, ['another change may have replaced it', THIRD_KEY]);
function startsChange(key: string, durationMs: number) {
  return ({ aws, kind }: FaultTarget) => aws[kind].get('orders').start(key, durationMs);
}

const NOT_ACTIVE = error('ResourceInUseException', 'Stream orders is not ACTIVE');

const CONCURRENT_CHANGES: readonly NamedFault[] = [
  {
    name: 'concurrent change to the target key',
    onFirstHit: startsChange(NEW_KEY, FOREVER),
    expectations: {
      'first describe': unchanged({ starts: 0, outputs: CHANGED_CONCURRENTLY_FROM_UNKNOWN_KEY }),
      start: unchanged()
    },
    bundled: ['start']
  },
  {
    name: 'concurrent change to a third key',
    onFirstHit: startsChange(THIRD_KEY, FOREVER),
    expectations: {
      'first describe': rekeyed({ outputs: FROM_THIRD_KEY_TO_NEW_KEY }),
      start: rekeyed({ outputs: FROM_THIRD_KEY_TO_NEW_KEY, starts: 2 }),
      confirmation: OVERTAKEN
    }
  },
  {
    name: 'concurrent change to the target key has ended',
    onFirstHit: startsChange(NEW_KEY, 0),
    expectations: {
      'first describe': unchanged({ starts: 0, outputs: ALREADY_ON_NEW_KEY }),
      // Kinesis accepts a change to the key that is already in force.
      start: { kinesis: rekeyed(), firehose: unchanged() }
    },
    bundled: ['start']
  },
  {
    name: 'overtaken by a change to a third key',
    onFirstHit: startsChange(THIRD_KEY, 0),
    expectations: {
      confirmation: OVERTAKEN
    }
  },
  {
    name: 'ResourceInUseException without a visible change',
    effect: NOT_ACTIVE,
    expectations: { start: rekeyed({ starts: 2 }) }
  },
  {
    name: 'ResourceInUseException without a visible change, without end',
    effect: NOT_ACTIVE,
    ...EACH_TIME,
    expectations: {
      start: failed(ON_OLD_KEY, ['ResourceInUseException', 'The service accepted no change'], { starts: 10, writes: 0 })
    }
  }
];

/** The stream keeps the status DELETING. */
const DELETING: NamedFault = {
  name: 'stream being deleted',
  describesPerChange: FOREVER,
  onFirstHit: ({ aws, kind }) => {
    if (kind === 'kinesis') aws.kinesis.get('orders').status = 'DELETING';
    else aws.firehose.get('orders').streamStatus = 'DELETING';
  },
  expectations: {
    'first describe': failed(BEING_DELETED, ['the stream is being deleted'], NOT_SENT),
    polling: failed(BEING_DELETED_AFTER_START, ['was sent, but the stream is being deleted'])
  }
};

const CHANGE_PROGRESS: readonly NamedFault[] = [
  {
    name: 'stale response',
    effect: { stale: true },
    expectations: { 'describe after start': rekeyed(), polling: rekeyed(), confirmation: rekeyed() }
  },
  {
    name: 'three stale responses',
    effect: { stale: true },
    times: 3,
    expectations: { 'describe after start': rekeyed() }
  },
  {
    name: 'stale responses without end',
    effect: { stale: true },
    ...EACH_TIME,
    expectations: { 'describe after start': failed(REVERTED_TO_OLD_KEY, ['the stream ended in']) }
  },
  {
    name: 'response lost, change ends at once',
    effect: { lost: 'after' },
    describesPerChange: 1,
    expectations: { start: rekeyed() }
  },
  {
    name: 'response lost, then stale responses until the next start',
    effect: ({ action, starts }) => {
      if (action.includes(':Start')) return starts === 0 ? { lost: 'after' } : undefined;
      return starts === 1 ? { stale: true } : undefined;
    },
    ...EACH_TIME,
    allOperations: true,
    // The change outlasts the stale responses, so the service rejects the second start.
    describesPerChange: 40,
    expectations: { start: rekeyed({ starts: 2 }) }
  },
  {
    name: 'first change, request lost',
    initially: 'not encrypted',
    effect: { lost: 'before' },
    expectations: { start: enabled({ starts: 2 }) }
  },
  {
    name: 'change reverts to the old key',
    kinesis: { changeResult: 'reverted' },
    expectations: {
      start: {
        kinesis: failed(REVERTED_TO_OLD_KEY, ['ended in ACTIVE', 'another change may have replaced it'])
      }
    },
    bundled: ['start']
  },
  {
    name: 'change never ends',
    describesPerChange: FOREVER,
    untilDeadline: true,
    expectations: {
      polling: timedOut(CHANGE_IN_PROGRESS, ['The last status was', ...CHANGE_CONTINUES])
    }
  },
  {
    name: 'first change never ends',
    initially: 'not encrypted',
    describesPerChange: FOREVER,
    untilDeadline: true,
    expectations: {
      polling: timedOut(FIRST_CHANGE_IN_PROGRESS, ['The last status was', ...CHANGE_CONTINUES])
    }
  },
  {
    name: 'records not encrypted at first',
    initially: 'not encrypted',
    aws: { encryptionLagMs: 3_000 },
    expectations: { 'put record': enabled() }
  },
  {
    name: 'records never encrypted',
    initially: 'not encrypted',
    aws: { encryptionLagMs: FOREVER },
    expectations: {
      'put record': failed(NEWLY_ENCRYPTED, ['confirmed encryption for none of the test records'])
    }
  }
];

const DETAILS = 'details from Firehose';
/** The service accepts the change twice. */
const TWICE = { starts: 2, writes: 2 } as const;

/** Permanent FailureDescription types, and the advice for each. */
const PERMANENT_FAILURES = [
  ['RETIRE_KMS_GRANT_FAILED', 'kms:RetireGrant'],
  ['DISABLED_KMS_KEY', 'Enable the key'],
  ['INVALID_KMS_KEY', 'Use a symmetric key'],
  ['KMS_KEY_NOT_FOUND', 'Check that the key exists'],
  ['KMS_OPT_IN_REQUIRED', 'contact AWS Support'],
  ['UNKNOWN_ERROR', 'contact AWS Support'],
  ['UNKNOWN_TYPE', 'contact AWS Support']
] as const;

/** FailureDescription types that may be transient, because a grant takes time to propagate. */
const GRANT_FAILURES = [
  ['CREATE_KMS_GRANT_FAILED', 'Grant kms:CreateGrant'],
  ['KMS_ACCESS_DENIED', 'kms:CreateGrant']
] as const;

function changeFails(type: string, more: { times?: number; onStream?: true } = {}) {
  return { firehose: { changeFails: { type, details: DETAILS, ...more } } };
}

const FAILED_CHANGES: readonly NamedFault[] = [
  ...PERMANENT_FAILURES.map(([type, advice]) => ({
    name: `change fails: ${type}`,
    ...changeFails(type),
    expectations: {
      start: { firehose: failed(STILL_ON_OLD_KEY, [`${type}: ${DETAILS}`, 'still encrypted with', advice]) }
    }
  })),
  ...GRANT_FAILURES.flatMap(([type, advice]) => [
    {
      name: `change fails once: ${type}`,
      ...changeFails(type, { times: 1 }),
      expectations: { start: { firehose: rekeyed(TWICE) } }
    },
    {
      name: `change fails: ${type}`,
      ...changeFails(type),
      expectations: {
        start: {
          firehose: failed(
            STILL_ON_OLD_KEY,
            ['failed again', `${type}: ${DETAILS}`, 'still encrypted with', advice, '6 hours'],
            TWICE
          )
        }
      }
    }
  ]),
  {
    name: 'change fails once, with the reason on the delivery stream',
    ...changeFails('CREATE_KMS_GRANT_FAILED', { times: 1, onStream: true }),
    expectations: { start: { firehose: rekeyed(TWICE) } }
  },
  {
    name: 'suspended delivery stream',
    firehose: { streamStatus: 'SUSPENDED' },
    expectations: {
      start: {
        firehose: failed(
          ON_OLD_KEY,
          ['a stream in status SUSPENDED', 'ResourceInUseException', 'The service accepted no change'],
          { starts: 3, writes: 0 }
        )
      }
    }
  },
  {
    name: 'first change fails: DISABLED_KMS_KEY',
    initially: 'not encrypted',
    ...changeFails('DISABLED_KMS_KEY'),
    expectations: {
      start: { firehose: failed(STILL_NOT_ENCRYPTED, ['still not encrypted', 'Enable the key']) }
    }
  }
];

export const CHANGE_FAULTS: readonly NamedFault[] = [
  ...CONCURRENT_CHANGES,
  DELETING,
  ...CHANGE_PROGRESS,
  ...FAILED_CHANGES
];

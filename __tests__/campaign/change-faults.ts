/** Faults of a change itself, and concurrent changes to the stream. */

import { FOREVER } from '../end-to-end/step.ts';
import { NEW_KEY, THIRD_KEY } from './account.ts';
import {
  CHANGE_CONTINUES,
  type Expectation,
  enabled,
  failed,
  NOT_SENT,
  rekeyed,
  SEEN,
  timedOut,
  unchanged
} from './expectations.ts';
import { atStart, EACH_TIME, error, type FaultTarget, type NamedFault } from './named-fault.ts';

const NOT_ENCRYPTED = { initially: 'not encrypted' } as const;
const NEVER_ENDS = { describesPerChange: FOREVER, untilDeadline: true } as const;
const REPLACED = 'another change may have replaced it';
const OVERTAKEN = failed(SEEN.overtakenByThirdKey, [REPLACED, THIRD_KEY]);
function startsChange(key: string, durationMs: number) {
  return ({ aws, kind }: FaultTarget) => aws[kind].get('orders').start(key, durationMs);
}

const NOT_ACTIVE = error('ResourceInUseException', 'Stream orders is not ACTIVE');

const CONCURRENT_CHANGES: readonly NamedFault[] = [
  {
    name: 'concurrent change to the target key',
    onFirstHit: startsChange(NEW_KEY, FOREVER),
    expectations: {
      'first describe': unchanged({ starts: 0, outputs: SEEN.changedConcurrentlyFromUnknownKey }),
      start: unchanged()
    },
    bundled: ['start']
  },
  {
    name: 'concurrent change to a third key',
    onFirstHit: startsChange(THIRD_KEY, FOREVER),
    expectations: {
      'first describe': rekeyed({ outputs: SEEN.fromThirdKeyToNewKey }),
      start: rekeyed({ outputs: SEEN.fromThirdKeyToNewKey, starts: 2 }),
      confirmation: OVERTAKEN
    }
  },
  {
    name: 'concurrent change to the target key has ended',
    onFirstHit: startsChange(NEW_KEY, 0),
    expectations: {
      'first describe': unchanged({ starts: 0, outputs: SEEN.alreadyOnNewKey }),
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
  atStart('ResourceInUseException without a visible change', NOT_ACTIVE, rekeyed({ starts: 2 })),
  atStart(
    'ResourceInUseException without a visible change, without end',
    NOT_ACTIVE,
    failed(SEEN.onOldKey, ['ResourceInUseException', 'The service accepted no change'], { starts: 10, writes: 0 }),
    EACH_TIME
  )
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
    'first describe': failed(SEEN.beingDeleted, ['the stream is being deleted'], NOT_SENT),
    polling: failed(SEEN.beingDeletedAfterStart, ['was sent, but the stream is being deleted'])
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
    expectations: { 'describe after start': failed(SEEN.revertedToOldKey, ['the stream ended in']) }
  },
  atStart('response lost, change ends at once', { lost: 'after' }, rekeyed(), { describesPerChange: 1 }),
  atStart(
    'response lost, then stale responses until the next start',
    ({ action, starts }) => {
      if (action.includes(':Start')) return starts === 0 ? { lost: 'after' } : undefined;
      return starts === 1 ? { stale: true } : undefined;
    },
    rekeyed({ starts: 2 }),
    // The change outlasts the stale responses, so the service rejects the second start.
    { ...EACH_TIME, allOperations: true, describesPerChange: 40 }
  ),
  atStart('first change, request lost', { lost: 'before' }, enabled({ starts: 2 }), NOT_ENCRYPTED),
  {
    name: 'change reverts to the old key',
    kinesis: { changeResult: 'reverted' },
    expectations: { start: { kinesis: failed(SEEN.revertedToOldKey, ['ended in ACTIVE', REPLACED]) } },
    bundled: ['start']
  },
  {
    name: 'change never ends',
    ...NEVER_ENDS,
    expectations: { polling: timedOut(SEEN.changeInProgress, ['The last status was', ...CHANGE_CONTINUES]) }
  },
  {
    name: 'first change never ends',
    ...NOT_ENCRYPTED,
    ...NEVER_ENDS,
    expectations: { polling: timedOut(SEEN.firstChangeInProgress, ['The last status was', ...CHANGE_CONTINUES]) }
  },
  {
    name: 'records not encrypted at first',
    ...NOT_ENCRYPTED,
    aws: { encryptionLagMs: 3_000 },
    expectations: { 'put record': enabled() }
  },
  {
    name: 'records never encrypted',
    ...NOT_ENCRYPTED,
    aws: { encryptionLagMs: FOREVER },
    expectations: { 'put record': failed(SEEN.newlyEncrypted, ['confirmed encryption for none of the test records']) }
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

/** The change of a delivery stream fails for this reason. */
function changeFails(
  name: string,
  failure: { type: string; times?: number; onStream?: true },
  expectation: Expectation,
  more: Partial<NamedFault> = {}
): NamedFault {
  const firehose = { changeFails: { details: DETAILS, ...failure } };
  return { name, firehose, expectations: { start: { firehose: expectation } }, ...more };
}

const FAILED_CHANGES: readonly NamedFault[] = [
  ...PERMANENT_FAILURES.map(([type, advice]) => {
    const parts = [`${type}: ${DETAILS}`, 'still encrypted with', advice];
    return changeFails(`change fails: ${type}`, { type }, failed(SEEN.stillOnOldKey, parts));
  }),
  ...GRANT_FAILURES.flatMap(([type, advice]) => {
    const parts = ['failed again', `${type}: ${DETAILS}`, 'still encrypted with', advice, '6 hours'];
    return [
      changeFails(`change fails once: ${type}`, { type, times: 1 }, rekeyed(TWICE)),
      changeFails(`change fails: ${type}`, { type }, failed(SEEN.stillOnOldKey, parts, TWICE))
    ];
  }),
  changeFails(
    'change fails once, with the reason on the delivery stream',
    { type: 'CREATE_KMS_GRANT_FAILED', times: 1, onStream: true },
    rekeyed(TWICE)
  ),
  changeFails(
    'first change fails: DISABLED_KMS_KEY',
    { type: 'DISABLED_KMS_KEY' },
    failed(SEEN.stillNotEncrypted, ['still not encrypted', 'Enable the key']),
    NOT_ENCRYPTED
  ),
  {
    name: 'suspended delivery stream',
    firehose: { streamStatus: 'SUSPENDED' },
    expectations: {
      start: {
        firehose: failed(
          SEEN.onOldKey,
          ['a stream in status SUSPENDED', 'ResourceInUseException', 'The service accepted no change'],
          { starts: 3, writes: 0 }
        )
      }
    }
  }
];

export const CHANGE_FAULTS: readonly NamedFault[] = [
  ...CONCURRENT_CHANGES,
  DELETING,
  ...CHANGE_PROGRESS,
  ...FAILED_CHANGES
];

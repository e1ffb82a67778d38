/** Faults of a change itself, and concurrent changes to the stream. */

import type { LocalAws } from '../../local-aws/server.ts';
import { FOREVER, type Kind } from '../end-to-end/step.ts';
import { NEW_KEY, THIRD_KEY } from './account.ts';
import {
  atStart,
  CHANGE_CONTINUES,
  EACH_TIME,
  type Expectation,
  enabled,
  error,
  failed,
  type NamedFault,
  NOT_SENT,
  rekeyed,
  SEEN,
  timedOut,
  unchanged
} from './fault.ts';

const NOT_ENCRYPTED = { initially: 'not encrypted' } as const;
const REPLACED = 'another change may have replaced it';
const NOT_ACTIVE = error('ResourceInUseException', 'Stream orders is not ACTIVE');

function startsChange(key: string, durationMs: number) {
  return (aws: LocalAws, kind: Kind) => aws[kind].get('orders').start(key, durationMs);
}

const CONCURRENT_CHANGES: readonly NamedFault[] = [
  {
    name: 'concurrent change to the target key',
    onFirstHit: startsChange(NEW_KEY, FOREVER),
    expectations: {
      'first describe': unchanged({ starts: 0, seen: SEEN.changedConcurrentlyFromUnknownKey }),
      start: unchanged()
    },
    bundled: ['start']
  },
  {
    name: 'concurrent change to a third key',
    onFirstHit: startsChange(THIRD_KEY, FOREVER),
    expectations: {
      'first describe': rekeyed({ seen: SEEN.fromThirdKeyToNewKey }),
      start: rekeyed({ seen: SEEN.fromThirdKeyToNewKey, starts: 2 }),
      confirmation: failed(SEEN.overtakenByThirdKey, [REPLACED, THIRD_KEY])
    }
  },
  {
    name: 'concurrent change to the target key has ended',
    onFirstHit: startsChange(NEW_KEY, 0),
    expectations: {
      'first describe': unchanged({ starts: 0, seen: SEEN.alreadyOnNewKey }),
      // Kinesis accepts a change to the key that is already in force.
      start: { kinesis: rekeyed(), firehose: unchanged() }
    },
    bundled: ['start']
  },
  atStart('ResourceInUseException without a visible change', NOT_ACTIVE, rekeyed({ starts: 2 })),
  atStart(
    'ResourceInUseException without a visible change, without end',
    NOT_ACTIVE,
    failed(SEEN.onOldKey, ['ResourceInUseException', 'The service accepted no change'], { starts: 10, writes: 0 }),
    EACH_TIME
  )
];

const CHANGE_PROGRESS: readonly NamedFault[] = [
  {
    name: 'stream being deleted',
    describesPerChange: FOREVER,
    onFirstHit: ({ kinesis, firehose }, kind) => {
      if (kind === 'kinesis') kinesis.get('orders').status = 'DELETING';
      else firehose.get('orders').streamStatus = 'DELETING';
    },
    expectations: {
      'first describe': failed(() => ({ changed: false }), ['the stream is being deleted'], NOT_SENT),
      polling: failed(() => ({ changed: true }), ['was sent, but the stream is being deleted'])
    }
  },
  {
    name: 'stale response',
    effect: { stale: true },
    expectations: { 'describe after start': rekeyed(), polling: rekeyed(), confirmation: rekeyed() }
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
    describesPerChange: FOREVER,
    untilDeadline: true,
    expectations: { polling: timedOut(SEEN.changeInProgress, ['The last status was', ...CHANGE_CONTINUES]) }
  },
  {
    name: 'records not encrypted at first',
    ...NOT_ENCRYPTED,
    aws: { encryptionLagMs: 3_000 },
    expectations: { 'put record': enabled() }
  }
];

/** The service accepts the change twice. */
const TWICE = { starts: 2, writes: 2 } as const;

/** The change of a delivery stream fails for this reason, each time or so many times. */
function changeFails(name: string, failure: { type: string; times?: number }, firehose: Expectation): NamedFault {
  return { name, firehose: { changeFails: { details: 'why', ...failure } }, expectations: { start: { firehose } } };
}

/** Which types are permanent, and the advice for each: aws/answers.test.ts. */
const FAILED_CHANGES: readonly NamedFault[] = [
  changeFails(
    'change fails',
    { type: 'INVALID_KMS_KEY' },
    failed(SEEN.stillOnOldKey, ['INVALID_KMS_KEY: why', 'still encrypted with', 'Use a symmetric key'])
  ),
  // A new grant takes time to propagate.
  changeFails('change fails once', { type: 'CREATE_KMS_GRANT_FAILED', times: 1 }, rekeyed(TWICE)),
  changeFails(
    'change fails again',
    { type: 'CREATE_KMS_GRANT_FAILED' },
    failed(SEEN.stillOnOldKey, ['failed again', 'CREATE_KMS_GRANT_FAILED: why', 'still encrypted with'], TWICE)
  )
];

export const CHANGE_FAULTS: readonly NamedFault[] = [...CONCURRENT_CHANGES, ...CHANGE_PROGRESS, ...FAILED_CHANGES];

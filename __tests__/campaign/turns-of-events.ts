/** What the service does with a change, and what others do to the stream meanwhile. */

import { EVER, error } from './effects.ts';
import {
  BACK_ON_OLD_KEY,
  BECOMING_ENCRYPTED,
  BEING_DELETED,
  BEING_DELETED_AFTER_START,
  enabled,
  FOUND_MOVED_TO_NEW_KEY,
  FOUND_NEW_KEY,
  FROM_THIRD_KEY,
  failed,
  GOES_ON,
  MOVING,
  NEW,
  NEWLY_ENCRYPTED,
  ON_OLD_KEY,
  OVERTAKEN,
  rekeyed,
  STILL_NOT_ENCRYPTED,
  STILL_ON_OLD_KEY,
  THIRD,
  timedOut,
  unchanged
} from './endings.ts';
import type { NamedFault } from './faults.ts';

const OTHERS: readonly NamedFault[] = [
  {
    name: "another's change, to the key asked",
    happens: (stage) => stage.change(NEW, EVER),
    ends: { 'first look': unchanged({ starts: 0, stands: FOUND_MOVED_TO_NEW_KEY }), start: unchanged() },
    bundled: ['start']
  },
  {
    name: "another's change, to a third key",
    happens: (stage) => stage.change(THIRD, EVER),
    ends: {
      'first look': rekeyed({ stands: FROM_THIRD_KEY }),
      start: rekeyed({ stands: FROM_THIRD_KEY, starts: 2 }),
      proof: failed(OVERTAKEN, { says: ['another change may have overtaken it', THIRD] })
    }
  },
  {
    name: 'another was quicker with the same change',
    happens: (stage) => stage.change(NEW, 0),
    ends: {
      'first look': unchanged({ starts: 0, stands: FOUND_NEW_KEY }),
      // Kinesis takes the key that is in force once more.
      start: { kinesis: rekeyed(), firehose: unchanged() }
    },
    bundled: ['start']
  },
  {
    name: 'another overtook it with a third key',
    happens: (stage) => stage.change(THIRD, 0),
    ends: { proof: failed(OVERTAKEN, { says: ['another change may have overtaken it', THIRD] }) }
  },
  {
    name: 'in use, for no reason to be seen',
    effect: error('ResourceInUseException', 'Stream orders is not ACTIVE'),
    ends: { start: rekeyed({ starts: 2 }) }
  },
  {
    name: 'in use without end, for no reason to be seen',
    effect: error('ResourceInUseException', 'Stream orders is not ACTIVE'),
    times: EVER,
    ends: {
      start: failed(ON_OLD_KEY, { starts: 10, writes: 0, says: ['ResourceInUseException', 'No change was sent'] })
    }
  }
];

/** The stream is marked as being deleted, and stays so. */
const DELETING: NamedFault = {
  name: 'the stream being deleted',
  looksAChangeTakes: EVER,
  happens: ({ aws, kind }) => {
    if (kind === 'kinesis') aws.kinesis.get('orders').status = 'DELETING';
    else aws.firehose.get('orders').streamStatus = 'DELETING';
  },
  ends: {
    'first look': failed(BEING_DELETED, { starts: 0, writes: 0, says: ['the stream is being deleted'] }),
    polling: failed(BEING_DELETED_AFTER_START, { says: ['was sent, but the stream is being deleted'] })
  }
};

const COURSE: readonly NamedFault[] = [
  {
    name: 'a stale answer',
    effect: { stale: true },
    ends: { 'first look after': rekeyed(), polling: rekeyed(), proof: rekeyed() }
  },
  {
    name: 'three stale answers',
    effect: { stale: true },
    times: 3,
    // The three come within the five seconds that stale answers are expected for, however slow the machine.
    speed: 2,
    ends: { 'first look after': rekeyed() }
  },
  {
    name: 'stale answers without end',
    effect: { stale: true },
    times: EVER,
    ends: { 'first look after': failed(BACK_ON_OLD_KEY, { says: ['came back'] }) }
  },
  {
    name: 'answer lost, the change over at once',
    effect: { lost: 'after' },
    looksAChangeTakes: 1,
    ends: { start: rekeyed() }
  },
  {
    name: 'answer lost, then stale answers until the next start',
    effect: ({ action, starts }) => {
      if (action.includes(':Start')) return starts === 0 ? { lost: 'after' } : undefined;
      return starts === 1 ? { stale: true } : undefined;
    },
    times: EVER,
    everywhere: true,
    // Under way for longer than the stale answers last: the next start is refused, and nothing is changed twice.
    looksAChangeTakes: 40,
    ends: { start: rekeyed({ starts: 2 }) }
  },
  {
    name: 'first change, answer lost',
    from: 'not encrypted',
    effect: { lost: 'before' },
    ends: { start: enabled({ starts: 2 }) }
  },
  {
    name: 'the change comes back with the old key',
    kinesis: { changeResult: 'reverted' },
    ends: { start: { kinesis: failed(BACK_ON_OLD_KEY, { says: ['came back ACTIVE', 'overtaken'] }) } },
    bundled: ['start']
  },
  {
    name: 'the change never ends',
    looksAChangeTakes: EVER,
    timeoutSeconds: 20,
    speed: 10,
    ends: { polling: timedOut(MOVING, { says: ['The last status seen was', ...GOES_ON] }) }
  },
  {
    name: 'the first change never ends',
    from: 'not encrypted',
    looksAChangeTakes: EVER,
    timeoutSeconds: 20,
    speed: 10,
    ends: { polling: timedOut(BECOMING_ENCRYPTED, { says: ['The last status seen was', ...GOES_ON] }) }
  },
  {
    name: 'records in the clear for a while',
    from: 'not encrypted',
    aws: { encryptionLagMs: 3_000 },
    ends: { record: enabled() }
  },
  {
    name: 'records in the clear without end',
    from: 'not encrypted',
    aws: { encryptionLagMs: EVER },
    ends: { record: failed(NEWLY_ENCRYPTED, { says: ['did not say of any record', 'that it was encrypted'] }) }
  }
];

const DETAILS = 'said the service';

/** FailureDescription types that do not pass, and what to do about each. */
const FAILURES = [
  ['RETIRE_KMS_GRANT_FAILED', 'kms:RetireGrant'],
  ['DISABLED_KMS_KEY', 'Enable the key'],
  ['INVALID_KMS_KEY', 'Ask for a symmetric key'],
  ['KMS_KEY_NOT_FOUND', 'See that the key exists'],
  ['KMS_OPT_IN_REQUIRED', 'ask AWS Support'],
  ['UNKNOWN_ERROR', 'run again'],
  ['MOON_NOT_FULL', 'run again']
] as const;

/** Those that may pass: a grant takes time to be known everywhere. */
const GRANT_FAILURES = [
  ['CREATE_KMS_GRANT_FAILED', 'Grant kms:CreateGrant'],
  ['KMS_ACCESS_DENIED', 'kms:CreateGrant']
] as const;

const FAILED_CHANGES: readonly NamedFault[] = [
  ...FAILURES.map(([type, advice]) => ({
    name: `the change fails: ${type}`,
    firehose: { changeFails: { type, details: DETAILS } },
    ends: {
      start: { firehose: failed(STILL_ON_OLD_KEY, { says: [`${type}: ${DETAILS}`, 'still encrypted with', advice] }) }
    }
  })),
  ...GRANT_FAILURES.flatMap(([type, advice]) => [
    {
      name: `the change fails once: ${type}`,
      firehose: { changeFails: { type, details: DETAILS, times: 1 } },
      ends: { start: { firehose: rekeyed({ starts: 2, writes: 2 }) } }
    },
    {
      name: `the change fails: ${type}`,
      firehose: { changeFails: { type, details: DETAILS } },
      ends: {
        start: {
          firehose: failed(STILL_ON_OLD_KEY, {
            starts: 2,
            writes: 2,
            says: [`failed again`, `${type}: ${DETAILS}`, 'still encrypted with', advice, '6 hours']
          })
        }
      }
    }
  ]),
  {
    name: 'the first change fails: DISABLED_KMS_KEY',
    from: 'not encrypted',
    firehose: { changeFails: { type: 'DISABLED_KMS_KEY', details: DETAILS } },
    ends: { start: { firehose: failed(STILL_NOT_ENCRYPTED, { says: ['still not encrypted', 'Enable the key'] }) } }
  }
];

export const TURNS_OF_EVENTS: readonly NamedFault[] = [...OTHERS, DELETING, ...COURSE, ...FAILED_CHANGES];

/** Not in the table, as it takes two runs: one of them changes the stream, and the other one finds that done. */
export const TWO_RUNS: NamedFault = {
  name: 'two runs at once: the first',
  // Long enough for either to have sent its start, if it sends one.
  looksAChangeTakes: 15,
  ends: { start: rekeyed() }
};

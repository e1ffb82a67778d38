/** Refusals that do not pass, and limits: permissions, credentials, streams that are gone, codes nobody has heard of. */

import type { Kind } from '../end-to-end/step.ts';
import { EMPTY, EVER, EXPIRED, error, UNHEARD_OF } from './effects.ts';
import {
  ANOTHERS_MOVING,
  BACK_ON_OLD_KEY,
  type Ending,
  failed,
  GOES_ON,
  KEY_NOT_LOOKED_UP,
  KEYS_NOT_LOOKED_UP,
  MOVING,
  NOTHING_KNOWN,
  OLD_KEY_NOT_LOOKED_UP,
  ON_NEW_KEY,
  ON_OLD_KEY,
  rekeyed,
  SENT
} from './endings.ts';
import type { EndingByKind, Endings, NamedFault } from './faults.ts';

const ACTIONS = {
  kinesis: { look: 'kinesis:DescribeStreamSummary', start: 'kinesis:StartStreamEncryption', put: 'kinesis:PutRecord' },
  firehose: {
    look: 'firehose:DescribeDeliveryStream',
    start: 'firehose:StartDeliveryStreamEncryption',
    put: 'firehose:PutRecord'
  }
} as const;

function byKind(ending: (kind: Kind) => Ending): EndingByKind {
  return { kinesis: ending('kinesis'), firehose: ending('firehose') };
}

/** How a run ends that is refused something for good at these moments; the message has what the refusal says. */
function refused(says: readonly string[], notSent: readonly string[] = []) {
  const before = { starts: 0, writes: 0, says: [...says, ...notSent] };
  const after = { says: [...says, ...GOES_ON] };
  return {
    'first look': failed(NOTHING_KNOWN, before),
    "another's change": failed(ANOTHERS_MOVING, before),
    start: failed(ON_OLD_KEY, { ...before, starts: 1 }),
    'first look after': failed(SENT, after),
    polling: failed(MOVING, after),
    proof: failed(MOVING, after),
    record: failed(ON_NEW_KEY, { says: [...says, 'had ended', 'make sure of the records'] })
  } satisfies Endings;
}

/** As `refused`, with the permission that is missing at each moment. */
function denied(moment: keyof ReturnType<typeof refused>, call: 'look' | 'start' | 'put'): EndingByKind {
  return byKind((kind) => refused([`Grant ${ACTIONS[kind][call]} on arn:aws:`])[moment]);
}

const RENEW = ['ExpiredTokenException', 'aws-actions/configure-aws-credentials'];
const UNCLEAR_LIMIT = error('LimitExceededException', 'You have already reached the limit for a requested resource.');

export const REFUSALS: readonly NamedFault[] = [
  {
    name: 'access denied',
    effect: ({ kind, action }) =>
      error(
        'AccessDeniedException',
        `User: arn:aws:sts::111122223333:assumed-role/ci/run is not authorized to perform: ${action} on resource: ` +
          `arn:aws:${kind}:us-east-1:111122223333:stream/orders because no identity-based policy allows the ${action} action`
      ),
    times: EVER,
    ends: {
      // Two key ARNs are certain without a look at them.
      'key look-up': rekeyed({ stands: KEYS_NOT_LOOKED_UP }),
      'old key look-up': rekeyed({ stands: OLD_KEY_NOT_LOOKED_UP }),
      'first look': denied('first look', 'look'),
      "another's change": denied("another's change", 'look'),
      start: denied('start', 'start'),
      'first look after': denied('first look after', 'look'),
      polling: denied('polling', 'look'),
      proof: denied('proof', 'look'),
      record: denied('record', 'put')
    },
    bundled: ['start']
  },
  {
    name: 'credentials expired',
    effect: EXPIRED,
    times: EVER,
    everywhere: true,
    ends: {
      'old key look-up': failed(KEY_NOT_LOOKED_UP, { starts: 0, writes: 0, says: [...RENEW, 'No change was sent'] }),
      ...refused(RENEW, ['No change was sent'])
    },
    bundled: ['polling']
  },
  {
    name: 'the stream deleted',
    happens: (stage) => stage.delete(),
    ends: refused(['ResourceNotFoundException', 'There is no such stream in us-east-1']),
    bundled: ['polling']
  },
  {
    name: 'a code nobody has heard of',
    effect: UNHEARD_OF,
    times: EVER,
    ends: refused(['MoonPhaseException: The moon is not full, try Tuesday'])
  },
  {
    name: 'an invalid argument',
    effect: error('InvalidArgumentException', 'The key is asymmetric'),
    ends: { start: failed(ON_OLD_KEY, { writes: 0, says: ['InvalidArgumentException: The key is asymmetric'] }) }
  },
  {
    name: '25 changes in 24 hours',
    effect: error('LimitExceededException', 'The limit of 25 changes in a rolling 24 hours period is reached.'),
    times: EVER,
    ends: { start: failed(ON_OLD_KEY, { writes: 0, says: ['at most 25 changes in 24 hours', 'a day old'] }) }
  },
  {
    name: '500 delivery streams on the key',
    effect: error('LimitExceededException', 'The CMK already encrypts 500 delivery streams.'),
    times: EVER,
    ends: {
      start: {
        firehose: failed(ON_OLD_KEY, { writes: 0, says: ['at most 500 delivery streams', 'ask for another key'] })
      }
    }
  },
  {
    name: 'a limit, twice, which one unclear',
    effect: UNCLEAR_LIMIT,
    times: 2,
    ends: { start: rekeyed({ starts: 3 }) }
  },
  {
    name: 'a limit, which one unclear',
    effect: UNCLEAR_LIMIT,
    times: EVER,
    ends: {
      start: failed(ON_OLD_KEY, { starts: 3, writes: 0, says: ['call rate, or the limit of 25 changes', 'in a day'] })
    },
    bundled: ['start']
  },
  {
    name: 'an empty answer, 200, that is none',
    effect: EMPTY,
    ends: { start: failed(BACK_ON_OLD_KEY, { writes: 0, says: ['came back', 'run again'] }) }
  }
];

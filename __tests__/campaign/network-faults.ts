/** Throttles, servers and networks that fail: once, ten times in a row, or for as long as the run takes. */

import type { FaultEffect } from '../../local-aws/faults.ts';
import { EMPTY, EVER, HTML, INTERNAL, RATE, THROTTLE } from './effects.ts';
import {
  ANOTHERS_MOVING,
  type Ending,
  GOES_ON,
  KEY_NOT_LOOKED_UP,
  MOVING,
  NOT_SENT,
  NOTHING_KNOWN,
  ON_NEW_KEY,
  ON_OLD_KEY,
  rekeyed,
  SENT,
  timedOut
} from './endings.ts';
import type { Endings, NamedFault } from './faults.ts';
import type { MomentName } from './moments.ts';

/** A real time that is long for a server on the same machine. */
const GIVEN_UP_SOON = { requestTimeoutMs: 500 } as const;

const AT_ANY_CALL_BUT_THE_START = [
  'key look-up',
  'old key look-up',
  'first look',
  "another's change",
  'first look after',
  'polling',
  'proof',
  'record'
] as const;

function at(moments: readonly MomentName[], ending: Ending): Endings {
  return Object.fromEntries(moments.map((moment) => [moment, ending]));
}

const RIDDEN_OUT = at(AT_ANY_CALL_BUT_THE_START, rekeyed());

/** A start that plainly was not taken is sent again; of one that may have been taken, the stream is asked first. */
const PASSING: readonly NamedFault[] = [
  {
    name: 'throttled once',
    effect: THROTTLE,
    ends: { ...RIDDEN_OUT, start: rekeyed({ starts: 2 }) }
  },
  { name: 'throttled ten times', effect: THROTTLE, times: 10, ends: { ...RIDDEN_OUT, start: rekeyed({ starts: 11 }) } },
  { name: 'rate exceeded ten times', effect: RATE, times: 10, ends: { ...RIDDEN_OUT, start: rekeyed({ starts: 11 }) } },
  { name: 'status 500', effect: INTERNAL, ends: { ...RIDDEN_OUT, start: rekeyed({ starts: 2 }) } },
  {
    name: 'an HTML page, 503',
    effect: HTML,
    ends: { ...RIDDEN_OUT, start: rekeyed({ starts: 2 }) },
    bundled: ['polling']
  },
  { name: 'an HTML page, 503, after taking effect', effect: { ...HTML, effect: 'after' }, ends: { start: rekeyed() } },
  {
    name: 'connection reset',
    effect: { lost: 'before' },
    ends: { ...RIDDEN_OUT, start: rekeyed({ starts: 2 }) },
    bundled: ['start']
  },
  {
    name: 'connection reset after taking effect',
    effect: { lost: 'after' },
    ends: { start: rekeyed() },
    bundled: ['start']
  },
  { name: 'a body cut off', effect: { cutOff: 'before' }, ends: { ...RIDDEN_OUT, start: rekeyed({ starts: 2 }) } },
  {
    name: 'a body cut off after taking effect',
    effect: { cutOff: 'after' },
    ends: { start: rekeyed() }
  },
  { name: 'an empty answer, 200', effect: EMPTY, ends: RIDDEN_OUT },
  {
    name: 'an empty answer, 200, after taking effect',
    effect: { ...EMPTY, effect: 'after' },
    ends: { start: rekeyed() }
  },
  {
    name: 'no answer, then given up',
    effect: { hang: 'before' },
    ...GIVEN_UP_SOON,
    ends: { ...RIDDEN_OUT, start: rekeyed({ starts: 2 }) }
  },
  {
    name: 'no answer after taking effect, then given up',
    effect: { hang: 'after' },
    ...GIVEN_UP_SOON,
    ends: { start: rekeyed() }
  },
  { name: 'three starts reset', effect: { lost: 'before' }, times: 3, ends: { start: rekeyed({ starts: 4 }) } },
  {
    name: 'two starts without an answer',
    effect: { hang: 'before' },
    times: 2,
    ...GIVEN_UP_SOON,
    ends: { start: rekeyed({ starts: 3 }) }
  }
];

/** How a run ends at its deadline where a call never gets through; `start` depends on what is lost. */
function atTheDeadline(words: readonly string[], start: Ending): Endings {
  const before = { starts: 0, writes: 0, says: [...words, ...NOT_SENT] };
  const after = { says: [...words, ...GOES_ON] };
  const anothers =
    'No change was sent: the one in flight is not of this run, and the service goes on with it by itself';
  return {
    'key look-up': timedOut(KEY_NOT_LOOKED_UP, before),
    'old key look-up': timedOut(KEY_NOT_LOOKED_UP, before),
    'first look': timedOut(NOTHING_KNOWN, { ...before, says: [...before.says, 'The service has told nothing'] }),
    "another's change": timedOut(ANOTHERS_MOVING, { ...before, says: [...words, anothers, 'Running again is safe'] }),
    start,
    'first look after': timedOut(SENT, after),
    polling: timedOut(MOVING, after),
    proof: timedOut(MOVING, after),
    record: timedOut(ON_NEW_KEY, { says: [...words, 'had ended', 'make sure of the records'] })
  };
}

function lasting(name: string, effect: FaultEffect, ends: Endings, more: Pick<NamedFault, 'bundled'> = {}): NamedFault {
  return { name, effect, ends, times: EVER, timeoutSeconds: 20, speed: 10, ...more };
}

const LASTING: readonly NamedFault[] = [
  lasting(
    'throttled to the end',
    THROTTLE,
    atTheDeadline(
      ['ThrottlingException: Rate exceeded'],
      timedOut(ON_OLD_KEY, {
        starts: 'several',
        writes: 0,
        says: ['ThrottlingException: Rate exceeded', ...NOT_SENT],
        // A start that is under way at the very deadline may have been taken.
        or: timedOut(SENT, { says: ['ThrottlingException: Rate exceeded', 'had been sent'] })
      })
    ),
    { bundled: ['start'] }
  ),
  lasting(
    'status 500 to the end',
    INTERNAL,
    atTheDeadline(
      ['InternalFailure'],
      timedOut(SENT, { starts: 'several', writes: 0, says: ['had been sent', 'Running again is safe'] })
    )
  ),
  lasting(
    'connection reset to the end',
    { lost: 'before' },
    {
      start: timedOut(SENT, { starts: 'several', writes: 0, says: ['had been sent', 'Running again is safe'] }),
      polling: timedOut(MOVING, { says: ['the last call failed', ...GOES_ON] })
    }
  ),
  lasting(
    'no answer to the end',
    { hang: 'before' },
    atTheDeadline([], timedOut(SENT, { writes: 0, says: ['had been sent', 'Running again is safe'] })),
    { bundled: ['polling'] }
  ),
  lasting('no answer to the end after taking effect', { hang: 'after' }, { start: timedOut(SENT, { says: GOES_ON }) })
];

export const NETWORK_FAULTS: readonly NamedFault[] = [...PASSING, ...LASTING];

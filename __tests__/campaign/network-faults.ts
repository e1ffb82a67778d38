/** Throttling, server errors, and network errors: once, five times in a row, or until the deadline. */

import type { FaultEffect } from '../../local-aws/faults.ts';
import {
  CHANGE_CONTINUES,
  type Expectation,
  NO_CHANGE_SENT,
  NOT_SENT,
  REJECTED,
  rekeyed,
  SEEN,
  timedOut
} from './expectations.ts';
import { INJECTION_POINT_NAMES } from './injection-points.ts';
import {
  atStart,
  CLIENT_TIMEOUT,
  EACH_TIME,
  EMPTY_RESPONSE,
  type ExpectationsByPoint,
  HTML_PAGE,
  INTERNAL_FAILURE,
  type NamedFault,
  RATE_EXCEEDED,
  THROTTLED
} from './named-fault.ts';

type More = Partial<NamedFault>;

/** At every point but the start. */
const RETRIED: ExpectationsByPoint = Object.fromEntries(
  INJECTION_POINT_NAMES.filter((point) => point !== 'start').map((point) => [point, rekeyed()])
);

/** The run retries the call at every point. It sends a start again, after it described the stream if that is necessary. */
function retried(name: string, effect: FaultEffect, { times = 1, ...more }: More = {}): NamedFault {
  return { name, effect, times, expectations: { ...RETRIED, start: rekeyed({ starts: times + 1 }) }, ...more };
}

/** The run describes the stream, and does not send the start again. */
function takesEffect(name: string, effect: FaultEffect, more: More = {}): NamedFault {
  return atStart(name, effect, rekeyed(), more);
}

const TRANSIENT: readonly NamedFault[] = [
  retried('throttled once', THROTTLED),
  retried('throttled five times', THROTTLED, { times: 5 }),
  retried('rate exceeded five times', RATE_EXCEEDED, { times: 5 }),
  retried('status 500', INTERNAL_FAILURE),
  retried('HTML page with status 503', HTML_PAGE, { bundled: ['polling'] }),
  takesEffect('HTML page with status 503 after taking effect', { ...HTML_PAGE, effect: 'after' }),
  retried('connection reset', { lost: 'before' }, { bundled: ['start'] }),
  takesEffect('connection reset after taking effect', { lost: 'after' }, { bundled: ['start'] }),
  retried('truncated body', { cutOff: 'before' }),
  takesEffect('truncated body after taking effect', { cutOff: 'after' }),
  { name: 'empty response with status 200', effect: EMPTY_RESPONSE, expectations: RETRIED },
  takesEffect('empty response with status 200 after taking effect', { ...EMPTY_RESPONSE, effect: 'after' }),
  retried('no response, client times out', { hang: 'before' }, CLIENT_TIMEOUT),
  takesEffect('no response after taking effect, client times out', { hang: 'after' }, CLIENT_TIMEOUT),
  atStart('three starts reset', { lost: 'before' }, rekeyed({ starts: 4 }), { times: 3 }),
  atStart('two starts without a response', { hang: 'before' }, rekeyed({ starts: 3 }), { times: 2, ...CLIENT_TIMEOUT })
];

/** A run whose calls fail until the deadline. At the point `start`, the expectation depends on the fault. */
function timesOut(cause: readonly string[], start: Expectation): ExpectationsByPoint {
  const before = [...cause, ...NO_CHANGE_SENT];
  const after = [...cause, ...CHANGE_CONTINUES];
  const concurrent = [
    'No change was sent: the change in flight was started elsewhere, and the service continues it by itself',
    'Running again is safe'
  ];
  return {
    'target key lookup': timedOut(SEEN.observedWithoutKeyLookup, before, NOT_SENT),
    'current key lookup': timedOut(SEEN.observedWithoutKeyLookup, before, NOT_SENT),
    'first describe': timedOut(SEEN.notObserved, [...before, 'The service has not described the stream'], NOT_SENT),
    'concurrent change': timedOut(SEEN.concurrentChangeInProgress, [...cause, ...concurrent], NOT_SENT),
    start,
    'describe after start': timedOut(SEEN.startSent, after),
    polling: timedOut(SEEN.changeInProgress, after),
    confirmation: timedOut(SEEN.changeInProgress, after),
    'put record': timedOut(SEEN.onNewKey, [...cause, ' ended', 'only settling or the record check'])
  };
}

function persistent(name: string, effect: FaultEffect, expectations: ExpectationsByPoint, more: More = {}): NamedFault {
  return { name, effect, expectations, ...EACH_TIME, untilDeadline: true, ...more };
}

const SENT = ['was sent', 'Running again is safe'];
const UNCLEAR_START = timedOut(SEEN.startSent, SENT, { starts: 'several', writes: 0 });
const HUNG_START = timedOut(SEEN.startSent, SENT, REJECTED);
const RATE = 'ThrottlingException: Rate exceeded';

const PERSISTENT: readonly NamedFault[] = [
  persistent(
    'throttled until the deadline',
    THROTTLED,
    timesOut(
      [RATE],
      timedOut(SEEN.onOldKey, [RATE, 'Running again is safe'], {
        starts: 'several',
        writes: 0,
        // The deadline may interrupt a start, which may then have taken effect.
        orIfChanged: timedOut(SEEN.startSent, [RATE, 'was sent'])
      })
    ),
    { bundled: ['start'] }
  ),
  persistent('status 500 until the deadline', INTERNAL_FAILURE, timesOut(['InternalFailure'], UNCLEAR_START)),
  persistent(
    'connection reset until the deadline',
    { lost: 'before' },
    {
      start: UNCLEAR_START,
      polling: timedOut(SEEN.changeInProgress, ['the last call failed', ...CHANGE_CONTINUES])
    }
  ),
  persistent('no response until the deadline', { hang: 'before' }, timesOut([], HUNG_START), { bundled: ['polling'] }),
  persistent(
    'no response until the deadline after taking effect',
    { hang: 'after' },
    { start: timedOut(SEEN.startSent, CHANGE_CONTINUES) }
  )
];

export const NETWORK_FAULTS: readonly NamedFault[] = [...TRANSIENT, ...PERSISTENT];

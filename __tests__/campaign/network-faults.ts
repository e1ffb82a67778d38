/** Throttling, server errors, and network errors: once, several times in a row, or until the deadline. */

import type { FaultEffect } from '../../local-aws/faults.ts';
import {
  atStart,
  CHANGE_CONTINUES,
  EACH_TIME,
  EMPTY_RESPONSE,
  type Expectation,
  error,
  INJECTION_POINTS,
  type NamedFault,
  NO_CHANGE_SENT,
  NOT_SENT,
  REJECTED,
  rekeyed,
  SEEN,
  THROTTLED,
  timedOut
} from './fault.ts';

type More = Partial<NamedFault>;

const RATE_EXCEEDED = error('LimitExceededException', 'Rate exceeded for stream orders under account 111122223333.');
const INTERNAL_FAILURE = error('InternalFailure', 'an internal error', { status: 500 });
/** A proxy returns an HTML page. */
const HTML_PAGE = { body: '<html><body><h1>503 Service Unavailable</h1></body></html>', status: 503 };
/** No response, and the client notices after this time, which is real. A busy machine responds sooner. */
const CLIENT_TIMEOUT = { requestTimeoutMs: 2_000 };

/** At every point but the start. */
const RETRIED: NamedFault['expectations'] = Object.fromEntries(
  INJECTION_POINTS.filter(({ name }) => name !== 'start').map(({ name }) => [name, rekeyed()])
);

/** The run retries the call at every point. It sends a start again, after it described the stream if that is necessary. */
function retried(name: string, effect: FaultEffect, { times = 1, ...more }: More = {}): NamedFault {
  return { name, effect, times, expectations: { ...RETRIED, start: rekeyed({ starts: times + 1 }) }, ...more };
}

/** The run describes the stream, and does not send the start again. */
function takesEffect(name: string, effect: FaultEffect, more: More = {}): NamedFault {
  return atStart(name, effect, rekeyed(), more);
}

export const TRANSIENT_FAULTS: readonly NamedFault[] = [
  retried('throttled once', THROTTLED),
  retried('throttled five times', THROTTLED, { times: 5 }),
  retried('rate exceeded five times', RATE_EXCEEDED, { times: 5 }),
  retried('status 500', INTERNAL_FAILURE),
  retried('HTML page with status 503', HTML_PAGE, { bundled: ['polling'] }),
  retried('connection reset', { lost: 'before' }, { bundled: ['start'] }),
  retried('truncated body', { cutOff: 'before' }),
  { name: 'empty response with status 200', effect: EMPTY_RESPONSE, expectations: RETRIED },
  { name: 'half a response with status 200', effect: { ...EMPTY_RESPONSE, body: '{"' }, expectations: RETRIED },
  retried('no response, client times out', { hang: 'before' }, CLIENT_TIMEOUT)
];

const FAULTS_OF_START: readonly NamedFault[] = [
  takesEffect('HTML page with status 503 after taking effect', { ...HTML_PAGE, effect: 'after' }),
  takesEffect('connection reset after taking effect', { lost: 'after' }, { bundled: ['start'] }),
  takesEffect('truncated body after taking effect', { cutOff: 'after' }),
  takesEffect('empty response with status 200 after taking effect', { ...EMPTY_RESPONSE, effect: 'after' }),
  takesEffect('no response after taking effect, client times out', { hang: 'after' }, CLIENT_TIMEOUT),
  atStart('three starts reset', { lost: 'before' }, rekeyed({ starts: 4 }), { times: 3 }),
  atStart('two starts without a response', { hang: 'before' }, rekeyed({ starts: 3 }), { times: 2, ...CLIENT_TIMEOUT }),
  atStart(
    'no response until the deadline after taking effect',
    { hang: 'after' },
    timedOut(SEEN.startSent, CHANGE_CONTINUES),
    { ...EACH_TIME, untilDeadline: true }
  )
];

/** The calls fail until the deadline. */
function persistent(
  name: string,
  effect: FaultEffect,
  cause: readonly string[],
  start: Expectation,
  more: More = {}
): NamedFault {
  const before = [...cause, ...NO_CHANGE_SENT];
  const after = [...cause, ...CHANGE_CONTINUES];
  const elsewhere =
    'No change was sent: the change in flight was started elsewhere, and the service continues it by itself';
  const expectations = {
    'target key lookup': timedOut(SEEN.observedWithoutKeyLookup, before, NOT_SENT),
    'current key lookup': timedOut(SEEN.observedWithoutKeyLookup, before, NOT_SENT),
    'first describe': timedOut(SEEN.notObserved, [...before, 'The service has not described the stream'], NOT_SENT),
    'concurrent change': timedOut(SEEN.concurrentChangeInProgress, [...cause, elsewhere], NOT_SENT),
    start,
    'describe after start': timedOut(SEEN.startSent, after),
    polling: timedOut(SEEN.changeInProgress, after),
    confirmation: timedOut(SEEN.changeInProgress, after),
    'put record': timedOut(SEEN.onNewKey, [...cause, ' ended', 'only settling or the record check'])
  };
  return { name, effect, expectations, ...EACH_TIME, untilDeadline: true, ...more };
}

const SENT = ['was sent', 'Running again is safe'];
const UNCLEAR_START = timedOut(SEEN.startSent, SENT, { writes: 0 });
const HUNG_START = timedOut(SEEN.startSent, SENT, REJECTED);
const RATE = 'ThrottlingException: Rate exceeded';
const THROTTLED_START = timedOut(SEEN.onOldKey, [RATE, 'Running again is safe'], { writes: 0 });

export const PERSISTENT_FAULTS: readonly NamedFault[] = [
  persistent('throttled until the deadline', THROTTLED, [RATE], THROTTLED_START, { bundled: ['first describe'] }),
  persistent('status 500 until the deadline', INTERNAL_FAILURE, ['InternalFailure'], UNCLEAR_START),
  persistent('connection reset until the deadline', { lost: 'before' }, ['the last call failed'], UNCLEAR_START),
  persistent('no response until the deadline', { hang: 'before' }, [], HUNG_START, { bundled: ['polling'] })
];

export const NETWORK_FAULTS: readonly NamedFault[] = [...TRANSIENT_FAULTS, ...FAULTS_OF_START, ...PERSISTENT_FAULTS];

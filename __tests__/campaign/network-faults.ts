/** Throttling, server errors, and network errors: once, five times in a row, or until the deadline. */

import type { FaultEffect } from '../../local-aws/faults.ts';
import {
  CHANGE_CONTINUES,
  CHANGE_IN_PROGRESS,
  CONCURRENT_CHANGE_IN_PROGRESS,
  type Expectation,
  NO_CHANGE_SENT,
  NOT_OBSERVED,
  OBSERVED_WITHOUT_KEY_LOOKUP,
  ON_NEW_KEY,
  ON_OLD_KEY,
  rekeyed,
  START_SENT,
  timedOut
} from './expectations.ts';
import {
  ALWAYS,
  CLIENT_TIMEOUT,
  EMPTY_RESPONSE,
  HTML_PAGE,
  INTERNAL_FAILURE,
  RATE_EXCEEDED,
  THROTTLED
} from './fault-effects.ts';
import type { InjectionPointName } from './injection-points.ts';
import type { ExpectationsByPoint, NamedFault } from './named-fault.ts';

const ALL_POINTS_EXCEPT_START = [
  'target key lookup',
  'current key lookup',
  'first describe',
  'concurrent change',
  'describe after start',
  'polling',
  'confirmation',
  'put record'
] as const;

function expectAt(points: readonly InjectionPointName[], expectation: Expectation): ExpectationsByPoint {
  return Object.fromEntries(points.map((point) => [point, expectation]));
}

const RETRIED = expectAt(ALL_POINTS_EXCEPT_START, rekeyed());

/** The run sends a rejected start again; if a start may have taken effect, it describes the stream first. */
const TRANSIENT: readonly NamedFault[] = [
  {
    name: 'throttled once',
    effect: THROTTLED,
    expectations: { ...RETRIED, start: rekeyed({ starts: 2 }) }
  },
  {
    name: 'throttled five times',
    effect: THROTTLED,
    times: 5,
    expectations: { ...RETRIED, start: rekeyed({ starts: 6 }) }
  },
  {
    name: 'rate exceeded five times',
    effect: RATE_EXCEEDED,
    times: 5,
    expectations: { ...RETRIED, start: rekeyed({ starts: 6 }) }
  },
  { name: 'status 500', effect: INTERNAL_FAILURE, expectations: { ...RETRIED, start: rekeyed({ starts: 2 }) } },
  {
    name: 'HTML page with status 503',
    effect: HTML_PAGE,
    expectations: { ...RETRIED, start: rekeyed({ starts: 2 }) },
    bundled: ['polling']
  },
  {
    name: 'HTML page with status 503 after taking effect',
    effect: { ...HTML_PAGE, effect: 'after' },
    expectations: { start: rekeyed() }
  },
  {
    name: 'connection reset',
    effect: { lost: 'before' },
    expectations: { ...RETRIED, start: rekeyed({ starts: 2 }) },
    bundled: ['start']
  },
  {
    name: 'connection reset after taking effect',
    effect: { lost: 'after' },
    expectations: { start: rekeyed() },
    bundled: ['start']
  },
  { name: 'truncated body', effect: { cutOff: 'before' }, expectations: { ...RETRIED, start: rekeyed({ starts: 2 }) } },
  {
    name: 'truncated body after taking effect',
    effect: { cutOff: 'after' },
    expectations: { start: rekeyed() }
  },
  { name: 'empty response with status 200', effect: EMPTY_RESPONSE, expectations: RETRIED },
  {
    name: 'empty response with status 200 after taking effect',
    effect: { ...EMPTY_RESPONSE, effect: 'after' },
    expectations: { start: rekeyed() }
  },
  {
    name: 'no response, client times out',
    effect: { hang: 'before' },
    ...CLIENT_TIMEOUT,
    expectations: { ...RETRIED, start: rekeyed({ starts: 2 }) }
  },
  {
    name: 'no response after taking effect, client times out',
    effect: { hang: 'after' },
    ...CLIENT_TIMEOUT,
    expectations: { start: rekeyed() }
  },
  { name: 'three starts reset', effect: { lost: 'before' }, times: 3, expectations: { start: rekeyed({ starts: 4 }) } },
  {
    name: 'two starts without a response',
    effect: { hang: 'before' },
    times: 2,
    ...CLIENT_TIMEOUT,
    expectations: { start: rekeyed({ starts: 3 }) }
  }
];

/** A run whose calls fail until the deadline. At the point `start`, the expectation depends on the fault. */
function timesOut(cause: readonly string[], start: Expectation): ExpectationsByPoint {
  const before = { starts: 0, writes: 0, messageParts: [...cause, ...NO_CHANGE_SENT] };
  const after = { messageParts: [...cause, ...CHANGE_CONTINUES] };
  const concurrent =
    'No change was sent: the change in flight was started elsewhere, and the service continues it by itself';
  return {
    'target key lookup': timedOut(OBSERVED_WITHOUT_KEY_LOOKUP, before),
    'current key lookup': timedOut(OBSERVED_WITHOUT_KEY_LOOKUP, before),
    'first describe': timedOut(NOT_OBSERVED, {
      ...before,
      messageParts: [...before.messageParts, 'The service has not described the stream']
    }),
    'concurrent change': timedOut(CONCURRENT_CHANGE_IN_PROGRESS, {
      ...before,
      messageParts: [...cause, concurrent, 'Running again is safe']
    }),
    start,
    'describe after start': timedOut(START_SENT, after),
    polling: timedOut(CHANGE_IN_PROGRESS, after),
    confirmation: timedOut(CHANGE_IN_PROGRESS, after),
    'put record': timedOut(ON_NEW_KEY, { messageParts: [...cause, ' ended', 'only settling or the record check'] })
  };
}

function persistent(
  name: string,
  effect: FaultEffect,
  expectations: ExpectationsByPoint,
  more: Pick<NamedFault, 'bundled'> = {}
): NamedFault {
  return { name, effect, expectations, times: ALWAYS, timeoutSeconds: 20, ...more };
}

const PERSISTENT: readonly NamedFault[] = [
  persistent(
    'throttled until the deadline',
    THROTTLED,
    timesOut(
      ['ThrottlingException: Rate exceeded'],
      timedOut(ON_OLD_KEY, {
        starts: 'several',
        writes: 0,
        messageParts: ['ThrottlingException: Rate exceeded', 'Running again is safe'],
        // The deadline may interrupt a start, which may then have taken effect.
        orIfChanged: timedOut(START_SENT, { messageParts: ['ThrottlingException: Rate exceeded', 'was sent'] })
      })
    ),
    { bundled: ['start'] }
  ),
  persistent(
    'status 500 until the deadline',
    INTERNAL_FAILURE,
    timesOut(
      ['InternalFailure'],
      timedOut(START_SENT, { starts: 'several', writes: 0, messageParts: ['was sent', 'Running again is safe'] })
    )
  ),
  persistent(
    'connection reset until the deadline',
    { lost: 'before' },
    {
      start: timedOut(START_SENT, {
        starts: 'several',
        writes: 0,
        messageParts: ['was sent', 'Running again is safe']
      }),
      polling: timedOut(CHANGE_IN_PROGRESS, { messageParts: ['the last call failed', ...CHANGE_CONTINUES] })
    }
  ),
  persistent(
    'no response until the deadline',
    { hang: 'before' },
    timesOut([], timedOut(START_SENT, { writes: 0, messageParts: ['was sent', 'Running again is safe'] })),
    { bundled: ['polling'] }
  ),
  persistent(
    'no response until the deadline after taking effect',
    { hang: 'after' },
    { start: timedOut(START_SENT, { messageParts: CHANGE_CONTINUES }) }
  )
];

export const NETWORK_FAULTS: readonly NamedFault[] = [...TRANSIENT, ...PERSISTENT];

/** Faults of what the streams of a run share: KMS and the request rates. */

import type { FaultEffect } from '../../local-aws/faults.ts';
import type { Kind } from '../end-to-end/step.ts';
import { NEW_KEY } from './account.ts';
import { CLIENT_TIMEOUT, EMPTY_RESPONSE, error, HTML_PAGE, INTERNAL_FAILURE, THROTTLED } from './fault-effects.ts';

export type SharedFaultPoint = 'key lookup' | 'every second call';

export interface SharedFault {
  readonly name: string;
  readonly point: SharedFaultPoint;
  readonly kinds: readonly Kind[];
  /** The effect on the requests that the fault hits. */
  readonly effect: FaultEffect;
  /** How many requests the fault hits. Default: all. */
  readonly times?: number;
  /** Default: every stream succeeds. */
  readonly outcome?: 'timed-out';
  /** The input `key-id`. Default: an alias, which KMS must resolve. */
  readonly keyId?: string;
  readonly timeoutSeconds?: number;
  /** The client's request timeout in real time. Default: none. */
  readonly requestTimeoutMs?: number;
  /** Runs through the bundle, too. */
  readonly bundled?: true;
}

type Options = Partial<SharedFault>;

function kmsFault(name: string, effect: FaultEffect, options: Options = {}): SharedFault {
  return { name, point: 'key lookup', kinds: ['kinesis', 'firehose'], effect, ...options };
}

const KMS_FAULTS: readonly SharedFault[] = [
  kmsFault('throttled, once', THROTTLED, { times: 1 }),
  kmsFault('status 500, once', INTERNAL_FAILURE, { times: 1 }),
  kmsFault('HTML page with status 503, once', HTML_PAGE, { times: 1 }),
  kmsFault('connection reset, once', { lost: 'before' }, { times: 1 }),
  kmsFault('truncated body, once', { cutOff: 'after' }, { times: 1 }),
  kmsFault('empty response with status 200, once', EMPTY_RESPONSE, { times: 1 }),
  kmsFault('KMSInternalException, once', error('KMSInternalException', 'inside', { status: 500 }), { times: 1 }),
  kmsFault('DependencyTimeoutException, once', error('DependencyTimeoutException', 'late', { status: 503 }), {
    times: 1
  }),
  kmsFault('no response, client times out, once', { hang: 'before' }, { times: 1, ...CLIENT_TIMEOUT }),
  kmsFault('no response, client times out, three times', { hang: 'before' }, { times: 3, ...CLIENT_TIMEOUT }),
  kmsFault('throttled, five times', THROTTLED, { times: 5, bundled: true }),
  kmsFault('status 500, five times', INTERNAL_FAILURE, { times: 5 }),
  // A key ARN identifies its key without a lookup.
  kmsFault('access denied, always', error('AccessDeniedException', 'no'), { keyId: NEW_KEY }),
  kmsFault(
    'no response until the deadline',
    { hang: 'before' },
    {
      outcome: 'timed-out',
      timeoutSeconds: 20,
      bundled: true
    }
  )
];

const RATE_FAULTS: readonly SharedFault[] = [
  {
    name: 'throttled because of another client of the account',
    point: 'every second call',
    kinds: ['kinesis', 'firehose'],
    effect: THROTTLED,
    timeoutSeconds: 600,
    bundled: true
  }
];

export const SHARED_FAULTS: readonly SharedFault[] = [...KMS_FAULTS, ...RATE_FAULTS];

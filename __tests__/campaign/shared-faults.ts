/** Faults of what the streams of a run share: the list that shows their statuses, KMS, and the request rates. */

import type { FaultEffect } from '../../local-aws/faults.ts';
import type { Kind } from '../end-to-end/step.ts';
import { NEW_KEY } from './account.ts';
import {
  EMPTY_RESPONSE,
  EXPIRED_TOKEN,
  error,
  HTML_PAGE,
  INTERNAL_FAILURE,
  okResponse,
  THROTTLED,
  UNKNOWN_CODE
} from './fault-effects.ts';

export type SharedFaultPoint = 'list while waiting' | 'key lookup' | 'every second call';

export interface SharedFault {
  readonly name: string;
  readonly point: SharedFaultPoint;
  readonly kinds: readonly Kind[];
  /** The effect on the requests that the fault hits, in a run over these streams. */
  readonly effect: (streamNames: readonly string[]) => FaultEffect;
  /** How many requests the fault hits. Default: all. */
  readonly times?: number;
  /** Default: every stream succeeds. */
  readonly outcome?: 'timed-out';
  /** The input `key-id`. Default: an alias, which KMS must resolve. */
  readonly keyId?: string;
  readonly timeoutSeconds?: number;
  /** The client's request timeout in real time. Default: ten seconds. */
  readonly requestTimeoutMs?: number;
  /** Runs through the bundle, too. */
  readonly bundled?: true;
}

const STREAM_ARN_PREFIX = 'arn:aws:kinesis:us-east-1:111122223333:stream';

/** A page of ListStreams that shows these streams with this status. */
function listPage(streamNames: readonly string[], status: string, hasMore = false): FaultEffect {
  const StreamSummaries = streamNames.map((name) => ({
    StreamName: name,
    StreamARN: `${STREAM_ARN_PREFIX}/${name}`,
    StreamStatus: status
  }));
  return okResponse(JSON.stringify({ StreamNames: streamNames, StreamSummaries, HasMoreStreams: hasMore }));
}

const DENIED = error(
  'AccessDeniedException',
  'not authorized to perform: kinesis:ListStreams because no policy allows'
);

type Options = Partial<SharedFault>;

function listFault(name: string, effect: SharedFault['effect'], options: Options = {}): SharedFault {
  return { name, point: 'list while waiting', kinds: ['kinesis'], effect, ...options };
}

const LIST_EFFECTS: readonly (readonly [name: string, effect: FaultEffect])[] = [
  ['throttled', THROTTLED],
  ['status 500', INTERNAL_FAILURE],
  ['HTML page with status 503', HTML_PAGE],
  ['connection reset', { lost: 'before' }],
  ['truncated body', { cutOff: 'after' }],
  ['empty response with status 200', EMPTY_RESPONSE],
  ['incomplete list with status 200', okResponse('{"StreamSummaries": [{"Str')],
  ['access denied', DENIED],
  ['expired credentials', EXPIRED_TOKEN],
  ['unknown error code', UNKNOWN_CODE]
];

const LIST_FAULTS: readonly SharedFault[] = [
  ...LIST_EFFECTS.flatMap(([name, effect]) => [
    listFault(`${name}, once`, () => effect, { times: 1 }),
    listFault(`${name}, always`, () => effect)
  ]),
  listFault('no response, client times out', () => ({ hang: 'before' }), { times: 1, requestTimeoutMs: 200 }),
  listFault('no response, always', () => ({ hang: 'before' }), { timeoutSeconds: 20, bundled: true }),
  listFault('no status in the list', (streamNames) =>
    okResponse(JSON.stringify({ StreamNames: streamNames, HasMoreStreams: false }))
  ),
  listFault('empty list', () => listPage([], 'ACTIVE')),
  listFault('every stream at rest', (streamNames) => listPage(streamNames, 'ACTIVE')),
  listFault('unknown status', (streamNames) => listPage(streamNames, 'DREAMING')),
  listFault('every stream always changing', (streamNames) => listPage(streamNames, 'UPDATING'), {
    timeoutSeconds: 40,
    bundled: true
  }),
  listFault('the same page three times', (streamNames) => listPage(streamNames, 'UPDATING', true), { times: 3 }),
  listFault('endless list', () => listPage([`other-${Math.floor(performance.now() * 1000)}`], 'UPDATING', true))
];

function kmsFault(name: string, effect: FaultEffect, options: Options = {}): SharedFault {
  return { name, point: 'key lookup', kinds: ['kinesis', 'firehose'], effect: () => effect, ...options };
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
  kmsFault('no response, client times out, once', { hang: 'before' }, { times: 1, requestTimeoutMs: 500 }),
  kmsFault('no response, client times out, three times', { hang: 'before' }, { times: 3, requestTimeoutMs: 500 }),
  kmsFault('throttled, ten times', THROTTLED, { times: 10, bundled: true }),
  kmsFault('status 500, ten times', INTERNAL_FAILURE, { times: 10 }),
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
    effect: () => THROTTLED,
    timeoutSeconds: 600,
    bundled: true
  }
];

export const SHARED_FAULTS: readonly SharedFault[] = [...LIST_FAULTS, ...KMS_FAULTS, ...RATE_FAULTS];

/** Faults while a run selects its streams, and how the run must end. */

import type { FaultEffect } from '../../local-aws/faults.ts';
import type { Outcome } from '../../src/encryption/model.ts';
import {
  ALWAYS,
  CLIENT_TIMEOUT,
  EMPTY_RESPONSE,
  EXPIRED_TOKEN,
  error,
  HTML_PAGE,
  INTERNAL_FAILURE,
  okResponse,
  RATE_EXCEEDED,
  THROTTLED,
  UNKNOWN_CODE
} from './fault-effects.ts';

export interface SelectionPoint {
  readonly name: string;
  /** The services of the streams. */
  readonly kinds: 'kinesis' | 'firehose' | 'both';
  /** The operation that the fault hits, as its IAM action. */
  readonly action: string;
  /** How many requests of this operation succeed before the fault. */
  readonly after?: number;
  /** The fault hits only requests about this stream, which the request names and which lacks the tags. */
  readonly untagged?: string;
}

export const UNTAGGED = 'untagged';
/** A number of streams that needs two pages. */
export const TWO_PAGES = 101;

export const SELECTION_POINTS: readonly SelectionPoint[] = [
  { name: 'list', kinds: 'kinesis', action: 'kinesis:ListStreams' },
  { name: 'list', kinds: 'firehose', action: 'firehose:ListDeliveryStreams' },
  { name: 'second page of list', kinds: 'kinesis', action: 'kinesis:ListStreams', after: 1 },
  { name: 'tags', kinds: 'kinesis', action: 'tag:GetResources' },
  { name: 'tags', kinds: 'firehose', action: 'tag:GetResources' },
  { name: 'tags', kinds: 'both', action: 'tag:GetResources' },
  { name: 'second page of tags', kinds: 'kinesis', action: 'tag:GetResources', after: 1 },
  { name: 'describe without tags', kinds: 'kinesis', action: 'kinesis:DescribeStreamSummary', untagged: UNTAGGED },
  { name: 'describe without tags', kinds: 'firehose', action: 'firehose:DescribeDeliveryStream', untagged: UNTAGGED }
];

export interface SelectionFault {
  readonly name: string;
  readonly effect: (action: string) => FaultEffect;
  /** How many requests the fault hits. Default: 1. */
  readonly times?: number;
  /**
   * `transient`: the run selects every stream; `persistent`: it times out and sends no start; `permanent`: it fails at
   * once.
   */
  readonly type: 'transient' | 'persistent' | 'permanent';
  /** Parts of the message if the fault is permanent; otherwise parts of the log. */
  readonly messageParts: (action: string) => readonly string[];
  /** The client's request timeout in real time. Default: none. */
  readonly requestTimeoutMs?: number;
  /** The actions that can have this fault. Default: every action. */
  readonly actions?: RegExp;
  /** Runs through the bundle, too. */
  readonly bundled?: true;
}

const NO_PARTS = () => [];

/** The SDK makes three attempts, so that only four errors in a row reach the action. */
const MORE_THAN_SDK_ATTEMPTS = 4;

function transient(name: string, effect: FaultEffect, more: Partial<SelectionFault> = {}): SelectionFault {
  return { name, effect: () => effect, type: 'transient', messageParts: NO_PARTS, ...more };
}

const TRANSIENT: readonly SelectionFault[] = [
  transient('throttled once', THROTTLED),
  transient('throttled five times', THROTTLED, {
    times: 5,
    messageParts: () => ['Rate exceeded; retrying'],
    bundled: true
  }),
  transient('rate exceeded five times', RATE_EXCEEDED, { times: 5 }),
  transient('status 500', INTERNAL_FAILURE),
  transient('status 500, four times', INTERNAL_FAILURE, {
    times: MORE_THAN_SDK_ATTEMPTS,
    messageParts: () => ['an internal error; retrying']
  }),
  transient('HTML page with status 503', HTML_PAGE),
  transient('HTML page with status 503, four times', HTML_PAGE, { times: MORE_THAN_SDK_ATTEMPTS, bundled: true }),
  transient('connection reset', { lost: 'before' }),
  transient('connection reset, four times', { lost: 'before' }, { times: MORE_THAN_SDK_ATTEMPTS }),
  transient('truncated body', { cutOff: 'after' }),
  transient('truncated body, four times', { cutOff: 'after' }, { times: MORE_THAN_SDK_ATTEMPTS }),
  transient('empty response with status 200', EMPTY_RESPONSE, {
    messageParts: () => ['; retrying', 'the answer has no ']
  }),
  transient('incomplete list with status 200', okResponse('{"StreamNames": ["str')),
  transient('no response, client times out', { hang: 'before' }, CLIENT_TIMEOUT)
];

function persistent(name: string, effect: FaultEffect, more: Partial<SelectionFault> = {}): SelectionFault {
  return {
    name,
    effect: () => effect,
    times: ALWAYS,
    type: 'persistent',
    messageParts: () => ['; retrying'],
    ...more
  };
}

const PERSISTENT: readonly SelectionFault[] = [
  persistent('throttled until the deadline', THROTTLED, {
    messageParts: (action) => [action, 'ThrottlingException: Rate exceeded']
  }),
  persistent('status 500 until the deadline', INTERNAL_FAILURE, {
    messageParts: (action) => [action, 'InternalFailure: an internal error']
  }),
  persistent('HTML page with status 503 until the deadline', HTML_PAGE),
  persistent('connection reset until the deadline', { lost: 'before' }),
  persistent('truncated body until the deadline', { cutOff: 'after' }),
  persistent('no response until the deadline', { hang: 'before' }, { messageParts: NO_PARTS, bundled: true })
];

function permanent(
  name: string,
  effect: SelectionFault['effect'],
  messageParts: SelectionFault['messageParts'],
  more: Partial<SelectionFault> = {}
): SelectionFault {
  return { name, effect, times: ALWAYS, type: 'permanent', messageParts, ...more };
}

const CREDENTIALS_ADVICE = 'aws-actions/configure-aws-credentials';

const PERMANENT: readonly SelectionFault[] = [
  permanent(
    'access denied',
    (action) =>
      error(
        'AccessDeniedException',
        `User: arn:aws:sts::111122223333:assumed-role/ci/run is not authorized to perform: ${action} because no ` +
          `identity-based policy allows the ${action} action`
      ),
    (action) => [`Grant ${action} to the role of this step`],
    { bundled: true }
  ),
  permanent(
    'access denied without details',
    () => error('AccessDeniedException', 'no'),
    (action) => [`Grant ${action} on ${/:(List|Get)/.test(action) ? '* to' : ''}`]
  ),
  permanent(
    'expired credentials',
    () => EXPIRED_TOKEN,
    () => ['ExpiredTokenException', CREDENTIALS_ADVICE]
  ),
  permanent(
    'unrecognized credentials',
    () => error('UnrecognizedClientException', 'The security token included in the request is invalid'),
    () => ['UnrecognizedClientException', CREDENTIALS_ADVICE]
  ),
  permanent(
    'empty response with status 200, each time',
    () => EMPTY_RESPONSE,
    () => ['the answer has no ']
  ),
  permanent(
    'unknown error code',
    () => UNKNOWN_CODE,
    (action) => [`${action} for`, 'MoonPhaseException: The moon is not full, try Tuesday']
  ),
  permanent(
    'invalid parameter',
    () => error('InvalidParameterException', 'The value is too long'),
    () => ['The value is too long', 'stream-tags has at most 50 tags'],
    { actions: /^tag:/ }
  ),
  permanent(
    'expired pagination token',
    () => error('PaginationTokenExpiredException', 'The pagination token has expired.'),
    () => ['Reading the list took longer than 15 minutes: run again'],
    { actions: /^tag:/ }
  )
];

export const SELECTION_FAULTS: readonly SelectionFault[] = [...TRANSIENT, ...PERSISTENT, ...PERMANENT];

export interface SelectionCase {
  readonly fault: SelectionFault;
  readonly point: SelectionPoint;
  readonly outcome: Outcome;
}

export const SELECTION_CASES: readonly SelectionCase[] = SELECTION_POINTS.flatMap((point) =>
  SELECTION_FAULTS.filter(({ actions = /./ }) => actions.test(point.action)).map((fault) => ({
    fault,
    point,
    outcome: outcomeOf(fault, point)
  }))
);

/** Cases with two pages run in mode plan. */
function outcomeOf({ type }: SelectionFault, { after }: SelectionPoint): Outcome {
  if (type === 'transient') return after === undefined ? 'enabled' : 'planned';
  return type === 'persistent' ? 'timed-out' : 'failed';
}

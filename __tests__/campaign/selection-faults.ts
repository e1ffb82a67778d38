/** What may go wrong while the streams of a run are chosen, and how it must then end. */

import type { FaultEffect } from '../../local-aws/faults.ts';
import type { Outcome } from '../../src/encryption/model.ts';
import { EMPTY, EVER, EXPIRED, error, HTML, half, INTERNAL, RATE, THROTTLE, UNHEARD_OF } from './effects.ts';

/** Which services the streams are of. */
export type Kinds = 'kinesis' | 'firehose' | 'both';

/** A moment while the streams are chosen. */
export interface SelectionMoment {
  readonly name: string;
  readonly kinds: Kinds;
  /** The operation that the fault hits, by its IAM action. */
  readonly action: string;
  /** The first so many requests pass. */
  readonly after?: number;
  /** Only requests about this stream are hit, which the request names and which lacks the tags. */
  readonly untagged?: string;
}

export const UNTAGGED = 'untagged';
/** How many streams there are where they fill more than a page. */
export const TWO_PAGES = 101;

export const SELECTION_MOMENTS: readonly SelectionMoment[] = [
  { name: 'listing', kinds: 'kinesis', action: 'kinesis:ListStreams' },
  { name: 'listing', kinds: 'firehose', action: 'firehose:ListDeliveryStreams' },
  { name: 'second page', kinds: 'kinesis', action: 'kinesis:ListStreams', after: 1 },
  { name: 'tags', kinds: 'kinesis', action: 'tag:GetResources' },
  { name: 'tags', kinds: 'firehose', action: 'tag:GetResources' },
  { name: 'tags', kinds: 'both', action: 'tag:GetResources' },
  { name: 'second page of tags', kinds: 'kinesis', action: 'tag:GetResources', after: 1 },
  { name: 'look for tags', kinds: 'kinesis', action: 'kinesis:DescribeStreamSummary', untagged: UNTAGGED },
  { name: 'look for tags', kinds: 'firehose', action: 'firehose:DescribeDeliveryStream', untagged: UNTAGGED }
];

export interface SelectionFault {
  readonly name: string;
  readonly effect: (action: string) => FaultEffect;
  /** How many requests it hits; 1 if left out. */
  readonly times?: number;
  /**
   * `passes`: the streams are chosen as if nothing had been; `lasts`: the run ends by its deadline, with nothing sent;
   * `refused`: it ends at once.
   */
  readonly how: 'passes' | 'lasts' | 'refused';
  /** What is told of it: in the message where it ends the run, else in the log. */
  readonly says: (action: string) => readonly string[];
  /** After so long, in real time, the client gives a request up; ten seconds if left out. */
  readonly requestTimeoutMs?: number;
  /** The actions it makes sense for; any if left out. */
  readonly of?: RegExp;
  /** It is tried through the bundle too. */
  readonly bundled?: true;
}

const NOTHING = () => [];

/** The SDK tries three times by itself, so that four in a row reach the action. */
const FOUR = 4;

function passing(name: string, effect: FaultEffect, more: Partial<SelectionFault> = {}): SelectionFault {
  return { name, effect: () => effect, how: 'passes', says: NOTHING, ...more };
}

const PASSING: readonly SelectionFault[] = [
  passing('throttled once', THROTTLE),
  passing('throttled ten times', THROTTLE, { times: 10, says: () => ['Rate exceeded; trying again'], bundled: true }),
  passing('rate exceeded ten times', RATE, { times: 10 }),
  passing('status 500', INTERNAL),
  passing('status 500, four times', INTERNAL, { times: FOUR, says: () => ['an internal error; trying again'] }),
  passing('an HTML page, 503', HTML),
  passing('an HTML page, 503, four times', HTML, { times: FOUR, bundled: true }),
  passing('connection reset', { lost: 'before' }),
  passing('connection reset, four times', { lost: 'before' }, { times: FOUR }),
  passing('a body cut off', { cutOff: 'after' }),
  passing('a body cut off, four times', { cutOff: 'after' }, { times: FOUR }),
  passing('an empty answer, 200', EMPTY, { says: () => ['an empty answer came; trying again'] }),
  passing('half a list, 200', half('{"StreamNames": ["str')),
  passing('no answer, then given up', { hang: 'before' }, { requestTimeoutMs: 500 })
];

function lasting(name: string, effect: FaultEffect, more: Partial<SelectionFault> = {}): SelectionFault {
  return { name, effect: () => effect, times: EVER, how: 'lasts', says: () => ['; trying again'], ...more };
}

const LASTING: readonly SelectionFault[] = [
  lasting('throttled to the end', THROTTLE, { says: (action) => [action, 'ThrottlingException: Rate exceeded'] }),
  lasting('status 500 to the end', INTERNAL, { says: (action) => [action, 'InternalFailure: an internal error'] }),
  lasting('an HTML page, 503, to the end', HTML),
  lasting('connection reset to the end', { lost: 'before' }),
  lasting('a body cut off to the end', { cutOff: 'after' }),
  lasting('an empty answer, 200, to the end', EMPTY, { says: () => ['an empty answer came'] }),
  lasting('no answer to the end', { hang: 'before' }, { says: NOTHING, bundled: true })
];

function refusal(
  name: string,
  effect: SelectionFault['effect'],
  says: SelectionFault['says'],
  more: Partial<SelectionFault> = {}
): SelectionFault {
  return { name, effect, times: EVER, how: 'refused', says, ...more };
}

const CREDENTIALS = 'aws-actions/configure-aws-credentials';

const REFUSED: readonly SelectionFault[] = [
  refusal(
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
  refusal(
    'access denied, in other words',
    () => error('AccessDeniedException', 'no'),
    (action) => [`Grant ${action} on ${/:(List|Get)/.test(action) ? '* to' : ''}`]
  ),
  refusal(
    'credentials expired',
    () => EXPIRED,
    () => ['ExpiredTokenException', CREDENTIALS]
  ),
  refusal(
    'credentials that nobody knows',
    () => error('UnrecognizedClientException', 'The security token included in the request is invalid'),
    () => ['UnrecognizedClientException', CREDENTIALS]
  ),
  refusal(
    'a code nobody has heard of',
    () => UNHEARD_OF,
    (action) => [`${action} for`, 'MoonPhaseException: The moon is not full, try Tuesday']
  ),
  refusal(
    'a parameter that is not taken',
    () => error('InvalidParameterException', 'The value is too long'),
    () => ['The value is too long', 'stream-tags has at most 50 tags'],
    { of: /^tag:/ }
  ),
  refusal(
    'a token that has expired',
    () => error('PaginationTokenExpiredException', 'The pagination token has expired.'),
    () => ['Reading the list took longer than 15 minutes: run again'],
    { of: /^tag:/ }
  )
];

export const SELECTION_FAULTS: readonly SelectionFault[] = [...PASSING, ...LASTING, ...REFUSED];

/** A fault at a moment. */
export interface SelectionCase {
  readonly fault: SelectionFault;
  readonly moment: SelectionMoment;
  readonly outcome: Outcome;
}

export const SELECTION_CASES: readonly SelectionCase[] = SELECTION_MOMENTS.flatMap((moment) =>
  SELECTION_FAULTS.filter(({ of = /./ }) => of.test(moment.action)).map((fault) => ({
    fault,
    moment,
    outcome: outcomeOf(fault, moment)
  }))
);

function outcomeOf({ how }: SelectionFault, { after }: SelectionMoment): Outcome {
  if (how === 'passes') return after === undefined ? 'enabled' : 'planned';
  return how === 'lasts' ? 'timed-out' : 'failed';
}

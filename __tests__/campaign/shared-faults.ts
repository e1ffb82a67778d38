/** Faults of what all streams of a run share: the list that tells which of them wait, KMS, and the account's rates. */

import type { FaultEffect } from '../../local-aws/faults.ts';
import type { Kind } from '../end-to-end/step.ts';
import { answer, EMPTY, EXPIRED, error, HTML, half, INTERNAL, THROTTLE, UNHEARD_OF } from './effects.ts';
import { NEW } from './endings.ts';

export type SharedMoment = 'a list while they wait' | 'a key look-up' | 'every second call';

export interface SharedFault {
  readonly name: string;
  readonly moment: SharedMoment;
  readonly kinds: readonly Kind[];
  /** What becomes of a request that it hits. `names` are those of the streams. */
  readonly effect: (names: readonly string[]) => FaultEffect;
  /** How many requests it hits; without end if left out. */
  readonly times?: number;
  /** All end well, if left out. */
  readonly ends?: 'timed-out';
  /** How the request writes the key: by an alias, which KMS must resolve, if left out. */
  readonly keyId?: string;
  readonly timeoutSeconds?: number;
  /** After so long, in real time, the client gives a request up; ten seconds if left out. */
  readonly requestTimeoutMs?: number;
  /** It is tried through the bundle too. */
  readonly bundled?: true;
}

const ARN = 'arn:aws:kinesis:us-east-1:111122223333:stream';

/** A page of ListStreams on which all of these have this status. */
function page(names: readonly string[], status: string, more = false): FaultEffect {
  const StreamSummaries = names.map((name) => ({
    StreamName: name,
    StreamARN: `${ARN}/${name}`,
    StreamStatus: status
  }));
  return answer({ StreamNames: names, StreamSummaries, HasMoreStreams: more });
}

const DENIED = error(
  'AccessDeniedException',
  'not authorized to perform: kinesis:ListStreams because no policy allows'
);

type More = Partial<SharedFault>;

function ofTheList(name: string, effect: SharedFault['effect'], more: More = {}): SharedFault {
  return { name, moment: 'a list while they wait', kinds: ['kinesis'], effect, ...more };
}

const EFFECTS_ON_A_LIST: readonly (readonly [name: string, effect: FaultEffect])[] = [
  ['throttled', THROTTLE],
  ['status 500', INTERNAL],
  ['an HTML page, 503', HTML],
  ['connection reset', { lost: 'before' }],
  ['a body cut off', { cutOff: 'after' }],
  ['an empty answer, 200', EMPTY],
  ['half a list, 200', half('{"StreamSummaries": [{"Str')],
  ['access denied', DENIED],
  ['credentials expired', EXPIRED],
  ['a code nobody has heard of', UNHEARD_OF]
];

const LIST: readonly SharedFault[] = [
  ...EFFECTS_ON_A_LIST.flatMap(([name, effect]) => [
    ofTheList(`${name}, once`, () => effect, { times: 1 }),
    ofTheList(`${name}, each time`, () => effect)
  ]),
  ofTheList('no answer, then given up', () => ({ hang: 'before' }), { times: 1, requestTimeoutMs: 200 }),
  ofTheList('no answer, each time', () => ({ hang: 'before' }), { timeoutSeconds: 20, bundled: true }),
  ofTheList('no word of any status', (names) => answer({ StreamNames: names, HasMoreStreams: false })),
  ofTheList('none of them on it', () => page([], 'ACTIVE')),
  ofTheList('all of them at rest', (names) => page(names, 'ACTIVE')),
  ofTheList('a status nobody has heard of', (names) => page(names, 'DREAMING')),
  ofTheList('all of them in flight, without end', (names) => page(names, 'UPDATING'), {
    timeoutSeconds: 40,
    bundled: true
  }),
  ofTheList('the same page again and again', (names) => page(names, 'UPDATING', true), { times: 3 }),
  ofTheList('a list without end', () => page([`another-${Math.floor(performance.now() * 1000)}`], 'UPDATING', true))
];

function ofKms(name: string, effect: FaultEffect, more: More = {}): SharedFault {
  return { name, moment: 'a key look-up', kinds: ['kinesis', 'firehose'], effect: () => effect, ...more };
}

const KMS: readonly SharedFault[] = [
  ofKms('throttled, once', THROTTLE, { times: 1 }),
  ofKms('status 500, once', INTERNAL, { times: 1 }),
  ofKms('an HTML page, 503, once', HTML, { times: 1 }),
  ofKms('connection reset, once', { lost: 'before' }, { times: 1 }),
  ofKms('a body cut off, once', { cutOff: 'after' }, { times: 1 }),
  ofKms('an empty answer, 200, once', EMPTY, { times: 1 }),
  ofKms('KMSInternalException, once', error('KMSInternalException', 'inside', { status: 500 }), { times: 1 }),
  ofKms('DependencyTimeoutException, once', error('DependencyTimeoutException', 'late', { status: 503 }), { times: 1 }),
  ofKms('no answer, then given up, once', { hang: 'before' }, { times: 1, requestTimeoutMs: 500 }),
  ofKms('no answer for a while', { hang: 'before' }, { times: 3, requestTimeoutMs: 500 }),
  ofKms('throttled ten times', THROTTLE, { times: 10, bundled: true }),
  ofKms('status 500, ten times', INTERNAL, { times: 10 }),
  // Two key ARNs are certain without a look at them.
  ofKms('access denied, each time', error('AccessDeniedException', 'no'), { keyId: NEW }),
  ofKms('no answer to the end', { hang: 'before' }, { ends: 'timed-out', timeoutSeconds: 20, bundled: true })
];

const NEIGHBOUR: readonly SharedFault[] = [
  {
    name: "a neighbour's throttles all along",
    moment: 'every second call',
    kinds: ['kinesis', 'firehose'],
    effect: () => THROTTLE,
    timeoutSeconds: 600,
    bundled: true
  }
];

export const SHARED_FAULTS: readonly SharedFault[] = [...LIST, ...KMS, ...NEIGHBOUR];

/** Permanent errors and limits: permissions, credentials, missing streams, unknown error codes. */

import type { Kind } from '../end-to-end/step.ts';
import {
  CHANGE_CONTINUES,
  CHANGE_IN_PROGRESS,
  CONCURRENT_CHANGE_IN_PROGRESS,
  type Expectation,
  failed,
  NOT_OBSERVED,
  OBSERVED_WITHOUT_KEY_LOOKUP,
  ON_NEW_KEY,
  ON_NEW_KEY_WITHOUT_KEY_LOOKUP,
  ON_NEW_KEY_WITHOUT_PREVIOUS_KEY_LOOKUP,
  ON_OLD_KEY,
  REVERTED_TO_OLD_KEY,
  rekeyed,
  START_SENT
} from './expectations.ts';
import { ALWAYS, EMPTY_RESPONSE, EXPIRED_TOKEN, error, UNKNOWN_CODE } from './fault-effects.ts';
import type { ExpectationByKind, ExpectationsByPoint, NamedFault } from './named-fault.ts';

const ACTIONS = {
  kinesis: {
    describe: 'kinesis:DescribeStreamSummary',
    start: 'kinesis:StartStreamEncryption',
    put: 'kinesis:PutRecord'
  },
  firehose: {
    describe: 'firehose:DescribeDeliveryStream',
    start: 'firehose:StartDeliveryStreamEncryption',
    put: 'firehose:PutRecord'
  }
} as const;

function byKind(expectationOf: (kind: Kind) => Expectation): ExpectationByKind {
  return { kinesis: expectationOf('kinesis'), firehose: expectationOf('firehose') };
}

/** A run that fails with a permanent error, whose message contains the cause. */
function fails(cause: readonly string[], noChangeSent: readonly string[] = []) {
  const before = { starts: 0, writes: 0, messageParts: [...cause, ...noChangeSent] };
  const refused = noChangeSent.length === 0 ? [] : ['The service accepted no change'];
  const after = { messageParts: [...cause, ...CHANGE_CONTINUES] };
  return {
    'first describe': failed(NOT_OBSERVED, before),
    'concurrent change': failed(CONCURRENT_CHANGE_IN_PROGRESS, before),
    start: failed(ON_OLD_KEY, { messageParts: [...cause, ...refused], starts: 1, writes: 0 }),
    'describe after start': failed(START_SENT, after),
    polling: failed(CHANGE_IN_PROGRESS, after),
    confirmation: failed(CHANGE_IN_PROGRESS, after),
    'put record': failed(ON_NEW_KEY, { messageParts: [...cause, ' ended', 'only settling or the record check'] })
  } satisfies ExpectationsByPoint;
}

/** The run fails, and the message names the missing permission. */
function denied(point: keyof ReturnType<typeof fails>, call: 'describe' | 'start' | 'put'): ExpectationByKind {
  return byKind((kind) => fails([`Grant ${ACTIONS[kind][call]} on arn:aws:`])[point]);
}

const RENEW_CREDENTIALS = ['ExpiredTokenException', 'aws-actions/configure-aws-credentials'];
const AMBIGUOUS_LIMIT = error('LimitExceededException', 'You have already reached the limit for a requested resource.');

export const REFUSAL_FAULTS: readonly NamedFault[] = [
  {
    name: 'access denied',
    effect: ({ kind, action }) =>
      error(
        'AccessDeniedException',
        `User: arn:aws:sts::111122223333:assumed-role/ci/run is not authorized to perform: ${action} on resource: ` +
          `arn:aws:${kind}:us-east-1:111122223333:stream/orders because no identity-based policy allows the ${action} action`
      ),
    times: ALWAYS,
    expectations: {
      // A key ARN identifies its key without a lookup.
      'target key lookup': rekeyed({ outputs: ON_NEW_KEY_WITHOUT_KEY_LOOKUP }),
      'current key lookup': rekeyed({ outputs: ON_NEW_KEY_WITHOUT_PREVIOUS_KEY_LOOKUP }),
      'first describe': denied('first describe', 'describe'),
      'concurrent change': denied('concurrent change', 'describe'),
      start: denied('start', 'start'),
      'describe after start': denied('describe after start', 'describe'),
      polling: denied('polling', 'describe'),
      confirmation: denied('confirmation', 'describe'),
      'put record': denied('put record', 'put')
    },
    bundled: ['start']
  },
  {
    name: 'expired credentials',
    effect: EXPIRED_TOKEN,
    times: ALWAYS,
    allOperations: true,
    expectations: {
      'current key lookup': failed(OBSERVED_WITHOUT_KEY_LOOKUP, {
        starts: 0,
        writes: 0,
        messageParts: [...RENEW_CREDENTIALS, 'No change was sent']
      }),
      ...fails(RENEW_CREDENTIALS, ['No change was sent'])
    },
    bundled: ['polling']
  },
  {
    name: 'stream deleted',
    onFirstHit: (target) => target.deleteStream(),
    expectations: fails(['ResourceNotFoundException', 'There is no such stream in us-east-1']),
    bundled: ['polling']
  },
  {
    name: 'unknown error code',
    effect: UNKNOWN_CODE,
    times: ALWAYS,
    expectations: fails(['MoonPhaseException: The moon is not full, try Tuesday'])
  },
  {
    name: 'invalid argument',
    effect: error('InvalidArgumentException', 'The key is asymmetric'),
    expectations: {
      start: failed(ON_OLD_KEY, { writes: 0, messageParts: ['InvalidArgumentException: The key is asymmetric'] })
    }
  },
  {
    name: 'limit of 25 changes in 24 hours',
    effect: error('LimitExceededException', 'The limit of 25 changes in a rolling 24 hours period is reached.'),
    times: ALWAYS,
    expectations: {
      start: failed(ON_OLD_KEY, { writes: 0, messageParts: ['25 changes in 24 hours', '24 hours old'] })
    }
  },
  {
    name: 'limit of 500 delivery streams per key',
    effect: error('LimitExceededException', 'The CMK already encrypts 500 delivery streams.'),
    times: ALWAYS,
    expectations: {
      start: {
        firehose: failed(ON_OLD_KEY, {
          writes: 0,
          messageParts: ['at most 500 delivery streams', 'use another key']
        })
      }
    }
  },
  {
    name: 'ambiguous limit, twice',
    effect: AMBIGUOUS_LIMIT,
    times: 2,
    expectations: { start: rekeyed({ starts: 3 }) }
  },
  {
    name: 'ambiguous limit',
    effect: AMBIGUOUS_LIMIT,
    times: ALWAYS,
    expectations: {
      start: failed(ON_OLD_KEY, {
        starts: 3,
        writes: 0,
        messageParts: ['call rate, or the limit of 25 changes', 'in 24 hours']
      })
    },
    bundled: ['start']
  },
  {
    name: 'empty response with status 200 without taking effect',
    effect: EMPTY_RESPONSE,
    expectations: {
      start: failed(REVERTED_TO_OLD_KEY, { writes: 0, messageParts: ['the stream ended in', 'run again'] })
    }
  }
];

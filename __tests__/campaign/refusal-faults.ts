/** Permanent errors and limits: permissions, credentials, missing streams, unknown error codes. */

import { DESCRIBE, KINDS, START } from '../end-to-end/step.ts';
import {
  CHANGE_CONTINUES,
  CHANGE_IN_PROGRESS,
  CONCURRENT_CHANGE_IN_PROGRESS,
  failed,
  NOT_OBSERVED,
  NOT_SENT,
  OBSERVED_WITHOUT_KEY_LOOKUP,
  ON_NEW_KEY,
  ON_NEW_KEY_WITHOUT_KEY_LOOKUP,
  ON_NEW_KEY_WITHOUT_PREVIOUS_KEY_LOOKUP,
  ON_OLD_KEY,
  REJECTED,
  REVERTED_TO_OLD_KEY,
  rekeyed,
  START_SENT
} from './expectations.ts';
import {
  denied,
  EACH_TIME,
  EMPTY_RESPONSE,
  EXPIRED_TOKEN,
  type ExpectationByKind,
  type ExpectationsByPoint,
  error,
  type NamedFault,
  UNKNOWN_CODE
} from './named-fault.ts';

/** A run that fails with a permanent error, whose message contains the cause. */
function fails(cause: readonly string[], noChangeSent: readonly string[] = []) {
  const before = [...cause, ...noChangeSent];
  const refused = noChangeSent.length === 0 ? [] : ['The service accepted no change'];
  const after = [...cause, ...CHANGE_CONTINUES];
  return {
    'first describe': failed(NOT_OBSERVED, before, NOT_SENT),
    'concurrent change': failed(CONCURRENT_CHANGE_IN_PROGRESS, before, NOT_SENT),
    start: failed(ON_OLD_KEY, [...cause, ...refused], REJECTED),
    'describe after start': failed(START_SENT, after),
    polling: failed(CHANGE_IN_PROGRESS, after),
    confirmation: failed(CHANGE_IN_PROGRESS, after),
    'put record': failed(ON_NEW_KEY, [...cause, ' ended', 'only settling or the record check'])
  } satisfies ExpectationsByPoint;
}

const PUT = { kinesis: 'PutRecord', firehose: 'PutRecord' } as const;

/** The run fails, and the message names the missing permission. */
function failsWithout(operation: typeof DESCRIBE | typeof START | typeof PUT, point: keyof ReturnType<typeof fails>) {
  const entries = KINDS.map((kind) => [kind, fails([`Grant ${kind}:${operation[kind]} on arn:aws:`])[point]] as const);
  return { [point]: Object.fromEntries(entries) satisfies ExpectationByKind };
}

const RENEW_CREDENTIALS = ['ExpiredTokenException', 'aws-actions/configure-aws-credentials'];
const AMBIGUOUS_LIMIT = error('LimitExceededException', 'You have already reached the limit for a requested resource.');

export const REFUSAL_FAULTS: readonly NamedFault[] = [
  {
    name: 'access denied',
    effect: ({ kind, action }) => denied(action, ` on resource: arn:aws:${kind}:us-east-1:111122223333:stream/orders`),
    ...EACH_TIME,
    expectations: {
      // A key ARN identifies its key without a lookup.
      'target key lookup': rekeyed({ outputs: ON_NEW_KEY_WITHOUT_KEY_LOOKUP }),
      'current key lookup': rekeyed({ outputs: ON_NEW_KEY_WITHOUT_PREVIOUS_KEY_LOOKUP }),
      ...failsWithout(DESCRIBE, 'first describe'),
      ...failsWithout(DESCRIBE, 'concurrent change'),
      ...failsWithout(START, 'start'),
      ...failsWithout(DESCRIBE, 'describe after start'),
      ...failsWithout(DESCRIBE, 'polling'),
      ...failsWithout(DESCRIBE, 'confirmation'),
      ...failsWithout(PUT, 'put record')
    },
    bundled: ['start']
  },
  {
    name: 'expired credentials',
    effect: EXPIRED_TOKEN,
    ...EACH_TIME,
    allOperations: true,
    expectations: {
      'current key lookup': failed(OBSERVED_WITHOUT_KEY_LOOKUP, [...RENEW_CREDENTIALS, 'No change was sent'], NOT_SENT),
      ...fails(RENEW_CREDENTIALS, ['No change was sent'])
    },
    bundled: ['polling']
  },
  {
    name: 'stream deleted',
    onFirstHit: ({ aws, kind }) => aws[kind].delete('orders'),
    expectations: fails(['ResourceNotFoundException', 'There is no such stream in us-east-1']),
    bundled: ['polling']
  },
  {
    name: 'unknown error code',
    effect: UNKNOWN_CODE,
    ...EACH_TIME,
    expectations: fails(['MoonPhaseException: The moon is not full, try Tuesday'])
  },
  {
    name: 'invalid argument',
    effect: error('InvalidArgumentException', 'The key is asymmetric'),
    expectations: {
      start: failed(ON_OLD_KEY, ['InvalidArgumentException: The key is asymmetric'], REJECTED)
    }
  },
  {
    name: 'limit of 25 changes in 24 hours',
    effect: error('LimitExceededException', 'The limit of 25 changes in a rolling 24 hours period is reached.'),
    ...EACH_TIME,
    expectations: { start: failed(ON_OLD_KEY, ['25 changes in 24 hours', '24 hours old'], REJECTED) }
  },
  {
    name: 'limit of 500 delivery streams per key',
    effect: error('LimitExceededException', 'The CMK already encrypts 500 delivery streams.'),
    ...EACH_TIME,
    expectations: {
      start: { firehose: failed(ON_OLD_KEY, ['at most 500 delivery streams', 'use another key'], REJECTED) }
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
    ...EACH_TIME,
    expectations: {
      start: failed(ON_OLD_KEY, ['call rate, or the limit of 25 changes', 'in 24 hours'], { starts: 3, writes: 0 })
    },
    bundled: ['start']
  },
  {
    name: 'empty response with status 200 without taking effect',
    effect: EMPTY_RESPONSE,
    expectations: { start: failed(REVERTED_TO_OLD_KEY, ['the stream ended in', 'run again'], REJECTED) }
  }
];

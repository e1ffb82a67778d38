/** Permanent errors and limits: permissions, credentials, missing streams, unknown error codes. */

import { DESCRIBE, KINDS, START } from '../end-to-end/step.ts';
import { CHANGE_CONTINUES, failed, NOT_SENT, REJECTED, rekeyed, SEEN } from './expectations.ts';
import {
  atStart,
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
    'first describe': failed(SEEN.notObserved, before, NOT_SENT),
    'concurrent change': failed(SEEN.concurrentChangeInProgress, before, NOT_SENT),
    start: failed(SEEN.onOldKey, [...cause, ...refused], REJECTED),
    'describe after start': failed(SEEN.startSent, after),
    polling: failed(SEEN.changeInProgress, after),
    confirmation: failed(SEEN.changeInProgress, after),
    'put record': failed(SEEN.onNewKey, [...cause, ' ended', 'only settling or the record check'])
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
      'target key lookup': rekeyed({ outputs: SEEN.onNewKeyWithoutKeyLookup }),
      'current key lookup': rekeyed({ outputs: SEEN.onNewKeyWithoutPreviousKeyLookup }),
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
      'current key lookup': failed(
        SEEN.observedWithoutKeyLookup,
        [...RENEW_CREDENTIALS, 'No change was sent'],
        NOT_SENT
      ),
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
  atStart(
    'invalid argument',
    error('InvalidArgumentException', 'The key is asymmetric'),
    failed(SEEN.onOldKey, ['InvalidArgumentException: The key is asymmetric'], REJECTED)
  ),
  atStart(
    'limit of 25 changes in 24 hours',
    error('LimitExceededException', 'The limit of 25 changes in a rolling 24 hours period is reached.'),
    failed(SEEN.onOldKey, ['25 changes in 24 hours', '24 hours old'], REJECTED),
    EACH_TIME
  ),
  atStart(
    'limit of 500 delivery streams per key',
    error('LimitExceededException', 'The CMK already encrypts 500 delivery streams.'),
    { firehose: failed(SEEN.onOldKey, ['at most 500 delivery streams', 'use another key'], REJECTED) },
    EACH_TIME
  ),
  atStart('ambiguous limit, twice', AMBIGUOUS_LIMIT, rekeyed({ starts: 3 }), { times: 2 }),
  atStart(
    'ambiguous limit',
    AMBIGUOUS_LIMIT,
    failed(SEEN.onOldKey, ['call rate, or the limit of 25 changes', 'in 24 hours'], { starts: 3, writes: 0 }),
    { ...EACH_TIME, bundled: ['start'] }
  ),
  atStart(
    'empty response with status 200 without taking effect',
    EMPTY_RESPONSE,
    failed(SEEN.revertedToOldKey, ['the stream ended in', 'run again'], REJECTED)
  )
];

/** fast-check generators of random histories: a stream, a request, and the faults in between. */

import fc from 'fast-check';
import { KINDS } from '../../../src/encryption/model.ts';
import { KEY_FORMS, KEY_NAMES } from './keys.ts';

/** This value, `weight` times as often as another one. */
function usually<T>(weight: number, value: T, otherwise: fc.Arbitrary<T>): fc.Arbitrary<T> {
  return fc.oneof({ weight, arbitrary: fc.constant(value) }, otherwise);
}

/** From zero to the maximum, with short durations as likely as long ones. */
function duration(maxMs: number): fc.Arbitrary<number> {
  return fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 3_000 }), fc.integer({ min: 0, max: maxMs }));
}

/** How stale an observation may be. The code allows for five seconds. */
const staleMs = usually(2, 0, fc.integer({ min: 0, max: 4_000 }));

/** How long a call takes. One in `calls` is never answered. */
function latency(calls: number): fc.Arbitrary<number> {
  return fc.oneof({ weight: calls, arbitrary: usually(3, 0, duration(20_000)) }, fc.constant(1e9));
}

const keyName = fc.constantFrom(...KEY_NAMES);
const key = fc.option(keyName, { freq: 3 });

export const changeBehavior = fc.record({
  durationMs: duration(180_000),
  /** For how long after the start observations still show the state before the change. */
  hiddenMs: staleMs,
  /** `reverts`: to the previous key, without a failure. `overtaken`: another change replaces the key at once. */
  end: usually(1, 'succeeds', fc.constantFrom('fails-for-grant', 'fails-for-grant', 'fails', 'reverts', 'overtaken'))
});

const transientError = fc.constantFrom('throttled', 'unanswered', 'malformed');
const finalError = fc.constantFrom('refused', 'denied', 'missing', 'limited');

/** How a call ends after `latencyMs`. A response shows the state `staleMs` before the call. */
export const callBehavior = fc.record({
  result: usually(1, 'response', fc.oneof({ weight: 25, arbitrary: transientError }, finalError)),
  latencyMs: latency(250),
  staleMs
});

/** How a start ends. A lost request never reaches the service; if the response is lost, it has processed the request. */
export const startBehavior = fc.record({
  result: fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom('response', 'response', 'response', 'response-lost', 'request-lost') },
    fc.constantFrom('throttled', 'throttled', 'limited', 'busy', 'refused', 'denied')
  ),
  latencyMs: latency(10),
  change: changeBehavior
});

/** A change by another client; a null target disables encryption. The service rejects it during another change. */
const concurrentChange = fc.record({ atMs: duration(120_000), target: key, change: changeBehavior });

const FIREHOSE_STATUSES = ['failed', 'failed-for-grant', 'not-created', 'has-source'] as const;
const status = usually(2, 'at-rest', fc.constantFrom('unclear', 'deleting', ...FIREHOSE_STATUSES));

const targetKey = fc.record({
  which: fc.constant('one'),
  key: fc.constantFrom('new', 'new', 'new', ...KEY_NAMES),
  mustBeCustomerManaged: fc.boolean()
});

/** What the request requires of the key. */
export const criteria = fc.oneof(
  { weight: 3, arbitrary: targetKey },
  fc.record({ which: fc.constantFrom('any', 'aws-owned', 'customer-managed') }),
  fc.record({ which: fc.constant('approved'), keys: fc.array(keyName, { minLength: 1, maxLength: 3 }) })
);

const fromKey = fc.constantFrom('any', 'aws-owned', ...KEY_NAMES);
const timeoutSeconds = fc.oneof(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 30, max: 900 }));

const anyHistory = fc.record({
  kind: fc.constantFrom(...KINDS),
  initialState: fc.record({ status, key }),
  mode: usually(2, 'encrypt', fc.constantFrom('plan', 'check', 'check')),
  criteria,
  /** The form in which the request gives its keys, and the one in which Kinesis reports a key that the run did not set. */
  requestedForm: fc.constantFrom(...KEY_FORMS),
  reportedForm: fc.constantFrom(...KEY_FORMS),
  from: usually(3, null, fc.array(fromKey, { minLength: 1, maxLength: 2 })),
  /** The request names the stream; otherwise a glob or tags selected it. */
  named: usually(2, true, fc.constant(false)),
  streamArn: usually(2, 'not-given', usually(10, 'given', fc.constant('of-another-account'))),
  wait: usually(5, true, fc.constant(false)),
  timeoutMs: timeoutSeconds.map((seconds) => seconds * 1_000),
  settleMs: usually(1, 5_000, fc.integer({ min: 0, max: 60_000 })),
  verifyRecords: usually(5, false, fc.constant(true)),
  /** Whether `max-changes` leaves a change for this stream. */
  mayChange: usually(8, true, fc.constant(false)),
  /** The state of the key `new` in KMS. */
  newKeyState: usually(12, 'usable', fc.constantFrom('disabled', 'missing')),
  canDescribeKeys: usually(12, true, fc.constant(false)),
  /** During a change, a data stream reports the target key instead of the previous one. */
  reportsTargetEarly: usually(4, false, fc.constant(true)),
  /** Also those that put a record. */
  describeCalls: fc.array(callBehavior, { maxLength: 12 }),
  keyLookups: usually(2, [], fc.array(callBehavior, { maxLength: 4 })),
  starts: fc.array(startBehavior, { maxLength: 4 }),
  concurrentChanges: usually(2, [], fc.array(concurrentChange, { maxLength: 2 })),
  cancelAtMs: usually(4, null, duration(120_000)),
  /** The random number of the run, which spreads its delays. */
  seed: fc.constantFrom(0, 0.5, 0.99)
});

/** Histories that the services and the inputs allow. */
export const histories = anyHistory.map((history): typeof history => {
  const { kind, initialState, mode, criteria, wait, verifyRecords, settleMs, timeoutMs } = history;
  const isForChecks = criteria.which === 'customer-managed' || criteria.which === 'approved';
  const supportsFrom = mode !== 'check' && (criteria.which === 'one' || criteria.which === 'aws-owned');
  const isOfFirehose = FIREHOSE_STATUSES.some((status) => status === initialState.status);
  return {
    ...history,
    initialState: kind === 'kinesis' && isOfFirehose ? { ...initialState, status: 'at-rest' } : initialState,
    criteria: isForChecks && mode !== 'check' ? { which: 'any' } : criteria,
    from: supportsFrom ? history.from : null,
    wait: wait || verifyRecords,
    settleMs: Math.min(settleMs, timeoutMs - 1_000)
  };
});

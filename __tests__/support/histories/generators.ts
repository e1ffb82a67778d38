/** fast-check generators of random histories: a stream, a request, and the faults in between. */

import fc from 'fast-check';
import { KINDS } from '../../../src/encryption/model.ts';
import { KEY_FORMS, KEY_NAMES, type KeyReference } from './keys.ts';

/** A value of one of these generators, with these weights. */
function oneOf<T>(...choices: readonly (readonly [weight: number, arbitrary: fc.Arbitrary<T>])[]): fc.Arbitrary<T> {
  return fc.oneof(...choices.map(([weight, arbitrary]) => ({ weight, arbitrary })));
}

/** One of these values, with these weights. */
function weighted<const T>(...choices: readonly (readonly [weight: number, value: T])[]): fc.Arbitrary<T> {
  return oneOf(...choices.map(([weight, value]) => [weight, fc.constant(value)] as const));
}

/** Usually the first value. */
function usually<T>(value: T, otherwise: fc.Arbitrary<T>): fc.Arbitrary<T> {
  return oneOf([3, fc.constant(value)], [1, otherwise]);
}

/** From zero to the maximum, with short durations as likely as long ones. */
function duration(maxMs: number): fc.Arbitrary<number> {
  return fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 3_000 }), fc.integer({ min: 0, max: maxMs }));
}

/** How stale an observation may be. The code allows for five seconds. */
const staleMs = usually(0, fc.integer({ min: 0, max: 4_000 }));

const form = fc.constantFrom(...KEY_FORMS);
const reference: fc.Arbitrary<KeyReference> = fc.record({ key: fc.constantFrom(...KEY_NAMES), form });
const key = fc.option(reference, { freq: 3 });

export const changeBehavior = fc.record({
  durationMs: duration(180_000),
  /** For how long after the start observations still show the state before the change. */
  hiddenMs: staleMs,
  /**
   * `reverts`: the stream returns to its previous key and reports no failure. `overtaken`: another change replaces the key
   * at once.
   */
  end: weighted([8, 'succeeds'], [3, 'fails-for-grant'], [1, 'fails'], [1, 'reverts'], [1, 'overtaken'])
});

/** How long a call takes. One in `calls` is never answered. */
function latency(calls: number): fc.Arbitrary<number> {
  return oneOf([calls, usually(0, duration(20_000))], [1, fc.constant(1e9)]);
}

/** How a call ends after `latencyMs`. A response shows the state `staleMs` before the call. */
export const callBehavior = fc.record({
  result: oneOf(
    [50, weighted([2, 'response'], [1, 'throttled'], [1, 'unanswered'], [1, 'malformed'])],
    [1, fc.constantFrom('refused', 'denied', 'missing', 'limited')]
  ),
  latencyMs: latency(250),
  staleMs
});

/** How a start ends. A lost request never reaches the service; if the response is lost, it has processed the request. */
export const startBehavior = fc.record({
  result: weighted(
    [6, 'response'],
    [2, 'request-lost'],
    [3, 'response-lost'],
    [2, 'throttled'],
    ...(['limited', 'busy', 'refused', 'denied'] as const).map((error) => [1, error] as const)
  ),
  latencyMs: latency(10),
  change: changeBehavior
});

/** A change by another client; a null target disables encryption. The service rejects it during another change. */
const concurrentChange = fc.record({ atMs: duration(120_000), target: key, durationMs: duration(60_000) });

export const state = fc.record(
  {
    status: weighted(
      [18, 'at-rest'],
      [4, 'changing'],
      [4, 'failed'],
      ...(['unclear', 'deleting', 'not-created', 'has-source'] as const).map((status) => [1, status] as const)
    ),
    key,
    /** The key in force when the change in progress has succeeded. */
    target: key,
    isGrantFailure: fc.boolean()
  },
  { requiredKeys: ['status', 'key'] }
);

/** AWS managed keys are requested by `aws-owned`, or by ARN or id. */
const requested = oneOf([3, fc.record({ key: fc.constant('new'), form })], [1, reference]).filter(
  (one) => one.key !== 'aws' || !one.form.startsWith('alias')
);

export const criteria = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({ which: fc.constant('one'), key: requested, mustBeCustomerManaged: fc.boolean() })
  },
  { weight: 3, arbitrary: fc.record({ which: fc.constantFrom('any', 'aws-owned', 'customer-managed') }) },
  fc.record({ which: fc.constant('approved'), keys: fc.array(reference, { minLength: 1, maxLength: 3 }) })
);

const fromKey = fc.oneof(fc.constantFrom('any', 'aws-owned'), { weight: 4, arbitrary: reference });
const timeoutSeconds = fc.oneof(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 30, max: 900 }));
const settleSeconds = fc.oneof(fc.constant(5), fc.constant(0), fc.integer({ min: 1, max: 60 }));

const anyHistory = fc.record({
  kind: fc.constantFrom(...KINDS),
  initialState: state,
  /** The change that is in progress when the run begins, if `initialState` is `changing`. */
  initialChange: changeBehavior,
  mode: weighted([6, 'encrypt'], [1, 'plan'], [2, 'check']),
  criteria,
  from: usually(null, fc.array(fromKey, { minLength: 1, maxLength: 2 })),
  /** The request names the stream; otherwise a glob or tags selected it. */
  named: weighted([2, true], [1, false]),
  streamArn: weighted([20, 'not-given'], [10, 'given'], [1, 'of-another-account']),
  wait: weighted([5, true], [1, false]),
  timeoutMs: timeoutSeconds.map((seconds) => seconds * 1_000),
  settleMs: settleSeconds.map((seconds) => seconds * 1_000),
  verifyRecords: weighted([5, false], [1, true]),
  /** Whether `max-changes` leaves a change for this stream. */
  mayChange: weighted([8, true], [1, false]),
  /** The state of the key `new` in KMS. */
  newKeyState: weighted([50, 'usable'], [2, 'disabled'], [2, 'missing']),
  canDescribeKeys: weighted([12, true], [1, false]),
  /** During a change, a data stream reports the target key instead of the previous one. */
  reportsTargetEarly: weighted([4, false], [1, true]),
  describeCalls: fc.array(callBehavior, { maxLength: 12 }),
  keyLookups: usually([], fc.array(callBehavior, { maxLength: 4 })),
  starts: fc.array(startBehavior, { maxLength: 4 }),
  /** Whether the service reports a record as encrypted, if the call returns. */
  records: fc.array(fc.tuple(callBehavior, fc.boolean()), { maxLength: 4 }),
  concurrentChanges: usually([], fc.array(concurrentChange, { maxLength: 2 })),
  cancelAtMs: usually(null, duration(120_000)),
  seed: fc.nat()
});

/** Histories that the services and the inputs allow. */
export const histories = anyHistory.map((history): typeof history => {
  const { kind, initialState, mode, criteria, wait, verifyRecords, settleMs, timeoutMs } = history;
  const isForChecks = criteria.which === 'customer-managed' || criteria.which === 'approved';
  const supportsFrom = mode !== 'check' && (criteria.which === 'one' || criteria.which === 'aws-owned');
  const isOfFirehose = ['failed', 'not-created', 'has-source'].includes(initialState.status);
  return {
    ...history,
    initialState: kind === 'kinesis' && isOfFirehose ? { ...initialState, status: 'at-rest' } : initialState,
    criteria: isForChecks && mode !== 'check' ? { which: 'any' } : criteria,
    from: supportsFrom ? history.from : null,
    wait: wait || verifyRecords,
    settleMs: Math.min(settleMs, timeoutMs - 1_000)
  };
});

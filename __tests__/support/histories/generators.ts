/** fast-check generators of random histories: a stream, a request, and the faults in between. */

import fc from 'fast-check';
import type { Mode, StreamKind } from '../../../src/encryption/model.ts';
import { toValidHistory } from './constraints.ts';
import {
  type CallBehavior,
  type ChangeBehavior,
  type ChangeEnd,
  type ConcurrentChange,
  type History,
  type HistoryCriteria,
  type HistoryFromKey,
  KEY_FORMS,
  KEY_NAMES,
  type KeyReference,
  type NewKeyState,
  type RecordBehavior,
  type StartBehavior,
  type StreamState
} from './history.ts';

/** How stale an observation may be. The code allows for five seconds. */
const MAX_STALE_MS = 4_000;

/** A value of one of these arbitraries, with these weights. */
function oneOf<T>(...choices: readonly (readonly [weight: number, arbitrary: fc.Arbitrary<T>])[]): fc.Arbitrary<T> {
  return fc.oneof(...choices.map(([weight, arbitrary]) => ({ weight, arbitrary })));
}

/** One of these values, with these weights. */
function weighted<T>(...choices: readonly (readonly [weight: number, value: T])[]): fc.Arbitrary<T> {
  return oneOf(...choices.map(([weight, value]) => [weight, fc.constant(value)] as const));
}

/** From zero to the maximum, with short durations as likely as long ones. */
function duration(maxMs: number): fc.Arbitrary<number> {
  return fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 3_000 }), fc.integer({ min: 0, max: maxMs }));
}

const latencyMs = oneOf([3, fc.constant(0)], [1, duration(20_000)]);
const staleMs = fc.integer({ min: 0, max: MAX_STALE_MS });

const form = fc.constantFrom(...KEY_FORMS);
const keyReference: fc.Arbitrary<KeyReference> = fc.record({ key: fc.constantFrom(...KEY_NAMES), form });
const key = fc.option(keyReference);

const changeBehavior: fc.Arbitrary<ChangeBehavior> = fc.record({
  durationMs: duration(180_000),
  hiddenMs: fc.oneof(fc.constant(0), staleMs),
  end: weighted<ChangeEnd>([8, 'succeeds'], [3, 'fails-for-grant'], [1, 'fails'], [1, 'reverts'], [1, 'overtaken'])
});

const streamState: fc.Arbitrary<StreamState> = oneOf<StreamState>(
  [6, fc.constant({ status: 'at-rest', key: null })],
  [12, fc.record({ status: fc.constant('at-rest'), key: keyReference })],
  [4, fc.record({ status: fc.constant('changing'), key, target: key })],
  [4, fc.record({ status: fc.constant('failed'), key, isGrantFailure: fc.boolean() })],
  [1, fc.record({ status: fc.constant('unclear'), key })],
  [1, fc.record({ status: fc.constantFrom('deleting', 'not-created', 'has-source'), key: fc.constant(null) })]
);

const requestedKey = oneOf<KeyReference>([3, fc.record({ key: fc.constant('new'), form })], [1, keyReference]);
const approvedKeys = fc.array(keyReference, { minLength: 1, maxLength: 3 });

const criteria: fc.Arbitrary<HistoryCriteria> = oneOf<HistoryCriteria>(
  [8, fc.record({ which: fc.constant('one'), key: requestedKey, mustBeCustomerManaged: fc.boolean() })],
  [3, fc.record({ which: fc.constantFrom('any', 'aws-owned', 'customer-managed') })],
  [2, fc.record({ which: fc.constant('approved'), keys: approvedKeys })]
);

const fromKey = oneOf<HistoryFromKey>([1, fc.constantFrom('any', 'aws-owned')], [4, keyReference]);

function callBehavior(responseWeight: number): fc.Arbitrary<CallBehavior> {
  return fc.record({
    result: weighted<CallBehavior['result']>(
      [responseWeight, 'response'],
      [1, 'throttled'],
      [1, 'unanswered'],
      [1, 'malformed']
    ),
    latencyMs,
    staleMs: oneOf([2, fc.constant(0)], [1, staleMs])
  });
}

/** Calls that succeed or fail transiently; in a few histories, the last one hangs or fails permanently. */
function callBehaviors(maxLength: number): fc.Arbitrary<CallBehavior[]> {
  const last = fc.record({
    result: fc.constantFrom<CallBehavior['result']>('hang', 'refused', 'denied', 'missing', 'limited'),
    latencyMs: duration(20_000),
    staleMs: fc.constant(0)
  });
  const most = fc.array(callBehavior(2), { maxLength });
  return oneOf([20, most], [1, fc.tuple(most, last).map(([before, end]) => [...before, end])]);
}

const startBehavior: fc.Arbitrary<StartBehavior> = fc.record({
  result: weighted<StartBehavior['result']>(
    [5, 'response'],
    [2, 'request-lost'],
    [3, 'response-lost'],
    [2, 'throttled'],
    [1, 'limited'],
    [1, 'busy'],
    [1, 'refused'],
    [1, 'denied'],
    [1, 'request-hangs'],
    [1, 'response-hangs']
  ),
  latencyMs,
  change: changeBehavior
});

const recordBehavior: fc.Arbitrary<RecordBehavior> = fc
  .tuple(callBehavior(4), fc.boolean())
  .map(([behavior, encrypted]) => ({ ...behavior, encrypted }));

const concurrentChange: fc.Arbitrary<ConcurrentChange> = fc.record({
  atMs: duration(120_000),
  target: key,
  durationMs: duration(60_000)
});

const timeoutSeconds = fc.oneof(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 30, max: 900 }));
const settleSeconds = fc.oneof(fc.constant(5), fc.constant(0), fc.integer({ min: 1, max: 60 }));

export const arbitraryHistory: fc.Arbitrary<History> = fc
  .record({
    kind: fc.constantFrom<StreamKind>('kinesis', 'firehose'),
    initialState: streamState,
    initialChange: changeBehavior,
    mode: weighted<Mode>([6, 'encrypt'], [1, 'plan'], [2, 'check']),
    criteria,
    from: oneOf([3, fc.constant(null)], [1, fc.array(fromKey, { minLength: 1, maxLength: 2 })]),
    named: weighted([2, true], [1, false]),
    streamArn: weighted<History['streamArn']>([20, 'not-given'], [10, 'given'], [1, 'of-another-account']),
    wait: weighted([5, true], [1, false]),
    timeoutMs: timeoutSeconds.map((seconds) => seconds * 1_000),
    settleMs: settleSeconds.map((seconds) => seconds * 1_000),
    verifyRecords: weighted([5, false], [1, true]),
    mayChange: weighted([8, true], [1, false]),
    newKeyState: weighted<NewKeyState>(
      [50, 'usable'],
      [1, 'disabled'],
      [1, 'pending-deletion'],
      [1, 'asymmetric'],
      [1, 'other-region'],
      [1, 'missing']
    ),
    canDescribeKeys: weighted([12, true], [1, false]),
    reportsTargetEarly: weighted([4, false], [1, true]),
    describeCalls: callBehaviors(12),
    keyLookups: oneOf<CallBehavior[]>([2, fc.constant([])], [1, callBehaviors(4)]),
    starts: fc.array(startBehavior, { maxLength: 4 }),
    records: fc.array(recordBehavior, { maxLength: 4 }),
    concurrentChanges: oneOf<ConcurrentChange[]>(
      [2, fc.constant([])],
      [1, fc.array(concurrentChange, { maxLength: 2 })]
    ),
    cancelAtMs: oneOf([4, fc.constant(null)], [1, duration(120_000)]),
    seed: fc.nat()
  })
  .map(toValidHistory);

/** A history in which every form of a key's identifier has the same meaning. */
export const arbitraryHistoryWithKnownKeys: fc.Arbitrary<History> = arbitraryHistory.map((history) => ({
  ...history,
  // The model knows a key in another region by one ARN only, and the alias of a missing key cannot be resolved.
  newKeyState: ['other-region', 'missing'].includes(history.newKeyState) ? 'usable' : history.newKeyState,
  canDescribeKeys: true,
  keyLookups: []
}));

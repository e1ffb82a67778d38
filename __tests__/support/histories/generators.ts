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
  type StartBehavior,
  type StreamState
} from './history.ts';

/** How stale an observation may be. The code allows for five seconds. */
const MAX_STALE_MS = 4_000;

/** One of these values, with these weights. */
function weighted<T>(weight: number, value: T, ...others: { readonly weight: number; readonly value: T }[]) {
  return fc.oneof(
    { weight, arbitrary: fc.constant(value) },
    ...others.map((other) => ({ weight: other.weight, arbitrary: fc.constant(other.value) }))
  );
}

function rarely<T>(value: T) {
  return { weight: 1, value };
}

/** From zero to the maximum, with short durations as likely as long ones. */
function duration(maxMs: number): fc.Arbitrary<number> {
  return fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 3_000 }), fc.integer({ min: 0, max: maxMs }));
}

const keyReference: fc.Arbitrary<KeyReference> = fc.record({
  key: fc.constantFrom(...KEY_NAMES),
  form: fc.constantFrom(...KEY_FORMS)
});

const changeBehavior: fc.Arbitrary<ChangeBehavior> = fc.record({
  durationMs: duration(180_000),
  hiddenMs: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: MAX_STALE_MS })),
  end: weighted<ChangeEnd>(
    8,
    'succeeds',
    { weight: 3, value: 'fails-for-grant' },
    rarely('fails'),
    rarely('reverts'),
    rarely('overtaken')
  )
});

const streamState: fc.Arbitrary<StreamState> = fc.oneof(
  { weight: 6, arbitrary: fc.constant({ status: 'at-rest', key: null } as const) },
  { weight: 12, arbitrary: keyReference.map((key) => ({ status: 'at-rest', key }) as const) },
  {
    weight: 4,
    arbitrary: fc.record({
      status: fc.constant('changing' as const),
      key: fc.option(keyReference),
      target: fc.option(keyReference)
    })
  },
  {
    weight: 4,
    arbitrary: fc.record({
      status: fc.constant('failed' as const),
      key: fc.option(keyReference),
      isGrantFailure: fc.boolean()
    })
  },
  { weight: 1, arbitrary: fc.option(keyReference).map((key) => ({ status: 'unclear', key }) as const) },
  {
    weight: 1,
    arbitrary: fc.record({ status: fc.constantFrom('deleting', 'not-created', 'has-source'), key: fc.constant(null) })
  }
);

const criteria: fc.Arbitrary<HistoryCriteria> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      which: fc.constant('one' as const),
      key: fc.oneof(
        { weight: 3, arbitrary: fc.record({ key: fc.constant('new' as const), form: fc.constantFrom(...KEY_FORMS) }) },
        { weight: 1, arbitrary: keyReference }
      ),
      mustBeCustomerManaged: fc.boolean()
    })
  },
  { weight: 3, arbitrary: fc.record({ which: fc.constantFrom('any', 'aws-owned', 'customer-managed') }) },
  {
    weight: 2,
    arbitrary: fc.record({
      which: fc.constant('approved' as const),
      keys: fc.array(keyReference, { minLength: 1, maxLength: 3 })
    })
  }
);

const from: fc.Arbitrary<HistoryFromKey[] | null> = fc.oneof(
  { weight: 3, arbitrary: fc.constant(null) },
  {
    weight: 1,
    arbitrary: fc.array(
      fc.oneof(
        { weight: 1, arbitrary: fc.constantFrom('any' as const, 'aws-owned' as const) },
        { weight: 4, arbitrary: keyReference }
      ),
      { minLength: 1, maxLength: 2 }
    )
  }
);

function callBehavior(responseWeight: number): fc.Arbitrary<CallBehavior> {
  return fc.record({
    result: weighted<CallBehavior['result']>(
      responseWeight,
      'response',
      rarely('throttled'),
      rarely('unanswered'),
      rarely('malformed')
    ),
    latencyMs: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: duration(20_000) }),
    staleMs: fc.oneof(
      { weight: 2, arbitrary: fc.constant(0) },
      { weight: 1, arbitrary: fc.integer({ min: 0, max: MAX_STALE_MS }) }
    )
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
  return fc.oneof(
    { weight: 20, arbitrary: most },
    { weight: 1, arbitrary: fc.tuple(most, last).map(([before, end]) => [...before, end]) }
  );
}

const startBehavior: fc.Arbitrary<StartBehavior> = fc.record({
  result: weighted<StartBehavior['result']>(
    5,
    'response',
    { weight: 2, value: 'request-lost' },
    { weight: 3, value: 'response-lost' },
    { weight: 2, value: 'throttled' },
    rarely('limited'),
    rarely('busy'),
    rarely('refused'),
    rarely('denied'),
    rarely('request-hangs'),
    rarely('response-hangs')
  ),
  latencyMs: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: duration(20_000) }),
  change: changeBehavior
});

const concurrentChange: fc.Arbitrary<ConcurrentChange> = fc.record({
  atMs: duration(120_000),
  target: fc.option(keyReference),
  durationMs: duration(60_000)
});

const limits = fc
  .record({
    timeoutMs: fc.oneof(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 30, max: 900 })).map((s) => s * 1_000),
    settleMs: fc.oneof(fc.constant(5), fc.constant(0), fc.integer({ min: 1, max: 60 })).map((s) => s * 1_000)
  })
  .map(({ timeoutMs, settleMs }) => ({ timeoutMs, settleMs: Math.min(settleMs, timeoutMs - 1_000) }));

const unconstrainedHistory = fc
  .record({
    kind: fc.constantFrom<StreamKind>('kinesis', 'firehose'),
    initialState: streamState,
    initialChange: changeBehavior,
    mode: weighted<Mode>(6, 'encrypt', rarely('plan'), { weight: 2, value: 'check' }),
    criteria,
    from,
    named: weighted(2, true, rarely(false)),
    streamArn: weighted<History['streamArn']>(
      20,
      'not-given',
      { weight: 10, value: 'given' },
      rarely('of-another-account')
    ),
    wait: weighted(5, true, rarely(false)),
    limits,
    verifyRecords: weighted(5, false, rarely(true)),
    mayChange: weighted(8, true, rarely(false)),
    newKeyState: weighted<History['newKeyState']>(
      50,
      'usable',
      rarely('disabled'),
      rarely('pending-deletion'),
      rarely('asymmetric'),
      rarely('other-region'),
      rarely('missing')
    ),
    canDescribeKeys: weighted(12, true, rarely(false)),
    reportsTargetEarly: weighted(4, false, rarely(true)),
    describeCalls: callBehaviors(12),
    keyLookups: fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: callBehaviors(4) }),
    starts: fc.array(startBehavior, { maxLength: 4 }),
    records: fc.array(
      fc.tuple(callBehavior(4), fc.boolean()).map(([behavior, encrypted]) => ({ ...behavior, encrypted })),
      { maxLength: 4 }
    ),
    concurrentChanges: fc.oneof(
      { weight: 2, arbitrary: fc.constant([]) },
      { weight: 1, arbitrary: fc.array(concurrentChange, { maxLength: 2 }) }
    ),
    cancelAtMs: fc.oneof({ weight: 4, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: duration(120_000) }),
    seed: fc.nat()
  })
  .map(({ limits: { timeoutMs, settleMs }, ...rest }): History => ({ ...rest, timeoutMs, settleMs }));

export const arbitraryHistory: fc.Arbitrary<History> = unconstrainedHistory.map(toValidHistory);

/** A history in which every form of a key's identifier has the same meaning. */
export const arbitraryHistoryWithKnownKeys: fc.Arbitrary<History> = arbitraryHistory.map((history) => ({
  ...history,
  // The model knows a key in another region by one ARN only, and the alias of a missing key cannot be resolved.
  newKeyState:
    history.newKeyState === 'other-region' || history.newKeyState === 'missing' ? 'usable' : history.newKeyState,
  canDescribeKeys: true,
  keyLookups: []
}));

/** Random histories of a stream, a request and the faults between them. */

import fc from 'fast-check';
import type { Mode, StreamKind } from '../../../src/encryption/model.ts';
import {
  type Asked,
  type Change,
  type End,
  FORMS,
  type History,
  KEY_NAMES,
  type Meeting,
  type Old,
  type OthersChange,
  type Standing,
  type StartMeeting,
  type WrittenKey
} from './history.ts';
import { asItCanBe } from './possible.ts';

/** For how long after a change an answer may still show the state of before. The margin in the code is five seconds. */
const STALEST_MS = 4_000;

/** The first of these often, the others as often as their weights say. */
function often<T>(weight: number, usual: T, ...others: { readonly weight: number; readonly value: T }[]) {
  return fc.oneof(
    { weight, arbitrary: fc.constant(usual) },
    ...others.map(({ weight: w, value }) => ({ weight: w, arbitrary: fc.constant(value) }))
  );
}

function rarely<T>(value: T) {
  return { weight: 1, value };
}

/** From no time at all to minutes; short ones as likely as long ones. */
function lasting(longestMs: number): fc.Arbitrary<number> {
  return fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 3_000 }), fc.integer({ min: 0, max: longestMs }));
}

const writtenKey: fc.Arbitrary<WrittenKey> = fc.record({
  key: fc.constantFrom(...KEY_NAMES),
  form: fc.constantFrom(...FORMS)
});

const change: fc.Arbitrary<Change> = fc.record({
  ms: lasting(180_000),
  unseenMs: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: STALEST_MS })),
  end: often<End>(
    8,
    'takes',
    { weight: 3, value: 'fails-for-a-grant' },
    rarely('fails'),
    rarely('comes-back'),
    rarely('overtaken')
  )
});

const stands: fc.Arbitrary<Standing> = fc.oneof(
  { weight: 6, arbitrary: fc.constant({ is: 'at-rest', key: null } as const) },
  { weight: 12, arbitrary: writtenKey.map((key) => ({ is: 'at-rest', key }) as const) },
  {
    weight: 4,
    arbitrary: fc.record({
      is: fc.constant('in-flight' as const),
      key: fc.option(writtenKey),
      to: fc.option(writtenKey)
    })
  },
  {
    weight: 4,
    arbitrary: fc.record({ is: fc.constant('failed' as const), key: fc.option(writtenKey), forAGrant: fc.boolean() })
  },
  { weight: 1, arbitrary: fc.option(writtenKey).map((key) => ({ is: 'unclear', key }) as const) },
  {
    weight: 1,
    arbitrary: fc.record({ is: fc.constantFrom('deleting', 'not-created', 'fed'), key: fc.constant(null) })
  }
);

const criteria: fc.Arbitrary<Asked> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      which: fc.constant('one' as const),
      written: fc.oneof(
        { weight: 3, arbitrary: fc.record({ key: fc.constant('new' as const), form: fc.constantFrom(...FORMS) }) },
        { weight: 1, arbitrary: writtenKey }
      ),
      mustBeCustomerManaged: fc.boolean()
    })
  },
  { weight: 3, arbitrary: fc.record({ which: fc.constantFrom('any', 'aws-owned', 'customer-managed') }) },
  {
    weight: 2,
    arbitrary: fc.record({
      which: fc.constant('approved' as const),
      written: fc.array(writtenKey, { minLength: 1, maxLength: 3 })
    })
  }
);

const from: fc.Arbitrary<Old[] | null> = fc.oneof(
  { weight: 3, arbitrary: fc.constant(null) },
  {
    weight: 1,
    arbitrary: fc.array(
      fc.oneof(
        { weight: 1, arbitrary: fc.constantFrom('any' as const, 'aws-owned' as const) },
        { weight: 4, arbitrary: writtenKey }
      ),
      { minLength: 1, maxLength: 2 }
    )
  }
);

function meeting(usual: number): fc.Arbitrary<Meeting> {
  return fc.record({
    meets: often<Meeting['meets']>(usual, 'an-answer', rarely('throttled'), rarely('silence')),
    ms: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: lasting(20_000) }),
    staleMs: fc.oneof(
      { weight: 2, arbitrary: fc.constant(0) },
      { weight: 1, arbitrary: fc.integer({ min: 0, max: STALEST_MS }) }
    )
  });
}

/** A few calls that meet something; one in some of the histories is refused for good, or never answered. */
function meetings(longest: number): fc.Arbitrary<Meeting[]> {
  const last = fc.record({
    meets: fc.constantFrom<Meeting['meets']>('a-hang', 'refused', 'denied', 'missing', 'limited'),
    ms: lasting(20_000),
    staleMs: fc.constant(0)
  });
  const most = fc.array(meeting(2), { maxLength: longest });
  return fc.oneof(
    { weight: 20, arbitrary: most },
    { weight: 1, arbitrary: fc.tuple(most, last).map(([before, end]) => [...before, end]) }
  );
}

const startMeeting: fc.Arbitrary<StartMeeting> = fc.record({
  meets: often<StartMeeting['meets']>(
    5,
    'an-answer',
    { weight: 2, value: 'lost' },
    { weight: 3, value: 'lost-taken' },
    { weight: 2, value: 'throttled' },
    rarely('limited'),
    rarely('busy'),
    rarely('refused'),
    rarely('denied'),
    rarely('hang'),
    rarely('hang-taken')
  ),
  ms: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: lasting(20_000) }),
  change
});

const othersChange: fc.Arbitrary<OthersChange> = fc.record({
  atMs: lasting(120_000),
  to: fc.option(writtenKey),
  ms: lasting(60_000)
});

const times = fc
  .record({
    timeoutMs: fc.oneof(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 30, max: 900 })).map((s) => s * 1_000),
    settleMs: fc.oneof(fc.constant(5), fc.constant(0), fc.integer({ min: 1, max: 60 })).map((s) => s * 1_000)
  })
  .map(({ timeoutMs, settleMs }) => ({ timeoutMs, settleMs: Math.min(settleMs, timeoutMs - 1_000) }));

const anyHistory = fc
  .record({
    kind: fc.constantFrom<StreamKind>('kinesis', 'firehose'),
    stands,
    inFlight: change,
    mode: often<Mode>(6, 'encrypt', rarely('plan'), { weight: 2, value: 'check' }),
    criteria,
    from,
    named: often(2, true, rarely(false)),
    streamArn: often<History['streamArn']>(
      20,
      'not-given',
      { weight: 10, value: 'given' },
      rarely('of-another-account')
    ),
    wait: often(5, true, rarely(false)),
    times,
    verifyRecords: often(5, false, rarely(true)),
    newKeyIs: often<History['newKeyIs']>(
      50,
      'usable',
      rarely('disabled'),
      rarely('pending-deletion'),
      rarely('asymmetric'),
      rarely('elsewhere'),
      rarely('missing')
    ),
    mayDescribeKeys: often(12, true, rarely(false)),
    showsKeyEarly: often(4, false, rarely(true)),
    looks: meetings(12),
    lookUps: fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: meetings(4) }),
    starts: fc.array(startMeeting, { maxLength: 4 }),
    records: fc.array(
      fc.tuple(meeting(4), fc.boolean()).map(([met, encrypted]) => ({ ...met, encrypted })),
      { maxLength: 4 }
    ),
    others: fc.oneof(
      { weight: 2, arbitrary: fc.constant([]) },
      { weight: 1, arbitrary: fc.array(othersChange, { maxLength: 2 }) }
    ),
    cancelAtMs: fc.oneof({ weight: 4, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: lasting(120_000) }),
    seed: fc.nat()
  })
  .map(({ times: { timeoutMs, settleMs }, ...rest }): History => ({ ...rest, timeoutMs, settleMs }));

/** Any history that can be: what only one of the services knows is not put to the other. */
export const history: fc.Arbitrary<History> = anyHistory.map(asItCanBe);

/** Any history whose keys can be written in any form and mean the same. */
export const historyOfKnownKeys: fc.Arbitrary<History> = history.map((one) => ({
  ...one,
  // Of a key elsewhere the world knows one ARN by all its names, and an alias of a key that is gone leads nowhere.
  newKeyIs: one.newKeyIs === 'elsewhere' || one.newKeyIs === 'missing' ? 'usable' : one.newKeyIs,
  mayDescribeKeys: true,
  lookUps: []
}));

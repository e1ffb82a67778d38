/** A cancelled run over 40 streams: each stream has a result, and the result matches the stream's actual state. */

import { expect } from '@jest/globals';
import type { FaultEffect } from '../../local-aws/faults.ts';
import type { LocalAws, RequestRecord } from '../../local-aws/server.ts';
import type { StreamReport } from '../../src/reporting/report.ts';
import { ALWAYS, createStream, DESCRIBE, FOREVER, KINDS, type Kind, LIST, START } from '../end-to-end/step.ts';
import { sample } from '../support/extent.ts';
import { NEW_KEY, OLD_KEY } from './account.ts';
import { ADAPTER_DRIVER, BUNDLE_DRIVER, drive, startsOf, testEach } from './drivers.ts';
import { THROTTLED } from './fault.ts';

const STREAMS = 40;
const NAMES = Array.from({ length: STREAMS }, (_, index) => `orders-${String(index).padStart(2, '0')}`);

const CHANGE_SENT = /The change to \S+ (was sent|ended)/;
const NO_CHANGE = /(No change was sent|The service accepted no change)\./;

interface CancelPoint {
  readonly name: string;
  /** When this many requests of an operation have arrived, starts have taken effect, or streams are on the new key. */
  readonly at: readonly [what: Readonly<Record<Kind, string>> | 'accepted' | 'changed', count: number];
  readonly mode?: 'plan' | 'check';
  /** Default: changes never end. */
  readonly changeMs?: number;
  readonly settleSeconds?: number;
  /** The effect of a fault that hits every start. */
  readonly startEffect?: FaultEffect;
  /** Runs through the bundle, too. */
  readonly bundled?: true;
}

const LOOKUP = { kinesis: 'DescribeKey', firehose: 'DescribeKey' };
const LISTING = 'while listing streams';

const POINTS: readonly CancelPoint[] = [
  { name: LISTING, at: [LIST, 1] },
  { name: 'at the first describe', at: [DESCRIBE, 1] },
  { name: 'at the first key lookup', at: [LOOKUP, 1] },
  { name: 'at the first start', at: [START, 1], bundled: true },
  { name: 'at the tenth start', at: [START, 10] },
  { name: 'at the last start', at: [START, STREAMS] },
  { name: 'while starts are throttled', at: [START, 12], startEffect: THROTTLED },
  { name: 'while responses to starts are lost', at: [START, 6], startEffect: { hang: 'after' }, bundled: true },
  { name: 'while starts are lost', at: [START, 6], startEffect: { hang: 'before' } },
  { name: 'while every stream changes', at: ['accepted', STREAMS] },
  { name: 'when half of the changes have ended', at: ['changed', STREAMS / 2], changeMs: 1_000, bundled: true },
  { name: 'during the settle time', at: ['changed', STREAMS / 2], changeMs: 500, settleSeconds: 60 },
  { name: 'in mode plan', at: [DESCRIBE, STREAMS / 2], mode: 'plan' },
  { name: 'in mode check', at: [DESCRIBE, STREAMS / 2], mode: 'check' }
];

/** In a sample, each point once. */
const CASES = sample(
  POINTS.flatMap((point) => KINDS.map((kind) => ({ point, kind }))),
  ({ point }) => point.name
);
type CancelCase = (typeof CASES)[number];
// A process on Windows cannot send a signal to another process, so a test cannot cancel the bundle there.
const BUNDLED = CASES.filter(({ point }) => point.bundled && process.platform !== 'win32');

for (const [driver, cases] of [
  [ADAPTER_DRIVER, CASES],
  [BUNDLE_DRIVER, BUNDLED]
] as const) {
  const titleOf = ({ point, kind }: CancelCase) => `${kind}, ${point.name}`;
  testEach(driver, cases, titleOf, async ({ point, kind }) => {
    const { name, changeMs = FOREVER, mode = 'encrypt', settleSeconds = 0, startEffect } = point;
    const cancel = Promise.withResolvers<void>();
    let cancelledMs = Number.POSITIVE_INFINITY;
    const { report, exitCode, signals, aws } = await drive(driver, {
      options: { changeMs },
      setUp: (aws) => {
        for (const [index, name] of NAMES.entries())
          createStream(aws, kind, { name, key: previousKeyOf(index) ?? undefined });
        if (startEffect !== undefined) aws.faults.add({ on: START[kind], times: ALWAYS, ...startEffect });
      },
      onRequest: ({ at }, aws) => {
        if (cancelledMs < at || !isReached(point, kind, aws)) return;
        cancelledMs = Math.min(cancelledMs, at);
        cancel.resolve();
      },
      cancelWhen: cancel.promise,
      inputs: {
        'stream-kind': kind,
        'stream-name': name === LISTING ? 'orders-*' : NAMES.join(),
        'key-id': NEW_KEY,
        'settle-seconds': String(settleSeconds),
        'timeout-seconds': '600',
        mode
      }
    });
    const { outcome, changed, streams } = report;
    expect(outcome).toBe('cancelled');
    expect(streams.map((stream) => stream.name)).toEqual(name === LISTING ? [] : NAMES);
    for (const [index, stream] of streams.entries()) expectTruth(stream, previousKeyOf(index), kind, aws);
    expect(changed).toBe(streams.some((stream) => stream.changed));
    if (mode !== 'encrypt') expect(changed).toBe(false);
    if (driver === BUNDLE_DRIVER) {
      expect(exitCode).toBe(1);
      // The process ends before the runner sends its SIGTERM.
      expect(signals).toBeLessThanOrEqual(2);
      return;
    }
    // On the virtual clock no time passes.
    expect(report.durationSeconds).toBeCloseTo(cancelledMs / 1000);
    // The cancellation may have interrupted one start before it arrived. A rejection may have come too late to be read.
    const unsent = streams.filter(
      (stream) =>
        stream.changed && startsOf(aws, stream.name).every((start) => isRejected(start) && start.at < cancelledMs)
    );
    expect(unsent.length).toBeLessThanOrEqual(1);
  });
}

/** Every second stream is encrypted with the old key. */
function previousKeyOf(index: number): string | null {
  return index % 2 === 0 ? null : OLD_KEY;
}

function isReached({ at: [what, count] }: CancelPoint, kind: Kind, aws: LocalAws): boolean {
  if (what === 'accepted') return aws.writes().length >= count;
  if (what === 'changed') return NAMES.filter((name) => isChanged(aws, kind, name)).length >= count;
  return aws.requests.filter(({ operation }) => operation === what[kind]).length >= count;
}

/** Whether the new key is in force, and no change is in progress. */
function isChanged({ kinesis, firehose }: LocalAws, kind: Kind, name: string): boolean {
  const key = kind === 'kinesis' ? kinesis.get(name).keyId : firehose.get(name).key;
  return key === NEW_KEY && (kind === 'kinesis' ? kinesis : firehose).get(name).change === undefined;
}

function isRejected({ accepted, status }: RequestRecord): boolean {
  return !accepted && status !== 0;
}

/** Asserts that the report of a stream is true: whether a change was sent, how it ended, and the key. */
function expectTruth(stream: StreamReport, previousKey: string | null, kind: Kind, aws: LocalAws): void {
  const { name, outcome, changed, status, encrypted, keyId, message } = stream;
  if (startsOf(aws, name).some((start) => !isRejected(start))) expect(changed).toBe(true);
  const ended = previousKey === null ? 'enabled' : 'rekeyed';
  if (outcome === ended) expect({ changed, keyId }).toEqual({ changed: true, keyId: NEW_KEY });
  else expect(['cancelled', 'planned', 'non-compliant']).toContain(outcome);
  if (outcome === 'cancelled') expect(message).toMatch(changed ? CHANGE_SENT : NO_CHANGE);
  if (status === null) {
    expect({ encrypted, keyId, changed }).toEqual({ encrypted: 'unknown', keyId: null, changed: false });
  } else if (keyId === NEW_KEY) {
    expect({ encrypted, changed, isChanged: isChanged(aws, kind, name) }).toEqual({
      encrypted: 'true',
      changed: true,
      isChanged: true
    });
  } else {
    const whileEncrypted = changed && kind === 'firehose' ? 'unknown' : 'true';
    expect({ encrypted, keyId }).toEqual({
      encrypted: previousKey === null ? 'false' : whileEncrypted,
      keyId: previousKey
    });
  }
}

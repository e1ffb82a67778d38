/** A cancelled run over 40 streams: each stream has a result, and the result matches the stream's actual state. */

import { expect } from '@jest/globals';
import type { FaultEffect } from '../../local-aws/faults.ts';
import { type LocalAws, type RequestRecord, startLocalAws } from '../../local-aws/server.ts';
import { streamOf } from '../../local-aws/wire.ts';
import type { Mode } from '../../src/encryption/model.ts';
import type { StreamReport } from '../../src/reporting/report.ts';
import { ALWAYS, createStream, DESCRIBE, FOREVER, KINDS, type Kind, LIST, START } from '../end-to-end/step.ts';
import { sample } from '../support/extent.ts';
import { createKeys, NEW_KEY, OLD_KEY, REGION } from './account.ts';
import { ADAPTER_DRIVER, BUNDLE_DRIVER, type DrivenRun, type Driver } from './drivers.ts';
import { THROTTLED } from './named-fault.ts';
import { testEach } from './suite.ts';

const STREAMS = 40;
const NAMES = Array.from({ length: STREAMS }, (_, index) => `orders-${String(index).padStart(2, '0')}`);

/** The progress of the run when a request arrives, including that request, which identifies a point. */
interface Progress {
  readonly kind: Kind;
  /** How many requests of this operation the service received. */
  readonly count: (operation: string) => number;
  /** How many starts took effect. */
  readonly accepted: number;
  /** How many streams have the new key in force and no change in progress. */
  readonly changed: number;
}

interface CancelPoint {
  readonly name: string;
  readonly isReached: (progress: Progress) => boolean;
  readonly mode?: Mode;
  /** Default: changes never end. */
  readonly changeMs?: number;
  readonly settleSeconds?: number;
  /** The effect of a fault that hits every start. */
  readonly startEffect?: FaultEffect;
  /** The run has not selected the streams yet. */
  readonly duringSelection?: true;
  /** Runs through the bundle, too. */
  readonly bundled?: true;
}

/** When the run has sent this many starts. */
function atStart(number: number): CancelPoint['isReached'] {
  return ({ count, kind }) => count(START[kind]) === number;
}

function atDescribe(number: number): CancelPoint['isReached'] {
  return ({ count, kind }) => count(DESCRIBE[kind]) === number;
}

function isHalfChanged({ changed }: Progress): boolean {
  return changed >= STREAMS / 2;
}

const POINTS: readonly CancelPoint[] = [
  {
    name: 'while listing streams',
    isReached: ({ count, kind }) => count(LIST[kind]) === 1,
    duringSelection: true
  },
  { name: 'at the first describe', isReached: atDescribe(1) },
  { name: 'at the first key lookup', isReached: ({ count }) => count('DescribeKey') === 1 },
  { name: 'at the first start', isReached: atStart(1), bundled: true },
  { name: 'at the tenth start', isReached: atStart(10) },
  { name: 'at the last start', isReached: atStart(STREAMS) },
  { name: 'while starts are throttled', isReached: atStart(12), startEffect: THROTTLED },
  { name: 'while responses to starts are lost', isReached: atStart(6), startEffect: { hang: 'after' }, bundled: true },
  { name: 'while starts are lost', isReached: atStart(6), startEffect: { hang: 'before' } },
  { name: 'while every stream changes', isReached: ({ accepted }) => accepted === STREAMS },
  { name: 'when half of the changes have ended', changeMs: 1_000, isReached: isHalfChanged, bundled: true },
  { name: 'during the settle time', changeMs: 500, settleSeconds: 60, isReached: isHalfChanged },
  { name: 'in mode plan', mode: 'plan', isReached: atDescribe(STREAMS / 2) },
  { name: 'in mode check', mode: 'check', isReached: atDescribe(STREAMS / 2) }
];

interface CancelCase {
  readonly point: CancelPoint;
  readonly kind: Kind;
}

/** In a sample, each point once. */
const CASES: readonly CancelCase[] = sample(
  POINTS.flatMap((point) => KINDS.map((kind) => ({ point, kind }))),
  ({ point }) => point.name
);
// A process on Windows cannot send a signal to another process, so a test cannot cancel the bundle there.
const BUNDLED = CASES.filter(({ point }) => point.bundled && process.platform !== 'win32');

interface CancelResult {
  readonly run: DrivenRun;
  /** How long after the cancellation the run ended. */
  readonly endedAfterMs: number;
  /** In the order of the request. */
  readonly states: readonly ActualState[];
}

/** The actual state of a stream after the run. */
interface ActualState {
  readonly name: string;
  /** The key in force before the run. */
  readonly previousKey: string | null;
  readonly key: string | null;
  readonly changing: boolean;
  /** The starts received. `beforeCancelMs` is how long before the cancellation. */
  readonly starts: readonly { readonly request: RequestRecord; readonly beforeCancelMs: number }[];
}

for (const [driver, cases] of [
  [ADAPTER_DRIVER, CASES],
  [BUNDLE_DRIVER, BUNDLED]
] as const) {
  testEach(driver, {
    cases,
    titleOf: ({ point, kind }) => `${kind}, ${point.name}`,
    run: (cancelCase) => runAndCancel(driver, cancelCase),
    verify: ({ point, kind }, { run: { report, exitCode, signals = 0 }, endedAfterMs, states }) => {
      expect(report.outcome).toBe('cancelled');
      expect(report.streams).toHaveLength(point.duringSelection === true ? 0 : STREAMS);
      for (const [index, stream] of report.streams.entries()) expectReportMatchesState(kind, stream, states[index]);
      expect(report.changed).toBe(report.streams.some(({ changed }) => changed));
      if (point.mode !== undefined || point.duringSelection === true) expect(report.changed).toBe(false);
      // A process ends before the runner sends its SIGTERM. On the virtual clock no time passes.
      expect(signals).toBeLessThanOrEqual(2);
      if (driver === BUNDLE_DRIVER) {
        expect(exitCode).toBe(1);
      } else {
        expect(endedAfterMs).toBe(0);
        const inTransit = report.streams.filter((stream, index) => isStartInTransit(stream, states[index]));
        expect(inTransit.length).toBeLessThanOrEqual(1);
      }
    }
  });
}

async function runAndCancel(driver: Driver, { point, kind }: CancelCase): Promise<CancelResult> {
  const clock = driver.clock();
  const { changeMs = FOREVER, mode = 'encrypt', settleSeconds = 0, startEffect, duringSelection } = point;
  const cancel = Promise.withResolvers<void>();
  let cancelledMs = Number.POSITIVE_INFINITY;
  let isReached = () => false;
  const onRequest = () => {
    if (cancelledMs < Number.POSITIVE_INFINITY || !isReached()) return;
    cancelledMs = clock.now();
    cancel.resolve();
  };
  await using aws = await startLocalAws({ region: REGION, now: () => clock.now(), changeMs, onRequest });
  createKeys(aws);
  for (const [index, name] of NAMES.entries()) {
    createStream(aws, kind, { name, key: previousKeyOf(index) ?? undefined });
  }
  isReached = () => {
    const count = (operation: string) => aws.requests.filter((request) => request.operation === operation).length;
    const changed = NAMES.filter((name) => isChanged(stateOf(aws, kind, name))).length;
    return point.isReached({ kind, count, accepted: aws.writes().length, changed });
  };
  if (startEffect !== undefined) aws.faults.add({ on: START[kind], times: ALWAYS, ...startEffect });
  const inputs = {
    'stream-kind': kind,
    'stream-name': duringSelection === true ? 'orders-*' : NAMES.join(),
    'key-id': NEW_KEY,
    'settle-seconds': String(settleSeconds),
    'timeout-seconds': '600',
    mode
  };
  const run = await clock.execute(() => driver.run({ aws, inputs, clock, cancelWhen: cancel.promise }));
  const starts = aws.requests.filter(({ operation }) => operation === START[kind]);
  const states = NAMES.map((name, index) => ({
    name,
    previousKey: previousKeyOf(index),
    ...stateOf(aws, kind, name),
    starts: starts
      .filter(({ input }) => streamOf(input) === name)
      .map((request) => ({ request, beforeCancelMs: cancelledMs - request.at }))
  }));
  return { run, endedAfterMs: clock.now() - cancelledMs, states };
}

/** Every second stream is encrypted with the old key. */
function previousKeyOf(index: number): string | null {
  return index % 2 === 0 ? null : OLD_KEY;
}

function stateOf({ kinesis, firehose }: LocalAws, kind: Kind, name: string): Pick<ActualState, 'key' | 'changing'> {
  const key = kind === 'kinesis' ? kinesis.get(name).keyId : firehose.get(name).key;
  const { change } = (kind === 'kinesis' ? kinesis : firehose).get(name);
  return { key: key ?? null, changing: change !== undefined };
}

function isChanged({ key, changing }: Pick<ActualState, 'key' | 'changing'>): boolean {
  return key === NEW_KEY && !changing;
}

/**
 * Whether the run reports a start that the service did not receive. The cancellation may have interrupted one request
 * before it arrived.
 */
function isStartInTransit({ changed }: StreamReport, state: ActualState | undefined): boolean {
  if (state === undefined) return false;
  // The run may not have read a rejection that came at the time of the cancellation.
  const wereRejectionsRead = state.starts.every(({ beforeCancelMs }) => beforeCancelMs > 0);
  return changed && !mayHaveTakenEffect(state) && wereRejectionsRead;
}

function mayHaveTakenEffect({ starts }: ActualState): boolean {
  return starts.some(({ request }) => request.accepted || request.status === 0);
}

/** Asserts that the report of a stream matches its actual state: whether a change was sent, how it ended, and the key. */
function expectReportMatchesState(kind: Kind, stream: StreamReport, state: ActualState | undefined): void {
  if (state === undefined) throw new Error(`There is no stream ${stream.name}`);
  const { name, outcome, changed, status, encrypted, keyId, message } = stream;
  const { previousKey } = state;
  expect(name).toBe(state.name);
  if (mayHaveTakenEffect(state)) expect(changed).toBe(true);

  const seen = { encrypted, keyId, changed };
  const onNewKey = { encrypted: 'true', keyId: NEW_KEY, changed: true };
  if (keyId === NEW_KEY) expect(isChanged(state)).toBe(true);
  if (outcome === 'enabled' || outcome === 'rekeyed') {
    expect({ outcome, ...seen }).toEqual({ outcome: previousKey === null ? 'enabled' : 'rekeyed', ...onNewKey });
  } else if (outcome === 'planned' || outcome === 'non-compliant') {
    expect({ changed, keyId }).toEqual({ changed: false, keyId: previousKey });
  } else {
    expect(outcome).toBe('cancelled');
    expect(message).toMatch(
      changed ? /The change to \S+ (was sent|ended)/ : /(No change was sent|The service accepted no change)\./
    );
    const notObserved = { encrypted: 'unknown', keyId: null, changed: false };
    const duringChange = changed && kind === 'firehose' ? 'unknown' : 'true';
    const onPreviousKey = { encrypted: previousKey === null ? 'false' : duringChange, keyId: previousKey, changed };
    const observed = keyId === NEW_KEY ? onNewKey : onPreviousKey;
    expect(seen).toEqual(status === null ? notObserved : observed);
  }
}

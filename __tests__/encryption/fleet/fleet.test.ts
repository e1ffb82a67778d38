import { describe, expect, test } from '@jest/globals';
import { type FleetTools, formatProgress, type Progress, runFleet } from '../../../src/encryption/fleet/fleet.ts';
import { KeyCache } from '../../../src/encryption/keys/key-cache.ts';
import type { SelectedStream, StreamKind } from '../../../src/encryption/model.ts';
import type { FleetContext } from '../../../src/encryption/stream/stream-run.ts';
import { active } from '../../support/observations.ts';
import { SimulatedKeys } from '../../support/simulated-keys.ts';
import { SimulatedStream } from '../../support/simulated-stream.ts';
import { NO_SOURCES } from '../../support/sources.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

function streams(count: number, kind: StreamKind = 'kinesis'): SelectedStream[] {
  return Array.from({ length: count }, (_, index) => ({ stream: { kind, name: `${index}`, arn: null }, named: true }));
}

/** Runs these streams as a fleet on a virtual clock, and returns when they started and what progress was reported. */
async function runStreams(
  fleet: readonly SelectedStream[],
  takesMs: (index: number) => number,
  onStart?: (fleet: FleetContext, index: number) => void
) {
  const clock = new VirtualClock();
  const startedMs: number[] = [];
  const progress: Progress[] = [];
  const tools: FleetTools = {
    serviceOf: async () => new SimulatedStream(clock, active()),
    maxChanges: null,
    onProgress: (one) => progress.push(one),
    keys: new KeyCache(new SimulatedKeys()),
    sources: NO_SOURCES,
    clock,
    random: () => 0.5,
    cancelled: new AbortController().signal
  };
  const run = runFleet(fleet, tools, async ({ stream: { name } }, { fleet: context, cancelled }) => {
    startedMs.push(clock.now());
    onStart?.(context, Number(name));
    await clock.sleep(takesMs(Number(name)), cancelled).catch(() => undefined);
  });
  await clock.finish(run);
  expect(clock.timers).toBe(0);
  return { startedMs, progress };
}

test('a fleet knows how long the streams that have not started will take, at the pace so far', async () => {
  const remainingMs: number[] = [];
  const onStart = (fleet: FleetContext) => remainingMs.push(fleet.estimatedRemainingMs());
  await runStreams(streams(32), () => 1_000, onStart);
  // Eight streams start every second: after one second the 23 that are left take 1,000 ms ÷ 9 each.
  expect(remainingMs[0]).toBe(0);
  expect(remainingMs[8]).toBeCloseTo((1_000 / 9) * 23);
  expect(remainingMs.at(-1)).toBe(0);
});

describe('the start-up concurrency', () => {
  test('is eight streams of each kind: another one starts when one of them ends', async () => {
    const fleet = [...streams(20), ...streams(10, 'firehose')];
    const { startedMs } = await runStreams(fleet, () => 1_000);
    expect([0, 1_000, 2_000].map((atMs) => startedMs.filter((ms) => ms === atMs).length)).toEqual([16, 10, 4]);
  });

  test.each<[string, (fleet: FleetContext) => void, number]>([
    ['ends, if its first request waits for the rate limiter', () => {}, 60_000],
    ['ends, if it was described and its change is not accepted yet', (fleet) => describedBy(fleet), 60_000],
    ['has not been described within ten seconds of its first request', (fleet) => fleet.ready(), 10_000],
    ['waits for a retry', (fleet) => describedBy(fleet).releaseSlot(), 0],
    ['waits for a change to end', (fleet) => fleet.setWaiting(true), 0]
  ])('counts a stream until it %s', async (_, onStart, nextStartMs) => {
    const { startedMs } = await runStreams(streams(10), () => 60_000, onStart);
    expect(startedMs).toEqual([...Array(8).fill(0), nextStartMs, nextStartMs]);
  });

  function describedBy(fleet: FleetContext): FleetContext {
    fleet.ready();
    fleet.described();
    return fleet;
  }
});

describe('the progress', () => {
  test('is formatted with the time left at the pace so far', () => {
    const format = (done: number) => formatProgress({ total: 1_000, done, waiting: 8, elapsedMs: 30_000 });
    expect(format(0)).toBe('0 of 1000 streams done, 8 waiting for a change to end, 992 left');
    expect(format(960)).toMatch(/32 left; about 2 s left at this pace$/);
    expect(format(120)).toMatch(/about 4 min left at this pace$/);
    expect(format(4)).toMatch(/about 2.1 h left at this pace$/);
  });

  test('is reported every 30 seconds, with the streams that wait for a change to end', async () => {
    const settles = (fleet: FleetContext) => {
      for (const isWaiting of [true, true, false]) fleet.setWaiting(isWaiting);
    };
    const { progress } = await runStreams(
      streams(3),
      (index) => (index === 0 ? 25_000 : 70_000),
      (fleet, index) => (index === 2 ? settles(fleet) : fleet.setWaiting(true))
    );
    expect(progress).toEqual([
      { total: 3, done: 1, waiting: 1, elapsedMs: 30_000 },
      { total: 3, done: 1, waiting: 1, elapsedMs: 60_000 }
    ]);
  });
});

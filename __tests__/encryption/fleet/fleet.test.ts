import { describe, expect, test } from '@jest/globals';
import {
  type FleetTools,
  formatProgress,
  type Progress,
  type RunOne,
  runFleet
} from '../../../src/encryption/fleet/fleet.ts';
import { KeyCache } from '../../../src/encryption/keys/key-cache.ts';
import type { Result, SelectedStream, StreamKind } from '../../../src/encryption/model.ts';
import { Cancelled } from '../../../src/encryption/ports.ts';
import type { FleetContext } from '../../../src/encryption/stream/stream-run.ts';
import { active } from '../../support/observations.ts';
import { result } from '../../support/results.ts';
import { SimulatedKeys } from '../../support/simulated-keys.ts';
import { SimulatedStream } from '../../support/simulated-stream.ts';
import { NO_SOURCES } from '../../support/sources.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

function streams(count: number, kind: StreamKind = 'kinesis'): SelectedStream[] {
  return Array.from({ length: count }, (_, index) => ({ stream: { kind, name: `${index}`, arn: null }, named: true }));
}

/** A fleet on a virtual clock, and what happened in it. */
function createFleet() {
  const clock = new VirtualClock();
  const cancel = new AbortController();
  const service = new SimulatedStream(clock, active());
  const started: string[] = [];
  const startedMs: number[] = [];
  const ended: string[] = [];
  const progress: Progress[] = [];
  const tools: FleetTools = {
    serviceOf: async () => service,
    maxChanges: null,
    onProgress: (one) => progress.push(one),
    keys: new KeyCache(new SimulatedKeys()),
    sources: NO_SOURCES,
    clock,
    random: () => 0.5,
    cancelled: cancel.signal
  };
  /** Runs a stream that takes this long. `onStart` is what it reports to the fleet at its start. */
  const taking =
    (ms: (index: number) => number, onStart: (fleet: FleetContext, index: number) => void = () => {}): RunOne<Result> =>
    async ({ stream: { kind, name } }, { fleet, cancelled }) => {
      started.push(name);
      startedMs.push(clock.now());
      onStart(fleet, Number(name));
      const outcome = await clock.sleep(ms(Number(name)), cancelled).then(
        (): Result['outcome'] => 'rekeyed',
        (): Result['outcome'] => 'cancelled'
      );
      ended.push(`${kind} ${name}`);
      return result({ kind, name, outcome });
    };
  const run = (fleet: readonly SelectedStream[], runOne: RunOne<Result>) =>
    clock.finish(runFleet(fleet, tools, runOne));
  return { clock, cancel, started, startedMs, ended, progress, taking, run };
}

const waits = (fleet: FleetContext) => fleet.setWaiting(true);

describe('a fleet', () => {
  test('returns its results in the order of the streams', async () => {
    const { run, taking, ended } = createFleet();
    const fleet = [...streams(3), ...streams(2, 'firehose')];
    const results = await run(
      fleet,
      taking((index) => 1_000 - index * 400)
    );
    expect(results.map(({ kind, name }) => `${kind} ${name}`)).toEqual(
      fleet.map(({ stream }) => `${stream.kind} ${stream.name}`)
    );
    expect(ended[0]).toBe('kinesis 2');
    expect(ended).toHaveLength(5);
  });

  test('without streams ends immediately', async () => {
    const { run, taking, clock } = createFleet();
    expect(
      await run(
        [],
        taking(() => 1)
      )
    ).toEqual([]);
    expect(clock.timers).toBe(0);
  });

  test('leaves no timer behind', async () => {
    const { run, taking, clock } = createFleet();
    await run(
      streams(20),
      taking(() => 50)
    );
    expect(clock.timers).toBe(0);
  });
});

describe('the start-up concurrency', () => {
  test('is eight streams of a kind: another starts when one of them ends', async () => {
    const { run, taking, startedMs } = createFleet();
    await run(
      streams(20),
      taking(() => 1_000)
    );
    expect(startedMs.filter((ms) => ms === 0)).toHaveLength(8);
    expect(startedMs.filter((ms) => ms === 1_000)).toHaveLength(8);
    expect(startedMs.filter((ms) => ms === 2_000)).toHaveLength(4);
  });

  test('applies to each service separately', async () => {
    const { run, taking, startedMs } = createFleet();
    await run(
      [...streams(10), ...streams(10, 'firehose')],
      taking(() => 1_000)
    );
    expect(startedMs.filter((ms) => ms === 0)).toHaveLength(16);
  });

  test('does not count a stream that waits for a change to end', async () => {
    const { run, taking, startedMs } = createFleet();
    await run(
      streams(20),
      taking(() => 1_000, waits)
    );
    expect(startedMs).toEqual(streams(20).map(() => 0));
  });

  test('does not count a stream that waits for a retry: eight that are throttled for ever delay no other', async () => {
    const { run, taking, startedMs } = createFleet();
    await run(
      streams(9),
      taking(
        (index) => (index < 8 ? 600_000 : 1_000),
        (fleet) => {
          fleet.ready();
          fleet.described();
          fleet.releaseSlot();
        }
      )
    );
    expect(startedMs.at(-1)).toBe(0);
  });

  test('counts a stream that was described, however long it takes until its change is accepted', async () => {
    const { run, taking, startedMs } = createFleet();
    await run(
      streams(10),
      taking(
        () => 60_000,
        (fleet) => {
          fleet.ready();
          fleet.described();
        }
      )
    );
    expect(startedMs.slice(8)).toEqual([60_000, 60_000]);
  });

  test('counts a stream whose first request waits for the rate limiter, however long', async () => {
    const { run, taking, startedMs } = createFleet();
    await run(
      streams(10),
      taking(() => 60_000)
    );
    expect(startedMs.slice(8)).toEqual([60_000, 60_000]);
  });

  test('stops counting a stream that was not described within ten seconds of its first request', async () => {
    const { run, taking, startedMs } = createFleet();
    await run(
      streams(10),
      taking(
        () => 60_000,
        (fleet) => fleet.ready()
      )
    );
    expect(startedMs.slice(8)).toEqual([10_000, 10_000]);
  });
});

test('a stream knows how long the streams that have not started will take, at the pace so far', async () => {
  const { run, taking } = createFleet();
  const remainingMs: number[] = [];
  await run(
    streams(32),
    taking(
      () => 1_000,
      (fleet) => remainingMs.push(fleet.estimatedRemainingMs())
    )
  );
  // Eight streams start every second: after one second the 23 that are left take 1,000 ms ÷ 9 each.
  expect(remainingMs[0]).toBe(0);
  expect(remainingMs[8]).toBeCloseTo((1_000 / 9) * 23);
  expect(remainingMs[16]).toBeCloseTo((2_000 / 17) * 15);
  expect(remainingMs.at(-1)).toBe(0);
});

test('a cancelled run ends immediately, with a result for every stream', async () => {
  const { run, taking, cancel, clock, started } = createFleet();
  clock.at(2_500, () => cancel.abort(new Cancelled()));
  const results = await run(
    streams(50),
    taking(() => 10_000)
  );
  expect(clock.now()).toBe(2_500);
  expect(results.map(({ outcome }) => outcome)).toEqual(streams(50).map(() => 'cancelled'));
  expect(started).toHaveLength(50);
  expect(clock.timers).toBe(0);
});

describe('the progress', () => {
  test.each([
    [{ done: 0, waiting: 8 }, '0 of 1000 streams done, 8 waiting for a change to end, 992 left'],
    [
      { done: 960, waiting: 0 },
      '960 of 1000 streams done, 0 waiting for a change to end, 40 left; about 2 s left at this pace'
    ],
    [
      { done: 120, waiting: 12 },
      '120 of 1000 streams done, 12 waiting for a change to end, 868 left; about 4 min left at this pace'
    ],
    [
      { done: 4, waiting: 12 },
      '4 of 1000 streams done, 12 waiting for a change to end, 984 left; about 2.1 h left at this pace'
    ]
  ])('%j is formatted with the time left', (progress, text) => {
    expect(formatProgress({ total: 1_000, elapsedMs: 30_000, ...progress })).toBe(text);
  });

  test('is reported every 30 seconds', async () => {
    const { run, taking, progress, clock } = createFleet();
    await run(
      streams(3),
      taking(
        (index) => (index === 1 ? 70_000 : 25_000 * (index + 1)),
        (fleet, index) => fleet.setWaiting(index === 1)
      )
    );
    expect(progress).toEqual([
      { total: 3, done: 1, waiting: 1, elapsedMs: 30_000 },
      { total: 3, done: 1, waiting: 1, elapsedMs: 60_000 }
    ]);
    expect(clock.timers).toBe(0);
  });

  test('does not count a stream that settles as waiting', async () => {
    const { run, taking, progress } = createFleet();
    await run(
      streams(3),
      taking(
        () => 40_000,
        (fleet) => {
          fleet.setWaiting(true);
          fleet.setWaiting(true);
          fleet.setWaiting(false);
        }
      )
    );
    expect(progress).toEqual([{ total: 3, done: 0, waiting: 0, elapsedMs: 30_000 }]);
  });
});

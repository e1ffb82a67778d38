import { describe, expect, test } from '@jest/globals';
import {
  type FleetTools,
  formatProgress,
  type Progress,
  runFleet,
  type Story
} from '../../../src/encryption/fleet/fleet.ts';
import { KeyCache } from '../../../src/encryption/keys/key-cache.ts';
import type { Result, SelectedStream, StreamKind } from '../../../src/encryption/model.ts';
import { Cancelled } from '../../../src/encryption/ports.ts';
import type { StreamTools } from '../../../src/encryption/stream/stream-run.ts';
import { active } from '../../support/observations.ts';
import { result } from '../../support/results.ts';
import { SimulatedKeys } from '../../support/simulated-keys.ts';
import { SimulatedStream } from '../../support/simulated-stream.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

type Within = Omit<StreamTools, 'log'>;

/** A service whose rate lets a stream begin every so often. */
class PacedService extends SimulatedStream {
  readonly #turns: (signal: AbortSignal) => Promise<void>;

  constructor(clock: VirtualClock, everyMs: number) {
    super(clock, active());
    let freeAtMs = 0;
    this.#turns = async (signal) => {
      const atMs = Math.max(clock.now(), freeAtMs);
      freeAtMs = atMs + everyMs;
      if (atMs > clock.now()) await clock.sleep(atMs - clock.now(), signal);
    };
  }

  override ready(signal: AbortSignal): Promise<void> {
    return this.#turns(signal);
  }
}

function streams(count: number, kind: StreamKind = 'kinesis'): SelectedStream[] {
  return Array.from({ length: count }, (_, index) => ({ stream: { kind, name: `${index}`, arn: null }, named: true }));
}

/** What a fleet runs with, and what it tells on its way. */
function fleetScene({ everyMs = 100 } = {}) {
  const clock = new VirtualClock();
  const cancel = new AbortController();
  const services = { kinesis: new PacedService(clock, everyMs), firehose: new PacedService(clock, everyMs) };
  const told = { ended: [] as string[], progress: [] as Progress[], began: [] as string[], beganMs: [] as number[] };
  const tools: FleetTools = {
    serviceOf: async (kind) => services[kind],
    onProgress: (progress) => told.progress.push(progress),
    keys: new KeyCache(new SimulatedKeys()),
    clock,
    random: () => 0.5,
    cancelled: cancel.signal
  };
  /** A story that takes this long, and what happens in it. */
  const story =
    (
      ms: (index: number) => number,
      within: (tools: Within, chosen: SelectedStream) => void = () => {}
    ): Story<Result> =>
    async (chosen, its) => {
      told.began.push(chosen.stream.name);
      told.beganMs.push(clock.now());
      within(its, chosen);
      const { kind, name } = chosen.stream;
      const outcome = await clock.sleep(ms(Number(name)), its.cancelled).then(
        (): Result['outcome'] => 'rekeyed',
        (): Result['outcome'] => 'cancelled'
      );
      told.ended.push(`${kind} ${name}`);
      return result({ kind, name, outcome });
    };
  const run = (fleet: readonly SelectedStream[], what: Story<Result>) => clock.finish(runFleet(fleet, tools, what));
  return { clock, cancel, told, story, run };
}

describe('a fleet', () => {
  test('has its results in the order of the streams, whichever ends first', async () => {
    const { run, story, told } = fleetScene();
    const fleet = [...streams(3), ...streams(2, 'firehose')];
    const results = await run(
      fleet,
      story((index) => 1_000 - index * 400)
    );
    expect(results.map(({ kind, name }) => `${kind} ${name}`)).toEqual(
      fleet.map(({ stream }) => `${stream.kind} ${stream.name}`)
    );
    expect(told.ended[0]).toBe('kinesis 2');
    expect(told.ended).toHaveLength(5);
  });

  test('of no streams ends at once', async () => {
    const { run, story, clock } = fleetScene();
    expect(
      await run(
        [],
        story(() => 1)
      )
    ).toEqual([]);
    expect(clock.timers).toBe(0);
  });

  test('begins a stream when the rate has room for its first request, both services side by side', async () => {
    const { run, story, told } = fleetScene({ everyMs: 250 });
    await run(
      [...streams(3), ...streams(3, 'firehose')],
      story(() => 10)
    );
    expect(told.beganMs).toEqual([0, 0, 250, 250, 500, 500]);
  });

  test('leaves no timer behind', async () => {
    const { run, story, clock } = fleetScene();
    await run(
      streams(20),
      story(() => 50)
    );
    expect(clock.timers).toBe(0);
  });
});

describe('at its beginning', () => {
  test('are eight streams of a kind at most: another begins when one of them ends', async () => {
    const { run, story, told } = fleetScene({ everyMs: 0 });
    await run(
      streams(20),
      story(() => 1_000)
    );
    expect(told.beganMs.filter((ms) => ms === 0)).toHaveLength(8);
    expect(told.beganMs.filter((ms) => ms === 1_000)).toHaveLength(8);
    expect(told.beganMs.filter((ms) => ms === 2_000)).toHaveLength(4);
  });

  test('a stream is no longer when it waits for a change to end', async () => {
    const { run, story, told } = fleetScene({ everyMs: 0 });
    const waits = ({ fleet }: Within) => fleet.setWaiting(true);
    await run(
      streams(20),
      story(() => 1_000, waits)
    );
    expect(told.beganMs).toEqual(streams(20).map(() => 0));
  });

  test('a stream that has been looked at keeps its place, however long the rate holds up its start', async () => {
    const { run, story, told } = fleetScene({ everyMs: 0 });
    await run(
      streams(10),
      story(
        () => 60_000,
        ({ fleet }) => fleet.observed()
      )
    );
    expect(told.beganMs.slice(8)).toEqual([60_000, 60_000]);
  });

  test('a stream that is held up for ten seconds holds up no others', async () => {
    const { run, story, told } = fleetScene({ everyMs: 0 });
    await run(
      streams(10),
      story(() => 60_000)
    );
    expect(told.beganMs.slice(8)).toEqual([10_000, 10_000]);
  });
});

test('a stream knows how long those that have not begun will take, and how many wait', async () => {
  const { run, story } = fleetScene();
  const known: number[][] = [];
  const notes = ({ fleet }: Within) => {
    known.push([fleet.estimatedRemainingMs(), fleet.waiting()]);
    fleet.setWaiting(true);
    fleet.setWaiting(true);
  };
  await run(
    streams(4),
    story((index) => (index === 0 ? 250 : 10_000), notes)
  );
  // Each change takes 200 ms of the account's rates; the first stream has ended before the fourth begins.
  expect(known).toEqual([
    [600, 0],
    [400, 1],
    [200, 2],
    [0, 2]
  ]);
});

test('a stream that settles waits no more', async () => {
  const { run, story } = fleetScene();
  const waiting: number[] = [];
  const notes = ({ fleet }: Within) => {
    waiting.push(fleet.waiting());
    fleet.setWaiting(true);
    fleet.setWaiting(false);
  };
  await run(
    streams(3),
    story(() => 10_000, notes)
  );
  expect(waiting).toEqual([0, 0, 0]);
});

test('a run that is cancelled ends at once, with a result for every stream', async () => {
  const { run, story, cancel, clock, told } = fleetScene({ everyMs: 1_000 });
  clock.at(2_500, () => cancel.abort(new Cancelled()));
  const results = await run(
    streams(50),
    story(() => 10_000)
  );
  expect(clock.now()).toBe(2_500);
  expect(results.map(({ outcome }) => outcome)).toEqual(streams(50).map(() => 'cancelled'));
  expect(told.began).toHaveLength(50);
  expect(clock.timers).toBe(0);
});

test.each([
  [{ done: 0, waiting: 8 }, '0 of 1000 streams done, 8 waiting for a change to end, 992 left'],
  [
    { done: 960, waiting: 0 },
    '960 of 1000 streams done, 0 waiting for a change to end, 40 left; about 2 s to go at this pace'
  ],
  [
    { done: 120, waiting: 12 },
    '120 of 1000 streams done, 12 waiting for a change to end, 868 left; about 4 min to go at this pace'
  ],
  [
    { done: 4, waiting: 12 },
    '4 of 1000 streams done, 12 waiting for a change to end, 984 left; about 2.1 h to go at this pace'
  ]
])('progress in words: %j', (how, words) => {
  expect(formatProgress({ total: 1_000, elapsedMs: 30_000, ...how })).toBe(words);
});

test('a long run tells every half minute how far it is', async () => {
  const { run, story, told, clock } = fleetScene({ everyMs: 20_000 });
  const waits = ({ fleet }: Within, { stream }: SelectedStream) => {
    if (stream.name === '1') fleet.setWaiting(true);
  };
  await run(
    streams(3),
    story((index) => (index === 1 ? 60_000 : 5_000), waits)
  );
  expect(told.progress).toEqual([
    { total: 3, done: 1, waiting: 1, elapsedMs: 30_000 },
    { total: 3, done: 2, waiting: 1, elapsedMs: 60_000 }
  ]);
  expect(clock.timers).toBe(0);
});

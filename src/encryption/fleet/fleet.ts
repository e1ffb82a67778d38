/** Runs many streams side by side. */

import type { SelectedStream, StreamKind } from '../model.ts';
import type { StreamService } from '../ports.ts';
import type { FleetContext, StreamTools } from '../stream/stream-run.ts';
import { ChangePlaces } from './max-changes.ts';

/**
 * The start-up concurrency: how many streams of a kind may be between their first request and the acceptance of their
 * change. Enough to use the account's call rates if an answer takes a second, few enough that none waits long for its turn.
 * Streams that wait for a change to end, or for a retry, are not limited.
 */
const MAX_STARTING = 8;
/** A stream whose first observation takes longer after its request gives up its start-up slot, so that it holds up no others. */
const MAX_FIRST_OBSERVATION_MS = 10_000;
const PROGRESS_INTERVAL_MS = 30_000;

/** What the streams of a run share. */
export interface FleetTools extends Omit<StreamTools, 'service' | 'fleet' | 'log'> {
  readonly serviceOf: (kind: StreamKind) => Promise<StreamService>;
  /** The most changes of the run; null if they are not limited. */
  readonly maxChanges: number | null;
  readonly onProgress: (progress: Progress) => void;
}

/** How far a run has come. */
export interface Progress {
  readonly total: number;
  readonly done: number;
  /** Streams that wait for a change to end. */
  readonly waiting: number;
  readonly elapsedMs: number;
}

/** The progress, and the time left at this pace. */
export function formatProgress({ total, done, waiting, elapsedMs }: Progress): string {
  const notDone = total - done;
  const counts = `${done} of ${total} streams done, ${waiting} waiting for a change to end, ${notDone - waiting} left`;
  return done === 0 ? counts : `${counts}; about ${formatDuration((elapsedMs / done) * notDone)} left at this pace`;
}

function formatDuration(ms: number): string {
  const seconds = ms / 1_000;
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  return seconds < 5_400 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3_600).toFixed(1)} h`;
}

/** Runs one stream. Never rejects. */
export type RunOne<End> = (stream: SelectedStream, tools: Omit<StreamTools, 'log'>) => Promise<End>;

/**
 * Runs every stream, both services side by side, since each has call rates of its own. Returns one
 * result per stream, in their order, even if the run is cancelled.
 */
export async function runFleet<End>(
  streams: readonly SelectedStream[],
  tools: FleetTools,
  runOne: RunOne<End>
): Promise<End[]> {
  const ends = new Map<SelectedStream, End>();
  const places = tools.maxChanges === null ? null : new ChangePlaces(tools.maxChanges, streams.length);
  const indexed = streams.map((stream, index) => ({ stream, index }));
  const groups = await Promise.all(
    [...Map.groupBy(indexed, ({ stream }) => stream.stream.kind)].map(
      async ([kind, members]) => new Group(members, places, await tools.serviceOf(kind), tools)
    )
  );
  const progress = reportProgress(tools, (elapsedMs) => {
    const waiting = groups.reduce((sum, group) => sum + group.waiting, 0);
    return { total: streams.length, done: ends.size, waiting, elapsedMs };
  });
  await Promise.all(
    groups.map((group) =>
      group.run(async (stream, streamTools) => {
        ends.set(stream, await runOne(stream, streamTools));
      })
    )
  );
  progress.abort();
  return streams.flatMap((stream) => ends.get(stream) ?? []);
}

/** Reports the progress at intervals, until it is aborted. */
function reportProgress({ clock, onProgress }: FleetTools, progress: (elapsedMs: number) => Progress): AbortController {
  const ended = new AbortController();
  const startedMs = clock.now();
  const report = async () => {
    while (!ended.signal.aborted) {
      await clock.sleep(PROGRESS_INTERVAL_MS, ended.signal).then(
        () => onProgress(progress(clock.now() - startedMs)),
        () => {
          // The run has ended.
        }
      );
    }
  };
  void report();
  return ended;
}

/** A stream and its place in the order of selection. */
interface IndexedStream {
  readonly stream: SelectedStream;
  readonly index: number;
}

/** The streams of one kind. */
class Group {
  readonly #streams: readonly IndexedStream[];
  readonly #places: ChangePlaces | null;
  readonly #service: StreamService;
  readonly #tools: FleetTools;
  readonly #startedMs: number;
  readonly #ended = new AbortController();
  #started = 0;
  #slotsTaken = 0;
  #onSlotFree: () => void = () => {};
  /** How many wait for a change to end. */
  waiting = 0;

  constructor(
    streams: readonly IndexedStream[],
    places: ChangePlaces | null,
    service: StreamService,
    tools: FleetTools
  ) {
    this.#streams = streams;
    this.#places = places;
    this.#service = service;
    this.#tools = tools;
    this.#startedMs = tools.clock.now();
  }

  async run(runOne: RunOne<void>): Promise<void> {
    const running: Promise<void>[] = [];
    for (const stream of this.#streams) {
      await this.#slotFree();
      this.#started += 1;
      this.#slotsTaken += 1;
      running.push(this.#run(stream, runOne));
    }
    await Promise.all(running);
    this.#ended.abort();
  }

  async #run({ stream, index }: IndexedStream, runOne: RunOne<void>): Promise<void> {
    const { clock, random, keys, sources, cancelled } = this.#tools;
    const places = this.#places;
    const admit = places === null ? null : () => places.admit(index);
    const fleet = new Member(this, admit, () => places?.changed(index));
    await runOne(stream, { service: this.#service, keys, sources, clock, random, cancelled, fleet });
    fleet.setWaiting(false);
    places?.ended(index);
  }

  /** How long the streams that have not started yet will take at the pace so far. */
  estimatedRemainingMs(): number {
    const elapsedMs = this.#tools.clock.now() - this.#startedMs;
    return (elapsedMs / this.#started) * (this.#streams.length - this.#started);
  }

  /** Calls back after `ms`, unless all streams have ended by then. */
  after(ms: number, callback: () => void): void {
    this.#tools.clock.sleep(ms, this.#ended.signal).then(callback, () => {
      // All streams have ended.
    });
  }

  releaseSlot(): void {
    this.#slotsTaken -= 1;
    this.#onSlotFree();
  }

  async #slotFree(): Promise<void> {
    if (this.#slotsTaken < MAX_STARTING) return;
    await new Promise<void>((resolve) => {
      this.#onSlotFree = resolve;
    });
  }
}

/** A stream of a group, and its start-up slot. */
class Member implements FleetContext {
  readonly admit: FleetContext['admit'];
  readonly changed: () => void;
  readonly #group: Group;
  #hasSlot = true;
  #isReady = false;
  #isDescribed = false;
  #isWaiting = false;

  constructor(group: Group, admit: FleetContext['admit'], changed: () => void) {
    this.#group = group;
    this.admit = admit;
    this.changed = changed;
  }

  estimatedRemainingMs(): number {
    return this.#group.estimatedRemainingMs();
  }

  ready(): void {
    if (this.#isReady) return;
    this.#isReady = true;
    this.#group.after(MAX_FIRST_OBSERVATION_MS, () => {
      if (!this.#isDescribed) this.releaseSlot();
    });
  }

  described(): void {
    this.#isDescribed = true;
  }

  setWaiting(isWaiting: boolean): void {
    this.releaseSlot();
    this.#group.waiting += Number(isWaiting) - Number(this.#isWaiting);
    this.#isWaiting = isWaiting;
  }

  releaseSlot(): void {
    if (!this.#hasSlot) return;
    this.#hasSlot = false;
    this.#group.releaseSlot();
  }
}

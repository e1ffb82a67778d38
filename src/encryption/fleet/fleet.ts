/** Runs many streams side by side. */

import type { SelectedStream, StreamKind } from '../model.ts';
import type { StreamService } from '../ports.ts';
import type { FleetContext, StreamTools } from '../stream/stream-run.ts';

/**
 * The concurrency of the start-up: how many streams of a kind are between their first request and the acceptance of their
 * change. Enough to use the account's call rates if an answer takes a second, few enough that none waits long for its turn.
 */
const MAX_STARTING = 8;
/** A stream whose first observation takes longer gives up its start-up slot, so that it holds up no others. */
const MAX_FIRST_OBSERVATION_MS = 10_000;
const PROGRESS_INTERVAL_MS = 30_000;

/** What the streams of a run share. */
export interface FleetTools extends Omit<StreamTools, 'service' | 'fleet' | 'log'> {
  readonly serviceOf: (kind: StreamKind) => Promise<StreamService>;
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
 * Runs every stream, both services side by side, since each has call rates of its own. Resolves with their ends in the
 * order of the streams; a cancelled run has an end for each of them, too.
 */
export async function runFleet<End>(
  streams: readonly SelectedStream[],
  tools: FleetTools,
  runOne: RunOne<End>
): Promise<End[]> {
  const ends = new Map<SelectedStream, End>();
  const groups = await Promise.all(
    [...Map.groupBy(streams, ({ stream }) => stream.kind)].map(
      async ([kind, members]) => new Group(members, await tools.serviceOf(kind), tools)
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
  const next = (): Promise<void> =>
    clock.sleep(PROGRESS_INTERVAL_MS, ended.signal).then(
      () => {
        onProgress(progress(clock.now() - startedMs));
        return next();
      },
      () => {
        // The run has ended.
      }
    );
  void next();
  return ended;
}

/** The streams of one kind. */
class Group {
  readonly #streams: readonly SelectedStream[];
  readonly #service: StreamService;
  readonly #tools: FleetTools;
  readonly #startedMs: number;
  #started = 0;
  #starting = 0;
  #onSlotFree: () => void = () => {};
  /** How many wait for a change to end. */
  waiting = 0;

  constructor(streams: readonly SelectedStream[], service: StreamService, tools: FleetTools) {
    this.#streams = streams;
    this.#service = service;
    this.#tools = tools;
    this.#startedMs = tools.clock.now();
  }

  async run(runOne: RunOne<void>): Promise<void> {
    const running: Promise<void>[] = [];
    for (const stream of this.#streams) {
      await this.#slotFree();
      this.#started += 1;
      running.push(this.#run(stream, runOne));
    }
    await Promise.all(running);
  }

  async #run(stream: SelectedStream, runOne: RunOne<void>): Promise<void> {
    const { clock, random, keys, cancelled } = this.#tools;
    const slot = this.#takeSlot();
    let isWaiting = false;
    const fleet: FleetContext = {
      estimatedRemainingMs: () => this.#estimatedRemainingMs(),
      observed: () => slot.keep(),
      setWaiting: (now) => {
        slot.release();
        this.waiting += Number(now) - Number(isWaiting);
        isWaiting = now;
      }
    };
    await runOne(stream, { service: this.#service, keys, clock, random, cancelled, fleet });
    fleet.setWaiting(false);
  }

  /** How long the streams that have not started yet will take at the pace so far. */
  #estimatedRemainingMs(): number {
    const elapsedMs = this.#tools.clock.now() - this.#startedMs;
    return (elapsedMs / this.#started) * (this.#streams.length - this.#started);
  }

  async #slotFree(): Promise<void> {
    if (this.#starting < MAX_STARTING) return;
    await new Promise<void>((resolve) => {
      this.#onSlotFree = resolve;
    });
  }

  /** Takes a start-up slot until it is released, or for `MAX_FIRST_OBSERVATION_MS` unless it is kept by then. */
  #takeSlot(): { readonly keep: () => void; readonly release: () => void } {
    const kept = new AbortController();
    let isReleased = false;
    const release = () => {
      kept.abort();
      if (isReleased) return;
      isReleased = true;
      this.#starting -= 1;
      this.#onSlotFree();
    };
    this.#starting += 1;
    this.#tools.clock.sleep(MAX_FIRST_OBSERVATION_MS, kept.signal).then(release, () => {
      // Kept, or released already.
    });
    return { keep: () => kept.abort(), release };
  }
}

/** Many streams side by side, at the pace that the account's rates allow. */

import type { SelectedStream, StreamKind } from '../model.ts';
import type { Clock, StreamService } from '../ports.ts';
import type { FleetContext } from '../stream/fleet-context.ts';
import type { StreamTools } from '../stream/stream-run.ts';

/**
 * How many streams of a kind are between their first request and the acceptance of their change at a time: enough to keep
 * the rates busy where an answer takes a second, few enough that none waits long for its turn.
 */
const AT_THE_BEGINNING = 8;
/** A stream whose first look takes longer than this holds up no others. */
const LONGEST_FIRST_LOOK_MS = 10_000;
const PROGRESS_EVERY_MS = 30_000;

/** What the streams of a run share. */
export interface FleetTools extends Omit<StreamTools, 'service' | 'fleet' | 'log'> {
  readonly serviceOf: (kind: StreamKind) => Promise<StreamService>;
  readonly onProgress: (progress: Progress) => void;
}

/** How far a run is. */
export interface Progress {
  readonly total: number;
  readonly done: number;
  /** Streams that wait for a change to end. */
  readonly waiting: number;
  readonly elapsedMs: number;
}

/** How far a run is, and how long it still takes at this pace. */
export function formatProgress({ total, done, waiting, elapsedMs }: Progress): string {
  const notDone = total - done;
  const so = `${done} of ${total} streams done, ${waiting} waiting for a change to end, ${notDone - waiting} left`;
  return done === 0 ? so : `${so}; about ${formatDuration((elapsedMs / done) * notDone)} to go at this pace`;
}

function formatDuration(ms: number): string {
  const seconds = ms / 1_000;
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  return seconds < 5_400 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3_600).toFixed(1)} h`;
}

/** What is done with one stream, and what it comes to. Never rejects. */
export type Story<End> = (chosen: SelectedStream, tools: Omit<StreamTools, 'log'>) => Promise<End>;

/**
 * Runs the story of each stream, those of both services side by side, since each has rates of its own. The ends come in
 * the order of the streams. A run that is cancelled has an end for each of them, too.
 */
export async function runFleet<End>(
  fleet: readonly SelectedStream[],
  tools: FleetTools,
  story: Story<End>
): Promise<End[]> {
  const ends = new Map<SelectedStream, End>();
  const kinds = [...Map.groupBy(fleet, ({ stream }) => stream.kind)];
  const groups = await Promise.all(
    kinds.map(async ([kind, streams]) => new Group(streams, await tools.serviceOf(kind), tools))
  );
  const waiting = () => groups.reduce((sum, group) => sum + group.waiting, 0);
  const telling = tellProgress(tools, (elapsedMs) => ({
    total: fleet.length,
    done: ends.size,
    waiting: waiting(),
    elapsedMs
  }));
  const ended = async (chosen: SelectedStream, its: Omit<StreamTools, 'log'>) => {
    ends.set(chosen, await story(chosen, its));
  };
  await Promise.all(groups.map((group) => group.run(ended)));
  telling.abort();
  return fleet.flatMap((chosen) => ends.get(chosen) ?? []);
}

/** Tells of the progress now and then, until it is aborted. */
function tellProgress({ clock, onProgress }: FleetTools, progress: (elapsedMs: number) => Progress): AbortController {
  const over = new AbortController();
  every(PROGRESS_EVERY_MS, clock, over.signal, (elapsedMs) => onProgress(progress(elapsedMs)));
  return over;
}

async function every(ms: number, clock: Clock, over: AbortSignal, tell: (elapsedMs: number) => void): Promise<void> {
  const beganMs = clock.now();
  while (!over.aborted) {
    await clock.sleep(ms, over).then(
      () => tell(clock.now() - beganMs),
      () => {
        // It is over.
      }
    );
  }
}

/** The streams of one kind, which share the rates of one service. */
class Group {
  readonly #streams: readonly SelectedStream[];
  readonly #service: StreamService;
  readonly #tools: FleetTools;
  #begun = 0;
  #atTheBeginning = 0;
  #onRoom: () => void = () => {};
  /** How many wait for a change to end. */
  waiting = 0;

  constructor(streams: readonly SelectedStream[], service: StreamService, tools: FleetTools) {
    this.#streams = streams;
    this.#service = service;
    this.#tools = tools;
  }

  async run(story: Story<void>): Promise<void> {
    const running: Promise<void>[] = [];
    for (const chosen of this.#streams) {
      await this.#room();
      // A run that is cancelled goes on: the story of each stream then tells that it was.
      await this.#service.ready(this.#tools.cancelled).catch(() => {});
      this.#begun += 1;
      running.push(this.#runOne(chosen, story));
    }
    await Promise.all(running);
  }

  async #runOne(chosen: SelectedStream, story: Story<void>): Promise<void> {
    const { clock, random, keys, cancelled } = this.#tools;
    const place = this.#takePlace();
    let isWaiting = false;
    const fleet: FleetContext = {
      estimatedRemainingMs: () => (this.#streams.length - this.#begun) * this.#service.msAChange,
      waiting: () => this.waiting,
      observed: () => place.keep(),
      setWaiting: (now) => {
        place.free();
        this.waiting += Number(now) - Number(isWaiting);
        isWaiting = now;
      }
    };
    await story(chosen, { service: this.#service, keys, clock, random, cancelled, fleet });
    fleet.setWaiting(false);
  }

  /** Resolves when one more may be at its beginning. */
  async #room(): Promise<void> {
    if (this.#atTheBeginning < AT_THE_BEGINNING) return;
    await new Promise<void>((resolve) => {
      this.#onRoom = resolve;
    });
  }

  /** One more is at its beginning, until it frees its place; where it does not keep it, it loses it after a while. */
  #takePlace(): { readonly keep: () => void; readonly free: () => void } {
    const kept = new AbortController();
    let isFree = false;
    const free = () => {
      kept.abort();
      if (isFree) return;
      isFree = true;
      this.#atTheBeginning -= 1;
      this.#onRoom();
    };
    this.#atTheBeginning += 1;
    this.#tools.clock.sleep(LONGEST_FIRST_LOOK_MS, kept.signal).then(free, () => {
      // It is kept, or free already.
    });
    return { keep: () => kept.abort(), free };
  }
}

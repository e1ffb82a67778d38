/** The state of many data streams in few requests: ListStreams tells that of a hundred in one. */

import { untilAborted } from '../encryption/deadline.ts';
import type { StreamRef } from '../encryption/model.ts';
import { type Clock, type Glance, type Page, ServiceError } from '../encryption/ports.ts';

/** What ListStreams tells of a stream. */
export interface Listed {
  readonly name: string;
  readonly arn: string;
  readonly status: string;
}

/** How long sweeps are left alone after one that failed, or that showed fewer streams in flight than it took requests. */
const OFF_MS = 60_000;
/** All that wait wait for the sweep: where a page takes longer than this, a look at each of them is sooner. */
const LONGEST_PAGE_MS = 5_000;

/** A list of so many pages takes five seconds, at five pages a second. */
const QUICK_PAGES = 25;

/**
 * The longest list that is worth a sweep, in pages: fewer requests than looks at all that wait take, and no more time, of
 * which twenty looks take as much as five pages.
 */
function mostPages(waiting: number): number {
  return Math.min(waiting - 1, Math.max(QUICK_PAGES, waiting / 4));
}

interface Sweep {
  readonly beganMs: number;
  /** The names and ARNs of the streams that are being updated. */
  readonly updating: ReadonlySet<string>;
}

const nothing = () => null;

/** Sweeps over all streams, shared by those that wait, as long as they cost less than a look at each of these. */
export class Sweeps {
  readonly #list: (next: string | null) => Promise<Page<Listed>>;
  readonly #clock: Clock;
  #last: Sweep | null = null;
  #running: { readonly beganMs: number; readonly sweep: Promise<Sweep | null> } | null = null;
  /** What a sweep costs, in requests: as many as the last one took, or as were found not to be enough. */
  #pages = 1;
  #offUntilMs = Number.NEGATIVE_INFINITY;

  constructor(list: (next: string | null) => Promise<Page<Listed>>, clock: Clock) {
    this.#list = list;
    this.#clock = clock;
  }

  /**
   * Whether a sweep showed, at some time since `sinceMs`, that the stream was being updated. False where none is worth it,
   * or where it takes longer than `withinMs`.
   */
  async showsUpdating({ arn, name }: StreamRef, glance: Glance, signal: AbortSignal): Promise<boolean> {
    const { sinceMs, waiting, withinMs } = glance;
    const over = new AbortController();
    const late = this.#clock.sleep(withinMs, over.signal).then(nothing, nothing);
    try {
      const sweep = await untilAborted(Promise.race([this.#sweepSince(sinceMs, waiting), late]), signal);
      return sweep?.updating.has(arn ?? name) ?? false;
    } finally {
      over.abort();
    }
  }

  async #sweepSince(sinceMs: number, waiting: number): Promise<Sweep | null> {
    for (;;) {
      if (this.#last !== null && this.#last.beganMs >= sinceMs) return this.#last;
      if (this.#pages > mostPages(waiting) || this.#clock.now() < this.#offUntilMs) return null;
      const running = this.#running ?? this.#begin(mostPages(waiting));
      const sweep = await running.sweep;
      if (sweep === null || running.beganMs >= sinceMs) return sweep;
    }
  }

  #begin(most: number) {
    const beganMs = this.#clock.now();
    const sweep = this.#sweep(beganMs, most).finally(() => {
      this.#running = null;
    });
    this.#running = { beganMs, sweep };
    return this.#running;
  }

  /** Goes through the list; null where it is not to be had, or longer than it may be. */
  async #sweep(beganMs: number, most: number): Promise<Sweep | null> {
    const updating = new Set<string>();
    let inFlight = 0;
    let next: string | null = null;
    try {
      for (let pages = 1; pages <= most; pages++) {
        const page: Page<Listed> = await this.#page(next);
        for (const { arn, name, status } of page.items) {
          if (status !== 'UPDATING') continue;
          updating.add(arn).add(name);
          inFlight += 1;
        }
        next = page.next;
        if (next === null) {
          this.#pages = pages;
          this.#last = { beganMs, updating };
          if (inFlight <= pages) this.#offUntilMs = this.#clock.now() + OFF_MS;
          return this.#last;
        }
      }
      this.#pages = 2 * most;
    } catch (error) {
      const denied = error instanceof ServiceError && error.errorKind === 'denied';
      this.#offUntilMs = denied ? Number.POSITIVE_INFINITY : this.#clock.now() + OFF_MS;
    }
    return null;
  }

  /** A page of the list; rejects where it does not come in time. */
  async #page(next: string | null): Promise<Page<Listed>> {
    const over = new AbortController();
    const late = this.#clock.sleep(LONGEST_PAGE_MS, over.signal).then(() => {
      throw new Error('The page did not come in time');
    });
    try {
      return await Promise.race([this.#list(next), late]);
    } finally {
      over.abort();
    }
  }
}

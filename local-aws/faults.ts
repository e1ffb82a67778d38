/** The faults that a local AWS is told of: what goes wrong, and with which requests. */

import type { Members } from './protocol.ts';

/** What goes wrong. `before` and `after` say whether the request took effect all the same. */
export type FaultEffect =
  /** The service refuses; nothing took effect. */
  | { readonly error: { code: string; message: string; status?: number; extra?: Members } }
  /** The connection is reset and no answer comes. */
  | { readonly lost: 'before' | 'after' }
  /** The connection stays open and no answer ever comes. */
  | { readonly hang: 'before' | 'after' }
  /** Something between here and there answers: an HTML page with 503, half a JSON with 200. */
  | {
      readonly body: string;
      readonly status: number;
      readonly effect?: 'before' | 'after';
      readonly contentType?: string;
    }
  /** The answer declares its length and the connection closes in the middle of it. */
  | { readonly cutOff: 'before' | 'after' }
  /** The request takes effect at once, in real time the answer comes this much later. */
  | { readonly delayMs: number }
  /** A Describe… answers what it would have said before the last accepted Start…. */
  | { readonly stale: true };

export interface FaultMatch {
  /** The operation's name. */
  readonly on: string;
  readonly stream?: string;
  /** The first so many matching requests pass, whatever other faults do to them. */
  readonly after?: number;
  /** How many requests it hits; 1 if left out. */
  readonly times?: number;
}

export type Fault = FaultMatch & FaultEffect;

/** The faults of one local AWS. The first that was added, matches and is not used up has the request. */
export class Faults {
  readonly #entries: { fault: Fault; seen: number; hits: number }[] = [];

  add(fault: Fault): void {
    this.#entries.push({ fault, seen: 0, hits: 0 });
  }

  /** Counts the request and answers what shall happen to it. */
  take(operation: string, stream: string | undefined): Fault | undefined {
    let taken: Fault | undefined;
    for (const entry of this.#entries) {
      const { on, stream: wanted, after = 0, times = 1 } = entry.fault;
      if (on !== operation || (wanted !== undefined && wanted !== stream)) continue;
      entry.seen += 1;
      if (taken !== undefined || entry.seen <= after || entry.hits >= times) continue;
      entry.hits += 1;
      taken = entry.fault;
    }
    return taken;
  }
}

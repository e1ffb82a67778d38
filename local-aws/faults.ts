/** Fault injection: which requests fail, and how. */

import type { Members } from './protocol.ts';

/** How the request fails. `after` means that the request took effect first, `before` that it did not. */
export type FaultEffect =
  /** The service returns this error, and the request takes no effect. */
  | { readonly error: { code: string; message: string; status?: number; extra?: Members } }
  /** The connection is reset without a response. */
  | { readonly lost: 'before' | 'after' }
  /** The connection stays open without a response. */
  | { readonly hang: 'before' | 'after' }
  /** This body replaces the response, as a proxy would send it: an HTML page with status 503, or truncated JSON with 200. */
  | {
      readonly body: string;
      readonly status: number;
      readonly effect?: 'before' | 'after';
      readonly contentType?: string;
    }
  /** The connection closes before the whole response body was sent. */
  | { readonly cutOff: 'before' | 'after' }
  /** The request takes effect immediately. The response follows after this delay, in real time. */
  | { readonly delayMs: number }
  /** The request takes effect, and its answer is replaced by what this returns of it, such as one without a field. */
  | { readonly falsify: (answer: Members) => unknown }
  /** A Describe… call returns the state from before the last accepted Start… call. */
  | { readonly stale: true };

export interface FaultMatch {
  /** Name of the operation. */
  readonly on: string;
  readonly stream?: string;
  /** Skips this many matching requests first, including those that another fault applies to. */
  readonly after?: number;
  /** How many requests fail. Defaults to 1. */
  readonly times?: number;
}

export type Fault = FaultMatch & FaultEffect;

/** The faults of one local AWS. The first match in the order of `add` that is not used up applies. */
export class Faults {
  readonly #entries: { fault: Fault; seen: number; hits: number }[] = [];

  add(fault: Fault): void {
    this.#entries.push({ fault, seen: 0, hits: 0 });
  }

  /** Counts the request and returns the fault that applies to it. */
  match(operation: string, stream: string | undefined): Fault | undefined {
    let matched: Fault | undefined;
    for (const entry of this.#entries) {
      const { on, stream: onStream, after = 0, times = 1 } = entry.fault;
      if (on !== operation || (onStream !== undefined && onStream !== stream)) continue;
      entry.seen += 1;
      if (matched !== undefined || entry.seen <= after || entry.hits >= times) continue;
      entry.hits += 1;
      matched = entry.fault;
    }
    return matched;
  }
}

/** An account of the local AWS that keeps AWS' rates, in a process of its own: its work must not be that of what is measured. */

import { fork } from 'node:child_process';
import { once } from 'node:events';

export type Kind = 'kinesis' | 'firehose';

/** How the account is made, and what is in it. */
export interface AccountPlan {
  readonly kind: Kind;
  /** How many streams there are; their names begin with `fleet-`. */
  readonly size: number;
  /** The streams are encrypted already: data streams with the account's key, delivery streams with the AWS owned one. */
  readonly encrypted: boolean;
  /** How long a change takes, on the account's clock. */
  readonly changeMs: number;
  /** How many times as fast as the machine's the account's clock runs. */
  readonly speed: number;
  readonly deniesListing: boolean;
}

export interface Opened {
  readonly endpoint: string;
  /** The ARN of a customer's key. */
  readonly key: string;
}

/** What the account has seen. */
export interface Seen {
  /** The requests by operation, the throttled among them. */
  readonly requests: Readonly<Record<string, number>>;
  readonly throttles: number;
  /** The same of the neighbour. */
  readonly neighbour: { readonly requests: number; readonly throttles: number };
  /** The changes that were accepted. */
  readonly starts: number;
  /** From the first of these to the last, on the account's clock. */
  readonly startsMs: number;
  /** How many streams are at rest and encrypted, with the keys that `AccountPlan.encrypted` tells. */
  readonly encrypted: number;
}

export interface Account extends Opened, AsyncDisposable {
  seen(): Promise<Seen>;
}

/** How long a change takes, unless a benchmark is about just that. */
export const CHANGE_MS = 500;

/** The user agent that tells a neighbour's requests from those that are measured. */
export const NEIGHBOUR = 'neighbour';

export function streamNames(size: number): string[] {
  return Array.from({ length: size }, (_, index) => `fleet-${String(index).padStart(5, '0')}`);
}

/** All requests that are measured. */
export function requestsOf({ requests }: Seen): number {
  return Object.values(requests).reduce((sum, count) => sum + count, 0);
}

/** Opens an account; it is gone when it is disposed of, or when this process ends. */
export async function openAccount(plan: AccountPlan): Promise<Account> {
  const child = fork(new URL('account-process.ts', import.meta.url), [JSON.stringify(plan)]);
  const ended = once(child, 'exit');
  const gone = ended.then(([code]) => Promise.reject(new Error(`The account's process ended with ${code}`)));
  gone.catch(() => {
    // Nobody may be waiting for a word of it.
  });
  const word = async () => {
    const [message] = await Promise.race([once(child, 'message'), gone]);
    return message;
  };
  const opened: Opened = await word();
  return {
    ...opened,
    seen() {
      child.send('tell');
      return word();
    },
    async [Symbol.asyncDispose]() {
      child.disconnect();
      await ended;
    }
  };
}

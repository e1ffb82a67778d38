/** A simulated AWS account with AWS' rate limits. It runs in a process of its own, so that it does not affect the measurement. */

import { fork } from 'node:child_process';
import { once } from 'node:events';

export type Kind = 'kinesis' | 'firehose';

export interface AccountOptions {
  readonly kind: Kind;
  /** How many streams the account has; their names start with `fleet-`. */
  readonly size: number;
  /** The streams start encrypted: data streams with the account's key, delivery streams with the AWS owned key. */
  readonly encrypted: boolean;
  /** How many data streams, encrypted with the account's key, the delivery streams read from; 0 for Direct PUT. */
  readonly sources: number;
  /** How long a change takes, on the account's clock. */
  readonly changeMs: number;
  /** How many times as fast as the machine's clock the account's clock runs. */
  readonly speed: number;
}

export interface AccountAddress {
  readonly endpoint: string;
  /** The ARN of a customer managed key. */
  readonly key: string;
}

/** What the account has received so far, and the state of its streams. */
export interface AccountStats {
  /** Requests by operation, throttled requests included. */
  readonly requests: Readonly<Record<string, number>>;
  readonly throttles: number;
  readonly neighbour: { readonly requests: number; readonly throttles: number };
  /** How many changes were accepted. */
  readonly starts: number;
  /** Time from the first accepted change to the last, on the account's clock. */
  readonly startsMs: number;
  /** How many streams have no change in flight and are encrypted with the expected key; see `AccountOptions.encrypted`. */
  readonly encrypted: number;
}

export interface Account extends AccountAddress, AsyncDisposable {
  stats(): Promise<AccountStats>;
}

/** How long a change takes, unless the benchmark is about slow changes. */
export const CHANGE_MS = 500;

/** The user agent of the neighbour's requests, to count them separately. */
export const NEIGHBOUR = 'neighbour';

export function streamNames(size: number): string[] {
  return Array.from({ length: size }, (_, index) => `fleet-${String(index).padStart(5, '0')}`);
}

/** How many requests were counted, without the neighbour's. */
export function totalRequests({ requests }: AccountStats): number {
  return Object.values(requests).reduce((sum, count) => sum + count, 0);
}

/** Starts an account. It ends when it is disposed of, or when this process ends. */
export async function startAccount(options: AccountOptions): Promise<Account> {
  const child = fork(new URL('account-process.ts', import.meta.url), [JSON.stringify(options)]);
  const exited = once(child, 'exit');
  const failed = exited.then(([code]) => Promise.reject(new Error(`The account's process exited with code ${code}`)));
  failed.catch(() => {
    // Without a pending message there is nobody to report this to.
  });
  const nextMessage = async () => {
    const [message] = await Promise.race([once(child, 'message'), failed]);
    return message;
  };
  const address: AccountAddress = await nextMessage();
  return {
    ...address,
    stats() {
      child.send('stats');
      return nextMessage();
    },
    async [Symbol.asyncDispose]() {
      child.disconnect();
      await exited;
    }
  };
}

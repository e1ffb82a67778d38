/** A virtual clock for runs that send real requests: it stands still while a request is on its way. */

import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { ClientRequest } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import type { RequestRecord } from '../../local-aws/server.ts';
import { attemptId } from '../../local-aws/wire.ts';
import { VirtualClock } from './virtual-clock.ts';

/** Node publishes each request here when it is created. */
const CREATED = 'http.client.request.created';

/** Longer than the SDK's shortest timer. Timers of one process fire in their order, however busy the machine is. */
const QUIET_MS = 2;

/** The clock of the run that is being executed. Runs can be concurrent, each with a clock of its own. */
const CLOCK_OF_RUN = new AsyncLocalStorage<NetworkClock>();

/**
 * The clock advances to the next timer only when no request of the run is open and none follows by itself. So the result of
 * a run does not depend on how long the machine takes, and minutes take no time.
 */
export class NetworkClock extends VirtualClock {
  readonly #open = new Set<ClientRequest>();
  #changes = 0;
  #received: readonly RequestRecord[] = [];

  /** Requests that the local AWS leaves without a response do not stop this clock. */
  passHangs({ requests }: { readonly requests: readonly RequestRecord[] }): void {
    this.#received = requests;
  }

  /** Executes a run that sleeps on this clock. */
  async execute<T>(run: () => Promise<T>): Promise<T> {
    subscribe(CREATED, countRequest);
    try {
      return await this.finish(CLOCK_OF_RUN.run(this, run));
    } finally {
      unsubscribe(CREATED, countRequest);
    }
  }

  count(request: ClientRequest): void {
    // Each concurrent run subscribes.
    if (this.#open.has(request)) return;
    this.#open.add(request);
    this.#changes += 1;
    request.once('close', () => {
      this.#open.delete(request);
      this.#changes += 1;
    });
  }

  protected override async untilIdle(): Promise<void> {
    for (let quiet = 0; quiet < 2; ) {
      const changes = this.#changes;
      await setTimeout(QUIET_MS);
      quiet = changes === this.#changes && !this.#isWaiting() && !isReadingFiles() ? quiet + 1 : 0;
    }
  }

  #isWaiting(): boolean {
    if (this.#open.size === 0) return false;
    const hanging = new Set(this.#received.filter(({ hangs }) => hangs).map(({ attempt }) => attempt));
    return [...this.#open].some((request) => !hanging.has(attemptId((name) => request.getHeader(name))));
  }
}

function countRequest(message: unknown): void {
  const isMessage = typeof message === 'object' && message !== null && 'request' in message;
  if (isMessage && message.request instanceof ClientRequest) CLOCK_OF_RUN.getStore()?.count(message.request);
}

/** The SDK reads its files before its first request. */
function isReadingFiles(): boolean {
  return process.getActiveResourcesInfo().some((resource) => /^(FSReq|GetAddrInfo)/.test(resource));
}

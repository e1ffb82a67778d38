/** The actual state of the streams after a cancelled run, and assertions that the report matches it. */

import { expect } from '@jest/globals';
import type { LocalAws, RequestRecord } from '../../local-aws/server.ts';
import { streamOf } from '../../local-aws/wire.ts';
import type { StreamReport } from '../../src/reporting/report.ts';
import { createStream, type Kind, START } from '../end-to-end/step.ts';
import { NEW_KEY, OLD_KEY } from './account.ts';

/** The actual state of a stream. */
export interface ActualState {
  readonly name: string;
  /** The key in force before the run. */
  readonly previousKey: string | null;
  readonly key: string | null;
  readonly changing: boolean;
  /** The starts received. `beforeCancelMs` is how long before the cancellation. */
  readonly starts: readonly { readonly request: RequestRecord; readonly beforeCancelMs: number }[];
}

/** A fleet in which every second stream is encrypted with the old key. */
export class FleetState {
  readonly names: readonly string[];
  readonly #aws: LocalAws;
  readonly #kind: Kind;

  constructor(aws: LocalAws, kind: Kind, count: number) {
    this.#aws = aws;
    this.#kind = kind;
    this.names = Array.from({ length: count }, (_, index) => `orders-${String(index).padStart(2, '0')}`);
    for (const [index, name] of this.names.entries()) {
      createStream(aws, kind, { name, key: previousKeyOf(index) ?? undefined });
    }
  }

  /** How many streams have the new key in force and no change in progress. */
  get changed(): number {
    return this.names.filter((name) => {
      const { key, changing } = this.#currentState(name);
      return key === NEW_KEY && !changing;
    }).length;
  }

  /** The state of every stream of a run that was cancelled at this time. */
  statesAt(cancelledMs: number): ActualState[] {
    const starts = this.#aws.requests.filter(({ operation }) => operation === START[this.#kind]);
    return this.names.map((name, index) => ({
      name,
      previousKey: previousKeyOf(index),
      ...this.#currentState(name),
      starts: starts
        .filter(({ input }) => streamOf(input) === name)
        .map((request) => ({ request, beforeCancelMs: cancelledMs - request.at }))
    }));
  }

  #currentState(name: string): Pick<ActualState, 'key' | 'changing'> {
    if (this.#kind === 'kinesis') {
      const { keyId = null, change } = this.#aws.kinesis.get(name);
      return { key: keyId, changing: change !== undefined };
    }
    const { key = null, change } = this.#aws.firehose.get(name);
    return { key, changing: change !== undefined };
  }
}

function previousKeyOf(index: number): string | null {
  return index % 2 === 0 ? null : OLD_KEY;
}

/**
 * Whether the run reports a start that the service did not receive. The cancellation may have interrupted one request
 * before it arrived.
 */
export function isStartInTransit({ changed }: StreamReport, state: ActualState): boolean {
  // The run may not have read a rejection that came at the time of the cancellation.
  const wereRejectionsRead = state.starts.every(({ beforeCancelMs }) => beforeCancelMs > 0);
  return changed && !mayHaveTakenEffect(state) && wereRejectionsRead;
}

function mayHaveTakenEffect({ starts }: ActualState): boolean {
  return starts.some(({ request }) => request.accepted || request.status === 0);
}

/** Asserts that the report of a stream matches its actual state: whether a change was sent, how it ended, and the key. */
export function expectReportMatchesState(kind: Kind, stream: StreamReport, state: ActualState): void {
  const { key, previousKey, changing } = state;
  expect(stream.name).toBe(state.name);
  if (mayHaveTakenEffect(state)) expect(stream.changed).toBe(true);

  const { outcome, changed, keyId } = stream;
  if (outcome === 'enabled' || outcome === 'rekeyed') {
    expect({ key, changing }).toEqual({ key: NEW_KEY, changing: false });
    expect(stream).toMatchObject({ encrypted: 'true', keyId: NEW_KEY, changed: true });
    expect(outcome).toBe(previousKey === null ? 'enabled' : 'rekeyed');
  } else if (outcome === 'planned' || outcome === 'non-compliant') {
    expect({ changed, keyId }).toEqual({ changed: false, keyId: previousKey });
  } else {
    expect(outcome).toBe('cancelled');
    expect(stream.message).toMatch(
      changed ? /The change to \S+ (was sent|ended)/ : /(No change was sent|The service accepted no change)\./
    );
    expectKeyMatchesState(kind, stream, state);
  }
}

/** A cancelled stream was not observed, has the new key, or has its previous key. */
function expectKeyMatchesState(
  kind: Kind,
  { status, changed, keyId, encrypted }: StreamReport,
  { key, previousKey, changing }: ActualState
): void {
  if (status === null) {
    expect({ encrypted, keyId, changed }).toEqual({ encrypted: 'unknown', keyId: null, changed: false });
  } else if (keyId === NEW_KEY) {
    expect({ key, changing, encrypted, changed }).toEqual({
      key: NEW_KEY,
      changing: false,
      encrypted: 'true',
      changed: true
    });
  } else {
    const encryptedDuringChange = changed && kind === 'firehose' ? 'unknown' : 'true';
    expect({ keyId, encrypted }).toEqual({
      keyId: previousKey,
      encrypted: previousKey === null ? 'false' : encryptedDuringChange
    });
  }
}

/** What is true of the streams of a run that was cancelled, and whether what was told of each is that. */

import { expect } from '@jest/globals';
import type { LocalAws, RequestRecord } from '../../local-aws/server.ts';
import { streamOf } from '../../local-aws/wire.ts';
import type { StreamReport } from '../../src/reporting/report.ts';
import { createStream, type Kind, START } from '../end-to-end/step.ts';
import { NEW, OLD } from './endings.ts';

/** What is true of a stream. */
export interface Truth {
  readonly name: string;
  /** The key of before the run. */
  readonly keyBefore: string | null;
  readonly key: string | null;
  readonly inFlight: boolean;
  /** The starts that came, each with how long before the end of the run it did, in real time. */
  readonly starts: readonly { readonly request: RequestRecord; readonly beforeMs: number }[];
}

/** The streams of a fleet, of which every second one is encrypted with the old key. */
export class FleetTruth {
  readonly names: readonly string[];
  readonly #aws: LocalAws;
  readonly #kind: Kind;

  constructor(aws: LocalAws, kind: Kind, count: number) {
    this.#aws = aws;
    this.#kind = kind;
    this.names = Array.from({ length: count }, (_, index) => `orders-${String(index).padStart(2, '0')}`);
    for (const [index, name] of this.names.entries()) {
      createStream(aws, kind, { name, key: keyBeforeOf(index) ?? undefined });
    }
  }

  /** The streams that are at rest with the new key. */
  get moved(): number {
    return this.names.filter((name) => {
      const { key, inFlight } = this.#now(name);
      return key === NEW && !inFlight;
    }).length;
  }

  /** What is true of each when its run was cancelled at this moment of a clock that is so many times too fast. */
  at(cancelledMs: number, speed: number): Truth[] {
    const starts = this.#aws.requests.filter(({ operation }) => operation === START[this.#kind]);
    return this.names.map((name, index) => ({
      name,
      keyBefore: keyBeforeOf(index),
      ...this.#now(name),
      starts: starts
        .filter(({ input }) => streamOf(input) === name)
        .map((request) => ({ request, beforeMs: (cancelledMs - request.at) / speed }))
    }));
  }

  #now(name: string): Pick<Truth, 'key' | 'inFlight'> {
    if (this.#kind === 'kinesis') {
      const { keyId = null, change } = this.#aws.kinesis.get(name);
      return { key: keyId, inFlight: change !== undefined };
    }
    const { key = null, change } = this.#aws.firehose.get(name);
    return { key, inFlight: change !== undefined };
  }
}

function keyBeforeOf(index: number): string | null {
  return index % 2 === 0 ? null : OLD;
}

/** A refusal that came so shortly before the end may not have been read any more. */
const READ_BY_THEN_MS = 100;

/** Whether a start is said to have been sent that never came: one may have been on its way when the run was cancelled. */
export function isOnItsWay({ changed }: StreamReport, truth: Truth): boolean {
  return changed && !tookOrGotLost(truth) && truth.starts.every(({ beforeMs }) => beforeMs > READ_BY_THEN_MS);
}

function tookOrGotLost({ starts }: Truth): boolean {
  return starts.some(({ request }) => request.accepted || request.status === 0);
}

/** That a result is true: of the change that was sent, of how it ended, and of how the stream stands. */
export function expectTrue(kind: Kind, stream: StreamReport, truth: Truth): void {
  const { key, keyBefore, inFlight } = truth;
  expect(stream.name).toBe(truth.name);
  if (tookOrGotLost(truth)) expect(stream.changed).toBe(true);

  const { outcome, changed, keyId } = stream;
  if (outcome === 'enabled' || outcome === 'rekeyed') {
    expect({ key, inFlight }).toEqual({ key: NEW, inFlight: false });
    expect(stream).toMatchObject({ encrypted: 'true', keyId: NEW, changed: true });
    expect(outcome).toBe(keyBefore === null ? 'enabled' : 'rekeyed');
  } else if (outcome === 'planned' || outcome === 'non-compliant') {
    expect({ changed, keyId }).toEqual({ changed: false, keyId: keyBefore });
  } else {
    expect(outcome).toBe('cancelled');
    expect(stream.message).toMatch(changed ? /The change to \S+ had (been sent|ended)/ : /No change was sent\./);
    expectStanding(kind, stream, truth);
  }
}

/** How a stream is said to stand: not seen, moved, or as before. */
function expectStanding(kind: Kind, { status, changed, keyId, encrypted }: StreamReport, truth: Truth): void {
  const { key, keyBefore, inFlight } = truth;
  if (status === null) {
    expect({ encrypted, keyId, changed }).toEqual({ encrypted: 'unknown', keyId: null, changed: false });
  } else if (keyId === NEW) {
    expect({ key, inFlight, encrypted, changed }).toEqual({
      key: NEW,
      inFlight: false,
      encrypted: 'true',
      changed: true
    });
  } else {
    const meanwhile = changed && kind === 'firehose' ? 'unknown' : 'true';
    expect({ keyId, encrypted }).toEqual({ keyId: keyBefore, encrypted: keyBefore === null ? 'false' : meanwhile });
  }
}

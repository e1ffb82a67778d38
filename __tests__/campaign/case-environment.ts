/** The environment of one case: a local AWS with the stream `orders`, in which the fault strikes at its injection point. */

import { expect } from '@jest/globals';
import type { Fault as LocalFault } from '../../local-aws/faults.ts';
import type { KmsKey } from '../../local-aws/kms-key.ts';
import { type LocalAws, type LocalAwsOptions, type RequestRecord, startLocalAws } from '../../local-aws/server.ts';
import { streamOf } from '../../local-aws/wire.ts';
import { createStream, DESCRIBE, type Kind, START } from '../end-to-end/step.ts';
import { NEW_KEY_ID, OLD_KEY, OLD_KEY_ID, REGION, THIRD_KEY, THIRD_KEY_ID } from './account.ts';
import { ALWAYS, FOREVER } from './fault-effects.ts';
import type { FaultCase } from './faults.ts';
import { INJECTION_POINTS, type RunProgress } from './injection-points.ts';
import type { FaultedRequest, FaultTarget } from './named-fault.ts';

/** A change ends after this many Describe… requests, so that a case reaches its injection point on a slow machine, too. */
const DESCRIBES_PER_CHANGE = 3;

const OTHER_STREAMS_CHANGE_MS = 500;

/** Controls the stream of either kind. */
interface StreamControl {
  readonly isChanging: () => boolean;
  /** Ends the change in progress. */
  readonly endChange: () => void;
  readonly startConcurrentChange: (key: string, durationMs: number) => void;
  readonly delete: () => void;
}

/** It counts only requests about the stream `orders` and about keys. */
export class CaseEnvironment implements FaultTarget {
  readonly aws: LocalAws;
  readonly kind: Kind;
  readonly newKey: KmsKey;
  readonly #case: FaultCase;
  readonly #stream: StreamControl;
  #describesDuringChange = 0;
  #hits = 0;

  private constructor(faultCase: FaultCase, aws: LocalAws, now: () => number, otherStreams: readonly string[]) {
    this.#case = faultCase;
    this.aws = aws;
    this.kind = faultCase.kind;
    aws.kms.createKey({ id: OLD_KEY_ID });
    aws.kms.createKey({ id: THIRD_KEY_ID });
    this.newKey = aws.kms.createKey({ id: NEW_KEY_ID });
    aws.kms.createAlias('alias/new', this.newKey);
    this.#stream = createOrders(faultCase, aws, now);
    for (const [index, name] of otherStreams.entries()) {
      const key = index % 2 === 0 ? undefined : OLD_KEY;
      createStream(aws, faultCase.kind, { name, changeMs: OTHER_STREAMS_CHANGE_MS, key });
    }
  }

  /** `otherStreams` are not hit by the fault; the first of them is not encrypted, the second one is, and so on. */
  static async open(
    faultCase: FaultCase,
    now: () => number,
    otherStreams: readonly string[] = []
  ): Promise<CaseEnvironment> {
    const options: LocalAwsOptions = { region: REGION, now, changeMs: FOREVER, ...faultCase.fault.aws };
    let environment: CaseEnvironment | undefined;
    const aws = await startLocalAws({ ...options, onRequest: (request) => environment?.onRequest(request) });
    environment = new CaseEnvironment(faultCase, aws, now, otherStreams);
    return environment;
  }

  /** How many requests the fault has hit. */
  get hits(): number {
    return this.#hits;
  }

  get starts(): number {
    return this.aws.requests.filter((request) => isStart(request) && concernsCase(request)).length;
  }

  /** How many starts took effect on this stream. */
  writesTo(name: string): number {
    return this.aws.writes().filter(({ input }) => streamOf(input) === name).length;
  }

  startConcurrentChange(key: string, durationMs: number): void {
    this.#stream.startConcurrentChange(key, durationMs);
  }

  deleteStream(): void {
    this.#stream.delete();
  }

  /** Advances the stream and injects the fault, before the local AWS responds to the request. */
  onRequest(request: RequestRecord): void {
    if (!concernsCase(request)) return;
    const { operation } = request;
    if (operation === DESCRIBE[this.kind] && this.#stream.isChanging()) this.#countDescribeDuringChange();
    const { fault, point } = this.#case;
    const { times = 1, allOperations = false } = fault;
    const injectionPoint = INJECTION_POINTS[point];
    const matches = operation === injectionPoint.operation[this.kind] || (allOperations && this.#hits > 0);
    if (this.#hits >= times || !matches) return;
    if (this.#hits === 0 && !injectionPoint.isReached(this.#progress())) return;
    this.#hits += 1;
    if (this.#hits === 1) fault.onFirstHit?.(this);
    const effect = typeof fault.effect === 'function' ? fault.effect(this.#describeRequest(operation)) : fault.effect;
    if (effect !== undefined) this.aws.faults.add({ on: operation, ...effect } satisfies LocalFault);
  }

  #countDescribeDuringChange(): void {
    this.#describesDuringChange += 1;
    const { describesPerChange = DESCRIBES_PER_CHANGE } = this.#case.fault;
    if (this.#describesDuringChange < describesPerChange) return;
    this.#describesDuringChange = 0;
    this.#stream.endChange();
  }

  #progress(): RunProgress {
    const earlier = this.aws.requests.slice(0, -1).filter(concernsCase);
    const lastStart = earlier.findLastIndex(isStart);
    return {
      starts: earlier.filter(isStart).length,
      accepted: this.writesTo('orders'),
      describes: earlier.slice(lastStart + 1).filter(({ operation }) => operation === DESCRIBE[this.kind]).length,
      keyLookups: earlier.filter(({ operation }) => operation === 'DescribeKey').length,
      changing: this.#stream.isChanging()
    };
  }

  #describeRequest(operation: string): FaultedRequest {
    const service = operation === 'DescribeKey' ? 'kms' : this.kind;
    return { kind: this.kind, action: `${service}:${operation}`, starts: this.#progress().starts };
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.aws.close();
  }
}

/** Requests about keys name no stream. */
function concernsCase({ input }: RequestRecord): boolean {
  const stream = streamOf(input);
  return stream === undefined || stream === 'orders';
}

function isStart({ operation }: RequestRecord): boolean {
  return operation === START.kinesis || operation === START.firehose;
}

function createOrders({ fault, point, kind }: FaultCase, aws: LocalAws, now: () => number): StreamControl {
  const concurrentChange = INJECTION_POINTS[point].concurrentChange === true;
  const key = concurrentChange ? THIRD_KEY : OLD_KEY;
  const encrypted = fault.initially !== 'not encrypted';
  if (kind === 'kinesis') {
    const changing = concurrentChange && { changing: { keyId: OLD_KEY, ms: FOREVER } };
    const seed = { ...(encrypted && { keyId: key }), ...changing };
    const stream = aws.kinesis.create({ name: 'orders', ...seed, ...fault.kinesis });
    return controlStream(stream, now, () => aws.kinesis.delete(stream.name));
  }
  const changing = concurrentChange && { changing: { key: OLD_KEY, ms: FOREVER } };
  const seed = { ...(encrypted && { key }), ...changing };
  const stream = aws.firehose.create({ name: 'orders', ...seed, ...fault.firehose });
  return controlStream(stream, now, () => aws.firehose.delete(stream.name));
}

/** What the local AWS's streams of both kinds have in common. */
interface LocalStream<Change> {
  change: Change | undefined;
  start(key: string, ms: number): void;
  settle(): void;
}

function controlStream<Change extends { readonly endsAt: number }>(
  stream: LocalStream<Change>,
  now: () => number,
  remove: () => void
): StreamControl {
  return {
    isChanging: () => {
      stream.settle();
      return stream.change !== undefined;
    },
    endChange: () => {
      if (stream.change !== undefined) stream.change = { ...stream.change, endsAt: now() };
      stream.settle();
    },
    startConcurrentChange: (key, durationMs) => {
      stream.start(key, durationMs);
      stream.settle();
    },
    delete: remove
  };
}

/** Asserts that the fault hit the expected number of requests, and that the run sent the expected number of starts. */
export function expectCounts(
  { fault, expectation }: FaultCase,
  { starts, hits }: Readonly<Record<'starts' | 'hits', number>>
): void {
  if (expectation.starts === 'several') expect(starts).toBeGreaterThan(1);
  else expect(starts).toBe(expectation.starts);
  if (fault.times === ALWAYS) expect(hits).toBeGreaterThan(0);
  else expect(hits).toBe(fault.times ?? 1);
}

/** Runs a case: a local AWS with the stream `orders` and perhaps others; the fault strikes `orders` at its injection point. */

import { expect } from '@jest/globals';
import type { KmsKey } from '../../local-aws/kms-key.ts';
import { type LocalAws, type RequestRecord, startLocalAws } from '../../local-aws/server.ts';
import { streamOf } from '../../local-aws/wire.ts';
import { ALWAYS, createStream, DESCRIBE, FOREVER, START } from '../end-to-end/step.ts';
import { createKeys, NEW_KEY, OLD_KEY, REGION, STREAM_ARN, THIRD_KEY } from './account.ts';
import type { DrivenRun, Driver, DriverOptions } from './drivers.ts';
import type { FaultCase } from './faults.ts';
import { INJECTION_POINTS, type RunProgress } from './injection-points.ts';

/** A change ends after this many Describe… requests, so that a case reaches its injection point on a slow machine, too. */
const DESCRIBES_PER_CHANGE = 3;

interface FaultRunOptions {
  /** All streams of the request. Apart from `orders`, the first one is not encrypted, the second one is, and so on. */
  readonly names?: readonly string[];
  /** The timeout of the run: 200 s, or this if the fault lasts until the deadline. */
  readonly shortSeconds: number;
  readonly inputs?: DriverOptions['inputs'];
  /** Starts two concurrent runs. */
  readonly twice?: boolean;
}

interface FaultResult {
  readonly run: DrivenRun;
  /** A concurrent run. */
  readonly others: readonly DrivenRun[];
  /** The starts of the stream `orders`. */
  readonly starts: number;
  /** How many requests the fault hit. */
  readonly hits: number;
  /** How many starts took effect on this stream. */
  readonly writesTo: (name: string) => number;
}

/** Long enough for every transient fault. */
const DEFAULT_TIMEOUT_SECONDS = 200;

export function timeoutOf({ fault }: FaultCase, shortSeconds: number): number {
  return fault.untilDeadline ? shortSeconds : DEFAULT_TIMEOUT_SECONDS;
}

export async function runFault(
  driver: Driver,
  faultCase: FaultCase,
  { names = ['orders'], shortSeconds, inputs, twice = false }: FaultRunOptions
): Promise<FaultResult> {
  const { fault, kind } = faultCase;
  const clock = driver.clock();
  const now = () => clock.now();
  let injector: FaultInjector | undefined;
  const onRequest = (request: RequestRecord) => injector?.onRequest(request);
  await using aws = await startLocalAws({ region: REGION, now, changeMs: FOREVER, ...fault.aws, onRequest });
  injector = new FaultInjector(faultCase, aws, createKeys(aws), now);
  createOrders(faultCase, aws);
  for (const [index, name] of names.filter((name) => name !== 'orders').entries()) {
    createStream(aws, kind, { name, changeMs: 500, key: index % 2 === 0 ? undefined : OLD_KEY });
  }
  const start = () =>
    driver.run({
      aws,
      inputs: {
        'stream-kind': kind,
        'stream-name': names.join(),
        'key-id': fault.keyId ?? NEW_KEY,
        'timeout-seconds': String(timeoutOf(faultCase, shortSeconds)),
        ...inputs
      },
      clock,
      requestTimeoutMs: fault.requestTimeoutMs
    });
  const [run, ...others] = await clock.execute(() => Promise.all([start(), ...(twice ? [start()] : [])]));
  const writes = aws.writes().map(({ input }) => streamOf(input));
  return {
    run,
    others,
    starts: aws.requests.filter((request) => isStart(request) && concernsOrders(request)).length,
    hits: injector.hits,
    writesTo: (name) => writes.filter((written) => written === name).length
  };
}

/** Counts the requests about the stream `orders` and about keys, and lets the fault strike. */
class FaultInjector {
  hits = 0;
  #describesDuringChange = 0;
  readonly #case: FaultCase;
  readonly #aws: LocalAws;
  readonly #newKey: KmsKey;
  readonly #now: () => number;

  constructor(faultCase: FaultCase, aws: LocalAws, newKey: KmsKey, now: () => number) {
    this.#case = faultCase;
    this.#aws = aws;
    this.#newKey = newKey;
    this.#now = now;
  }

  /** Advances the stream and injects the fault, before the local AWS responds to the request. */
  onRequest(request: RequestRecord): void {
    if (!concernsOrders(request)) return;
    const { fault, point, kind } = this.#case;
    const { operation } = request;
    if (operation === DESCRIBE[kind] && this.#isChanging()) this.#countDescribeDuringChange();
    const { times = 1, allOperations = false } = fault;
    const injectionPoint = INJECTION_POINTS[point];
    const matches = operation === injectionPoint.operation[kind] || (allOperations && this.hits > 0);
    if (this.hits >= times || !matches) return;
    const progress = this.#progress();
    if (this.hits === 0 && !injectionPoint.isReached(progress)) return;
    this.hits += 1;
    if (this.hits === 1) fault.onFirstHit?.({ aws: this.#aws, kind, newKey: this.#newKey });
    const action = `${operation === 'DescribeKey' ? 'kms' : kind}:${operation}`;
    const { effect: effectOf } = fault;
    const effect = typeof effectOf === 'function' ? effectOf({ kind, action, starts: progress.starts }) : effectOf;
    if (effect !== undefined) this.#aws.faults.add({ on: operation, ...effect });
  }

  #isChanging(): boolean {
    return this.#aws[this.#case.kind].streams.find('orders')?.change !== undefined;
  }

  #countDescribeDuringChange(): void {
    const { fault, kind } = this.#case;
    this.#describesDuringChange += 1;
    if (this.#describesDuringChange < (fault.describesPerChange ?? DESCRIBES_PER_CHANGE)) return;
    this.#describesDuringChange = 0;
    if (kind === 'kinesis') endChange(this.#aws.kinesis.get('orders'), this.#now());
    else endChange(this.#aws.firehose.get('orders'), this.#now());
  }

  #progress(): RunProgress {
    const earlier = this.#aws.requests.slice(0, -1).filter(concernsOrders);
    const sinceStart = earlier.slice(earlier.findLastIndex(isStart) + 1);
    return {
      starts: earlier.filter(isStart).length,
      accepted: this.#aws.writes().filter(concernsOrders).length,
      describes: sinceStart.filter(({ operation }) => operation === DESCRIBE[this.#case.kind]).length,
      keyLookups: earlier.filter(({ operation }) => operation === 'DescribeKey').length,
      changing: this.#isChanging()
    };
  }
}

/** Ends the change of a stream of either kind. */
function endChange<Change extends object>(stream: { change: Change | undefined }, now: number): void {
  if (stream.change !== undefined) stream.change = { ...stream.change, endsAt: now };
}

/** Requests about keys name no stream. */
function concernsOrders({ input }: RequestRecord): boolean {
  return [undefined, 'orders'].includes(streamOf(input));
}

function isStart({ operation }: RequestRecord): boolean {
  return operation === START.kinesis || operation === START.firehose;
}

function createOrders({ fault, point, kind }: FaultCase, aws: LocalAws): void {
  const { concurrentChange = false } = INJECTION_POINTS[point];
  const inForce = concurrentChange ? THIRD_KEY : OLD_KEY;
  const key = fault.initially === 'not encrypted' ? undefined : inForce;
  createStream(aws, kind, { key, ...(concurrentChange && { changing: { key: OLD_KEY, ms: FOREVER } }) });
  Object.assign(aws[kind].get('orders'), fault[kind]);
}

/** The result of the faulty stream, as the outputs of a run for it alone, and its message. */
interface FaultyStream {
  readonly outputs: Readonly<Record<string, string>>;
  readonly message: string;
}

/** Asserts the result of the faulty stream. */
export function expectStream({ kind, expectation }: FaultCase, { outputs, message }: FaultyStream): void {
  const expected = outputs.changed === 'true' ? (expectation.orIfChanged ?? expectation) : expectation;
  const { outcome } = expected;
  const values = { outcome, message, 'stream-arn': STREAM_ARN[kind], ...expected.outputs(kind) };
  expect({ ...outputs, message }).toMatchObject(values);
  for (const part of expected.messageParts) expect(message).toContain(part);
}

/** Asserts how many requests the fault hit, and how many starts were sent and took effect. */
export function expectCounts({ fault, expectation }: FaultCase, { starts, hits, writesTo }: FaultResult): void {
  expect(writesTo('orders')).toBe(expectation.writes);
  if (expectation.starts === 'several') expect(starts).toBeGreaterThan(1);
  else expect(starts).toBe(expectation.starts);
  if (fault.times === ALWAYS) expect(hits).toBeGreaterThan(0);
  else expect(hits).toBe(fault.times ?? 1);
}

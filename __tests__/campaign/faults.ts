/** The cases of the campaign: each fault strikes the stream `orders` at every injection point at which it can occur. */

import { expect } from '@jest/globals';
import type { LocalAws, RequestRecord } from '../../local-aws/server.ts';
import { streamOf } from '../../local-aws/wire.ts';
import { ALWAYS, createStream, DESCRIBE, FOREVER, KINDS, type Kind, START } from '../end-to-end/step.ts';
import { NEW_KEY, OLD_KEY, STREAM_ARN, THIRD_KEY } from './account.ts';
import { CHANGE_FAULTS } from './change-faults.ts';
import { type DrivenRun, type Driver, drive, startsOf, streamReport, writesTo } from './drivers.ts';
import { type Expectation, INJECTION_POINTS, type InjectionPoint, type NamedFault } from './fault.ts';
import { NETWORK_FAULTS } from './network-faults.ts';
import { SERVICE_FAULTS } from './service-faults.ts';

/** One fault at one injection point, for a stream of one kind. */
export interface FaultCase {
  readonly fault: NamedFault;
  readonly point: InjectionPoint;
  readonly kind: Kind;
  readonly expectation: Expectation;
}

/** Every case that the tables define. */
export const ALL_CASES: readonly FaultCase[] = [...NETWORK_FAULTS, ...SERVICE_FAULTS, ...CHANGE_FAULTS].flatMap(
  (fault) =>
    INJECTION_POINTS.flatMap((point) =>
      KINDS.flatMap((kind) => {
        const defined = fault.expectations[point.name];
        const expectation = defined === undefined || 'outcome' in defined ? defined : defined[kind];
        return expectation === undefined ? [] : [{ fault, point, kind, expectation }];
      })
    )
);

export function titleOf({ fault, point, kind, expectation }: FaultCase): string {
  return `${kind}, ${point.name}: ${fault.name} → ${expectation.outcome}`;
}

/** A change ends after this many Describe… requests, so that a case reaches its injection point on a slow machine, too. */
const DESCRIBES_PER_CHANGE = 3;
/** Long enough for every transient fault. */
const TIMEOUT_SECONDS = 200;

interface FaultRunOptions {
  /** All streams of the request. */
  readonly names?: readonly string[];
  /** The timeout if the fault lasts until the deadline. */
  readonly shortSeconds: number;
  readonly inputs?: Readonly<Record<string, string>>;
}

export interface FaultRun extends DrivenRun {
  /** How many requests the fault hit. */
  readonly hits: number;
  readonly timeoutSeconds: number;
}

export async function runFault(
  driver: Driver,
  faultCase: FaultCase,
  { names = ['orders'], shortSeconds, inputs }: FaultRunOptions
): Promise<FaultRun> {
  const { fault, point, kind } = faultCase;
  const injector = createInjector(faultCase);
  const others = names.filter((name) => name !== 'orders');
  const timeoutSeconds = fault.untilDeadline ? shortSeconds : TIMEOUT_SECONDS;
  const run = await drive(driver, {
    options: { changeMs: FOREVER, ...fault.aws },
    setUp: (aws) => {
      createOrders(faultCase, aws);
      createOthers(aws, kind, others);
    },
    onRequest: injector.onRequest,
    inputs: {
      'stream-kind': kind,
      'stream-name': names.join(),
      'key-id': fault.keyId ?? NEW_KEY,
      'timeout-seconds': String(timeoutSeconds),
      'verify-records': String(point.name === 'put record'),
      ...inputs
    },
    requestTimeoutMs: fault.requestTimeoutMs
  });
  return { ...run, hits: injector.hits(), timeoutSeconds };
}

function createOrders({ fault, point, kind }: FaultCase, aws: LocalAws): void {
  const isChanging = point.name === 'concurrent change';
  const key = isChanging ? THIRD_KEY : OLD_KEY;
  createStream(aws, kind, {
    key: fault.initially === 'not encrypted' ? undefined : key,
    ...(isChanging && { changing: { key: OLD_KEY, ms: FOREVER } })
  });
  Object.assign(aws[kind].get('orders'), fault[kind]);
}

/** Creates streams without a fault: the first one is not encrypted, the second one is, and so on. */
export function createOthers(aws: LocalAws, kind: Kind, names: readonly string[]): void {
  for (const [index, name] of names.entries()) {
    createStream(aws, kind, { name, changeMs: 500, key: index % 2 === 0 ? undefined : OLD_KEY });
  }
}

/** Before the local AWS responds to a request, advances the stream `orders` and injects the fault. */
function createInjector({ fault, point, kind }: FaultCase) {
  const { times = 1, describesPerChange = DESCRIBES_PER_CHANGE, effect: effectOf } = fault;
  let hits = 0;
  let describes = 0;

  function onRequest(request: RequestRecord, aws: LocalAws): void {
    if (!concernsOrders(request)) return;
    const { operation, at } = request;
    const change = () => aws[kind].streams.find('orders')?.change;
    if (operation === DESCRIBE[kind] && change() !== undefined && ++describes % describesPerChange === 0) {
      Object.assign(change() ?? {}, { endsAt: at });
    }
    const isOperation = operation === point.operation[kind] || (fault.allOperations && hits > 0);
    if (hits >= times || !isOperation) return;
    const earlier = aws.requests.slice(0, -1).filter(concernsOrders);
    const isStart = (one: RequestRecord) => one.operation === START[kind];
    const starts = earlier.filter(isStart).length;
    const sinceStart = earlier.slice(earlier.findLastIndex(isStart) + 1);
    const isReached = point.isReached({
      starts,
      accepted: writesTo(aws, 'orders'),
      describes: sinceStart.filter((one) => one.operation === DESCRIBE[kind]).length,
      keyLookups: earlier.filter((one) => one.operation === 'DescribeKey').length,
      changing: change() !== undefined
    });
    if (hits === 0 && !isReached) return;
    hits += 1;
    if (hits === 1) fault.onFirstHit?.(aws, kind);
    const action = `${operation === 'DescribeKey' ? 'kms' : kind}:${operation}`;
    const effect = typeof effectOf === 'function' ? effectOf({ action, starts }) : effectOf;
    if (effect !== undefined) aws.faults.add({ on: operation, ...effect });
  }

  return { onRequest, hits: () => hits };
}

/** Requests about keys name no stream. */
function concernsOrders({ input }: RequestRecord): boolean {
  return [undefined, 'orders'].includes(streamOf(input));
}

/** Asserts how the run of the faulty stream ended, what it saw, how many starts were sent, and how often the fault hit. */
export function expectOrders({ fault, point, kind, expectation }: FaultCase, run: FaultRun): void {
  const { outcome, seen, counts, parts } = expectation;
  const { report, aws, hits, exitCode, timeoutSeconds } = run;
  const orders = streamReport(report, 'orders');
  const { message } = orders;
  // The message makes a failure readable.
  const expected = { message, arn: STREAM_ARN[kind], ...seen(kind), outcome };
  expect(orders).toMatchObject(expected);
  const action = `${kind}:${point.operation[kind]}`;
  for (const part of parts) expect(message).toContain(part.replace('ACTION', action));
  const starts = startsOf(aws, 'orders').length;
  expect({ starts, writes: writesTo(aws, 'orders') }).toMatchObject(counts);
  const { times = 1 } = fault;
  if (times === ALWAYS) expect(hits).toBeGreaterThan(0);
  else expect(hits).toBe(times);
  // A process is measured in real time.
  if (exitCode === undefined) expect(orders.durationSeconds).toBeLessThanOrEqual(timeoutSeconds);
  else expect(exitCode).toBe(['failed', 'timed-out'].includes(outcome) ? 1 : 0);
}

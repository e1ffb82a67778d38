/** Faults of what the streams of a run share, KMS and the request rates: no stream fails because of them. */

import { afterAll, beforeAll, expect } from '@jest/globals';
import type { Fault, FaultEffect } from '../../local-aws/faults.ts';
import { type LocalAws, type RequestRecord, startLocalAws } from '../../local-aws/server.ts';
import { streamOf } from '../../local-aws/wire.ts';
import { ALWAYS, createStream, KINDS, type Kind } from '../end-to-end/step.ts';
import { sample } from '../support/extent.ts';
import { createKeys, NEW_KEY, OLD_KEY, REGION } from './account.ts';
import { ADAPTER_DRIVER, BUNDLE_DRIVER, type DrivenRun, type Driver, streamReport } from './drivers.ts';
import { EMPTY_RESPONSE, error, HTML_PAGE, INTERNAL_FAILURE, NO_RESPONSE, THROTTLED } from './named-fault.ts';
import { testEach } from './suite.ts';

interface SharedFault {
  readonly name: string;
  readonly point: 'key lookup' | 'every second call';
  /** The effect on the requests that the fault hits. */
  readonly effect: FaultEffect;
  /** How many requests the fault hits. Default: all. */
  readonly times?: number;
  /** Default: every stream succeeds. */
  readonly outcome?: 'timed-out';
  /** The input `key-id`. Default: an alias, which KMS must resolve. */
  readonly keyId?: string;
  /** The client's request timeout in real time. Default: none. */
  readonly requestTimeoutMs?: number;
  /** Runs through the bundle, too. */
  readonly bundled?: true;
}

function kmsFault(name: string, effect: FaultEffect, options: Partial<SharedFault> = {}): SharedFault {
  return { name, point: 'key lookup', effect, ...options };
}

const ONCE = { times: 1 };
const { effect: HANGS, requestTimeoutMs } = NO_RESPONSE;

const FAULTS: readonly SharedFault[] = [
  kmsFault('throttled, once', THROTTLED, ONCE),
  kmsFault('status 500, once', INTERNAL_FAILURE, ONCE),
  kmsFault('HTML page with status 503, once', HTML_PAGE, ONCE),
  kmsFault('connection reset, once', { lost: 'before' }, ONCE),
  kmsFault('truncated body, once', { cutOff: 'after' }, ONCE),
  kmsFault('empty response with status 200, once', EMPTY_RESPONSE, ONCE),
  kmsFault('KMSInternalException, once', error('KMSInternalException', 'inside', { status: 500 }), ONCE),
  kmsFault('DependencyTimeoutException, once', error('DependencyTimeoutException', 'late', { status: 503 }), ONCE),
  kmsFault('no response, client times out, once', HANGS, { times: 1, requestTimeoutMs }),
  kmsFault('no response, client times out, three times', HANGS, { times: 3, requestTimeoutMs }),
  kmsFault('throttled, five times', THROTTLED, { times: 5, bundled: true }),
  kmsFault('status 500, five times', INTERNAL_FAILURE, { times: 5 }),
  // A key ARN identifies its key without a lookup.
  kmsFault('access denied, always', error('AccessDeniedException', 'no'), { keyId: NEW_KEY }),
  kmsFault('no response until the deadline', HANGS, { outcome: 'timed-out', bundled: true }),
  {
    name: 'throttled because of another client of the account',
    point: 'every second call',
    effect: THROTTLED,
    bundled: true
  }
];

interface SharedCase {
  readonly fault: SharedFault;
  readonly kind: Kind;
}

const ALL_CASES: readonly SharedCase[] = FAULTS.flatMap((fault) => KINDS.map((kind) => ({ fault, kind })));
/** In a sample, each fault once. */
const CASES = sample(ALL_CASES, ({ fault }) => fault.name);
const BUNDLED = CASES.filter(({ fault }) => fault.bundled === true);

/** Without retries of the SDK, every fault reaches the action. */
beforeAll(() => {
  process.env.AWS_MAX_ATTEMPTS = '1';
});
afterAll(() => {
  delete process.env.AWS_MAX_ATTEMPTS;
});

interface SharedResult {
  readonly run: DrivenRun;
  readonly requests: readonly RequestRecord[];
  readonly writes: readonly RequestRecord[];
}

for (const [driver, cases, streams, shortSeconds] of [
  [ADAPTER_DRIVER, CASES, 10, 20],
  [BUNDLE_DRIVER, BUNDLED, 4, 5]
] as const) {
  const names = Array.from({ length: streams }, (_, index) => `orders-${index}`);
  testEach(driver, {
    cases,
    titleOf: ({ fault: { name, point, outcome = 'rekeyed' }, kind }) => `${kind}, ${point}: ${name} → ${outcome}`,
    run: (sharedCase) => runShared(driver, sharedCase, names, shortSeconds),
    verify: ({ fault, kind }, result) => {
      const { report, exitCode } = result.run;
      if (fault.outcome === 'timed-out') expectTimedOut(kind, names, result, shortSeconds);
      else expectChanged(names, result);
      expect(report.outcome).toBe(fault.outcome ?? 'rekeyed');
      expectHits(fault, result);
      if (exitCode !== undefined) expect(exitCode).toBe(fault.outcome === undefined ? 0 : 1);
    }
  });
}

/** Asserts that every stream had exactly one change, which the service confirmed. */
function expectChanged(names: readonly string[], { run: { report }, writes }: SharedResult): void {
  for (const [index, name] of names.entries()) {
    const outcome = index % 2 === 0 ? 'enabled' : 'rekeyed';
    const stream = streamReport(report, name);
    const { message } = stream;
    expect(stream).toMatchObject({ outcome, message, changed: true, encrypted: 'true', keyId: NEW_KEY });
    expect(writes.filter(({ input }) => streamOf(input) === name)).toHaveLength(1);
  }
}

/** Asserts that every stream timed out at its own deadline, and that no change was sent. */
function expectTimedOut(
  kind: Kind,
  names: readonly string[],
  { run, requests }: SharedResult,
  timeoutSeconds: number
): void {
  const statuses = { kinesis: ['ACTIVE', 'ACTIVE'], firehose: ['DISABLED', 'ENABLED'] }[kind];
  for (const [index, name] of names.entries()) {
    const stream = streamReport(run.report, name);
    expect(stream).toMatchObject({ outcome: 'timed-out', changed: false, status: statuses[index % 2] });
    expect(stream.message).toContain('No change was sent');
    // A process is measured in real time.
    if (run.exitCode === undefined) expect(stream.durationSeconds).toBeLessThanOrEqual(timeoutSeconds);
  }
  expect(requests.filter(({ operation }) => operation.startsWith('Start'))).toEqual([]);
}

/** The key lookups of a run without faults, and one more for streams that ask after the others have their response. */
const MAX_KEY_LOOKUPS = 4;

function expectHits({ point, times = 1 }: SharedFault, { requests }: SharedResult): void {
  if (point === 'key lookup') {
    const lookups = requests.filter(({ operation }) => operation === 'DescribeKey').length;
    expect(lookups).toBeGreaterThanOrEqual(times);
    // Concurrent lookups of a key share one request, so that a fault does not multiply the requests.
    expect(lookups).toBeLessThanOrEqual(times + MAX_KEY_LOOKUPS);
  } else {
    const rejected = requests.filter(({ errorCode }) => errorCode !== undefined);
    expect(rejected.length).toBeGreaterThan(requests.length / 3);
  }
}

async function runShared(
  driver: Driver,
  { fault, kind }: SharedCase,
  names: readonly string[],
  shortSeconds: number
): Promise<SharedResult> {
  const { times = ALWAYS, point, effect, outcome, keyId = 'alias/new' } = fault;
  const clock = driver.clock();
  let aws: LocalAws | undefined;
  const inject = (hit: Fault) => aws?.faults.add(hit);
  const onRequest = point === 'every second call' ? hitEverySecondRequest(effect, inject) : () => undefined;
  await using local = await startLocalAws({ region: REGION, now: () => clock.now(), changeMs: 3_000, onRequest });
  aws = local;
  createKeys(local);
  for (const [index, name] of names.entries()) {
    createStream(local, kind, { name, key: index % 2 === 0 ? undefined : OLD_KEY });
  }
  if (point === 'key lookup') local.faults.add({ on: 'DescribeKey', times, ...effect });
  const inputs = {
    'stream-kind': kind,
    'stream-name': names.join(),
    'key-id': keyId,
    'timeout-seconds': String(outcome === 'timed-out' ? shortSeconds : 600)
  };
  const { requestTimeoutMs } = fault;
  const run = await clock.execute(() => driver.run({ aws: local, inputs, clock, requestTimeoutMs }));
  return { run, requests: [...local.requests], writes: local.writes() };
}

/** Injects this fault into every second request of each operation. */
function hitEverySecondRequest(effect: FaultEffect, inject: (fault: Fault) => void): (request: RequestRecord) => void {
  const counts = new Map<string, number>();
  return ({ operation }) => {
    const count = (counts.get(operation) ?? 0) + 1;
    counts.set(operation, count);
    if (count % 2 === 1) inject({ on: operation, ...effect });
  };
}

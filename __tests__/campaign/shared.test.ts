/** Faults of what the streams of a run share. No stream fails because of a slow key lookup or throttling. */

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Fault } from '../../local-aws/faults.ts';
import { type LocalAws, type RequestRecord, startLocalAws } from '../../local-aws/server.ts';
import { streamOf } from '../../local-aws/wire.ts';
import { createStream, type Kind } from '../end-to-end/step.ts';
import { sample } from '../support/extent.ts';
import { NEW_KEY, NEW_KEY_ID, OLD_KEY, OLD_KEY_ID, REGION } from './account.ts';
import { CampaignReport } from './campaign-report.ts';
import { ADAPTER_DRIVER, BUNDLE_DRIVER, type DrivenRun, type Driver, streamReport } from './drivers.ts';
import { ALWAYS } from './fault-effects.ts';
import { runInPool } from './pool.ts';
import { SHARED_FAULTS, type SharedFault } from './shared-faults.ts';

interface SharedCase {
  readonly fault: SharedFault;
  readonly kind: Kind;
}

const ALL_CASES: readonly SharedCase[] = SHARED_FAULTS.flatMap((fault) => fault.kinds.map((kind) => ({ fault, kind })));
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

const campaignReport = new CampaignReport('shared resources', [...new Set(SHARED_FAULTS.map(({ point }) => point))]);
afterAll(() => {
  process.stdout.write(`${campaignReport.format(SHARED_FAULTS.map(({ name }) => name))}\n`);
});

interface SharedFaultResult {
  readonly run: DrivenRun;
  readonly requests: readonly RequestRecord[];
  readonly writes: readonly RequestRecord[];
}

describe.each([
  { driver: ADAPTER_DRIVER, cases: CASES, streams: 10 },
  { driver: BUNDLE_DRIVER, cases: BUNDLED, streams: 4 }
])('through $driver.name', ({ driver, cases, streams }) => {
  let resultOf: (sharedCase: SharedCase) => Promise<SharedFaultResult>;
  beforeAll(() => {
    resultOf = runInPool(cases, driver.concurrency, (sharedCase) => runWithSharedFault(driver, sharedCase, streams));
  });

  test.each(cases.map((sharedCase) => [titleOf(sharedCase), sharedCase] as const))('%s', async (_title, sharedCase) => {
    const { fault, kind } = sharedCase;
    const outcome = outcomeOf(fault);
    await campaignReport.record(driver.name, { fault: fault.name, point: fault.point, kind, outcome }, async () => {
      const result = await resultOf(sharedCase);
      const { report, exitCode } = result.run;
      const messages = report.streams.map(({ message }) => message);
      if (fault.outcome === 'timed-out') expectEveryStreamTimedOut(sharedCase, result, streams);
      else expectEveryStreamChanged(result, streams);
      expect({ outcome: report.outcome, messages }).toEqual({ outcome, messages });
      expectHits(fault, result);
      if (exitCode !== undefined) expect(exitCode).toBe(fault.outcome === undefined ? 0 : 1);
    });
  });
});

function titleOf({ fault, kind }: SharedCase): string {
  return `${kind}, ${fault.point}: ${fault.name} → ${outcomeOf(fault)}`;
}

function outcomeOf({ outcome }: SharedFault): string {
  return outcome ?? 'rekeyed';
}

/** Asserts that every stream had exactly one change, which the service confirmed. */
function expectEveryStreamChanged({ run: { report }, writes }: SharedFaultResult, streams: number): void {
  for (const [index, name] of namesOf(streams).entries()) {
    const outcome = index % 2 === 0 ? 'enabled' : 'rekeyed';
    const stream = streamReport(report, name);
    const { message } = stream;
    expect(stream).toMatchObject({ outcome, message, changed: true, encrypted: 'true', keyId: NEW_KEY });
    expect(writes.filter(({ input }) => streamOf(input) === name)).toHaveLength(1);
  }
}

/** Asserts that every stream timed out at its own deadline, and that no change was sent. */
function expectEveryStreamTimedOut(
  { fault, kind }: SharedCase,
  { run, requests }: SharedFaultResult,
  streams: number
): void {
  const { timeoutSeconds = 0 } = fault;
  const statuses = { kinesis: ['ACTIVE', 'ACTIVE'], firehose: ['DISABLED', 'ENABLED'] }[kind];
  for (const [index, name] of namesOf(streams).entries()) {
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

function expectHits({ point, times = 1 }: SharedFault, { requests }: SharedFaultResult): void {
  const count = (operation: string) => requests.filter((request) => request.operation === operation).length;
  if (point === 'key lookup') {
    expect(count('DescribeKey')).toBeGreaterThanOrEqual(times);
    // Concurrent lookups of a key share one request, so that a fault does not multiply the requests.
    expect(count('DescribeKey')).toBeLessThanOrEqual(times + MAX_KEY_LOOKUPS);
  } else {
    const rejected = requests.filter(({ errorCode }) => errorCode !== undefined);
    expect(rejected.length).toBeGreaterThan(requests.length / 3);
  }
}

function namesOf(streams: number): string[] {
  return Array.from({ length: streams }, (_, index) => `orders-${index}`);
}

async function runWithSharedFault(
  driver: Driver,
  { fault, kind }: SharedCase,
  streams: number
): Promise<SharedFaultResult> {
  const clock = driver.clock();
  const { keyId = 'alias/new', timeoutSeconds = 200, requestTimeoutMs } = fault;
  const names = namesOf(streams);
  let aws: LocalAws | undefined;
  const onRequest = hitEverySecondRequest(fault, (hit) => aws?.faults.add(hit));
  await using local = await startLocalAws({ region: REGION, now: () => clock.now(), changeMs: 3_000, onRequest });
  aws = local;
  local.kms.createKey({ id: OLD_KEY_ID });
  local.kms.createAlias('alias/new', local.kms.createKey({ id: NEW_KEY_ID }));
  for (const [index, name] of names.entries()) {
    createStream(local, kind, { name, key: index % 2 === 0 ? undefined : OLD_KEY });
  }
  const { times = ALWAYS, point, effect } = fault;
  if (point === 'key lookup') local.faults.add({ on: 'DescribeKey', times, ...effect });
  const run = await clock.execute(() =>
    driver.run({
      aws: local,
      inputs: {
        'stream-kind': kind,
        'stream-name': names.join(),
        'key-id': keyId,
        'timeout-seconds': String(timeoutSeconds)
      },
      clock,
      ...(requestTimeoutMs !== undefined && { requestTimeoutMs })
    })
  );
  return { run, requests: [...local.requests], writes: local.writes() };
}

/** Injects a fault of the point `every second call` into every second request of each operation. */
function hitEverySecondRequest(fault: SharedFault, inject: (fault: Fault) => void): (request: RequestRecord) => void {
  const counts = new Map<string, number>();
  return ({ operation }) => {
    if (fault.point !== 'every second call') return;
    const count = (counts.get(operation) ?? 0) + 1;
    counts.set(operation, count);
    if (count % 2 === 1) inject({ on: operation, ...fault.effect });
  };
}

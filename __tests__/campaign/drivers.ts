/** Two ways to run a case: through the AWS adapters with a virtual clock, or through the committed bundle. */

import { afterAll, beforeAll, expect, jest } from '@jest/globals';
import { openAws } from '../../src/aws/aws.ts';
import { KeyCache } from '../../src/encryption/keys/key-cache.ts';
import type { StreamRequest } from '../../src/encryption/model.ts';
import { encrypt } from '../../src/encryption/stream/encrypt.ts';
import { toOutputs } from '../../src/github/inputs-outputs.ts';
import { renderSummary } from '../../src/github/summary.ts';
import { CREDENTIALS, runOn } from '../end-to-end/step.ts';
import { endedRun } from '../support/ended-runs.ts';
import { NO_FLEET } from '../support/fleet-context.ts';
import { NetworkClock } from '../support/network-clock.ts';
import { type RunClock, realTime } from '../support/run-clock.ts';
import { NO_SOURCES } from '../support/sources.ts';
import { NEW_KEY, REGION } from './account.ts';
import { CaseEnvironment } from './case-environment.ts';
import { ALWAYS, NO_CLIENT_TIMEOUT_MS } from './fault-effects.ts';
import type { FaultCase } from './faults.ts';
import { INJECTION_POINTS } from './injection-points.ts';

/** What one run reports to the workflow. */
export interface RunReport {
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
  /** Only if the run was a process. */
  readonly exitCode?: number | null;
  /** How long after its deadline the run ended; negative if it ended before. Only on a virtual clock. */
  readonly overdueMs?: number;
}

export interface CaseResult {
  readonly reports: readonly RunReport[];
  readonly starts: number;
  readonly writes: number;
  /** How many requests the fault hit. */
  readonly hits: number;
}

/** Asserts that the fault hit the expected number of requests, and that the run sent the expected number of starts. */
export function expectCounts(
  { fault, expectation }: FaultCase,
  { starts, hits }: Pick<CaseResult, 'starts' | 'hits'>
): void {
  if (expectation.starts === 'several') expect(starts).toBeGreaterThan(1);
  else expect(starts).toBe(expectation.starts);
  if (fault.times === ALWAYS) expect(hits).toBeGreaterThan(0);
  else expect(hits).toBe(fault.times ?? 1);
}

/** The SDK waits in real time before a retry, for a random time. In the test file that calls this, it does not wait. */
export function disableSdkBackoff(): void {
  beforeAll(() => {
    jest.spyOn(Math, 'random').mockReturnValue(0);
  });
  afterAll(() => {
    jest.restoreAllMocks();
  });
}

/** Long enough for every transient fault. */
const DEFAULT_TIMEOUT_SECONDS = 200;
/** The maximum timeout in real time of a case that ends at its deadline. */
const MAX_REAL_TIMEOUT_SECONDS = 5;

export interface Driver {
  readonly name: string;
  /** How many cases run at a time. */
  readonly concurrency: number;
  /** The clock of the run and of its local AWS. */
  readonly clock: () => RunClock;
  readonly run: (environment: CaseEnvironment, faultCase: FaultCase, clock: RunClock) => Promise<RunReport>;
}

/**
 * All concurrent cases share the environment variable that sets the endpoint. Each case therefore reaches its own local
 * AWS as a proxy, which is a setting of the client.
 */
export const ADAPTER_DRIVER: Driver = {
  name: 'the AWS adapters',
  concurrency: 16,
  clock: () => new NetworkClock(),
  async run(environment, faultCase, clock) {
    Object.assign(process.env, { AWS_ENDPOINT_URL: 'http://aws.invalid', ...CREDENTIALS });
    const request = requestOf(faultCase);
    const cancelled = new AbortController().signal;
    const aws = await openAws({
      region: REGION,
      env: { HTTP_PROXY: environment.aws.endpoint },
      clock,
      debug: () => undefined,
      cancelled,
      requestTimeoutMs: faultCase.fault.requestTimeoutMs ?? NO_CLIENT_TIMEOUT_MS
    });
    try {
      const result = await encrypt(request, {
        service: await aws.streams(faultCase.kind),
        keys: new KeyCache(aws.keys),
        sources: NO_SOURCES,
        clock,
        random: () => 0.5,
        log: () => undefined,
        cancelled,
        fleet: NO_FLEET
      });
      const run = endedRun([result], { request: null, durationSeconds: result.durationSeconds });
      return {
        outputs: toOutputs([result], result.durationSeconds),
        summary: renderSummary({ run, reportPath: null }, {}),
        overdueMs: result.durationSeconds * 1000 - request.timeoutMs
      };
    } finally {
      aws.close();
    }
  }
};

/** Starts the bundle as the GitHub runner does, in real time. */
export const BUNDLE_DRIVER: Driver = {
  name: 'the committed bundle',
  concurrency: 8,
  clock: realTime,
  async run(environment, faultCase) {
    const { fault, kind } = faultCase;
    const timeoutSeconds =
      fault.timeoutSeconds === undefined
        ? DEFAULT_TIMEOUT_SECONDS
        : Math.min(fault.timeoutSeconds, MAX_REAL_TIMEOUT_SECONDS);
    const { outputs, summary, exitCode } = await runOn(environment.aws, kind, {
      'key-id': fault.keyId ?? NEW_KEY,
      'timeout-seconds': String(timeoutSeconds),
      'verify-records': String(verifiesRecords(faultCase))
    });
    return { outputs, summary, exitCode };
  }
};

/** Starts this many concurrent runs of a case in one environment. */
export async function runCase(driver: Driver, faultCase: FaultCase, runs = 1): Promise<CaseResult> {
  const clock = driver.clock();
  await using environment = await CaseEnvironment.open(faultCase, () => clock.now());
  // A client that times out ends the request itself.
  if (faultCase.fault.requestTimeoutMs === undefined) clock.passHangs(environment.aws);
  const reports = await clock.execute(() =>
    Promise.all(Array.from({ length: runs }, () => driver.run(environment, faultCase, clock)))
  );
  return { reports, starts: environment.starts, writes: environment.writesTo('orders'), hits: environment.hits };
}

function requestOf(faultCase: FaultCase): StreamRequest {
  const { fault, kind } = faultCase;
  return {
    region: REGION,
    stream: { kind, name: 'orders', arn: null },
    named: true,
    mode: 'encrypt',
    criteria: { which: 'target', target: { type: null, id: fault.keyId ?? NEW_KEY } },
    from: null,
    wait: true,
    timeoutMs: (fault.timeoutSeconds ?? DEFAULT_TIMEOUT_SECONDS) * 1000,
    settleMs: 1_000,
    verifyRecords: verifiesRecords(faultCase)
  };
}

function verifiesRecords({ point }: FaultCase): boolean {
  return INJECTION_POINTS[point].verifyRecords === true;
}

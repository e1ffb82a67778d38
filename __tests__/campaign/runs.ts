/** A run of one case: through the real AWS adapters with a quickened clock, or through the committed bundle. */

import { setTimeout } from 'node:timers/promises';
import { expect } from '@jest/globals';
import { openAws } from '../../src/aws/aws.ts';
import { KeyCache } from '../../src/encryption/keys/key-cache.ts';
import type { StreamRequest } from '../../src/encryption/model.ts';
import type { Clock } from '../../src/encryption/ports.ts';
import { encrypt } from '../../src/encryption/stream/encrypt.ts';
import { toOutputs } from '../../src/github/inputs-outputs.ts';
import { renderSummary } from '../../src/github/summary.ts';
import { consoleUrl } from '../../src/reporting/console-link.ts';
import { CREDENTIALS, runOn } from '../end-to-end/step.ts';
import { ALONE } from '../support/fleet-context.ts';
import { EVER } from './effects.ts';
import { NEW, REGION } from './endings.ts';
import type { Case } from './faults.ts';
import { MOMENTS } from './moments.ts';
import { Stage } from './stage.ts';

/** What a run leaves for the workflow. */
export interface Told {
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
  /** Of the process, where the run was one. */
  readonly exitCode?: number | null;
  /** For how long the run went on after its deadline, in real time; negative where it ended before. */
  readonly overdueMs: number;
}

/** What a case left behind. */
export interface Trace {
  /** One for each run. */
  readonly told: readonly Told[];
  readonly starts: number;
  readonly writes: number;
  /** How often the fault struck. */
  readonly hits: number;
}

/** That the fault of a case has struck as often as it was to, and that the run has sent as many starts as it must. */
export function expectCounts({ fault, ending }: Case, { starts, hits }: Pick<Trace, 'starts' | 'hits'>): void {
  if (ending.starts === 'several') expect(starts).toBeGreaterThan(1);
  else expect(starts).toBe(ending.starts);
  if (fault.times === EVER) expect(hits).toBeGreaterThan(0);
  else expect(hits).toBe(fault.times ?? 1);
}

/** Fast enough that minutes pass in seconds; slow enough that a slow answer of this machine is none to the domain. */
const SPEED = 20;

/** A clock so many times as fast as the machine's. */
export function quickClock(speed: number): Clock {
  return {
    now: () => performance.now() * speed,
    sleep: (ms, signal) => setTimeout(ms / speed, undefined, { signal })
  };
}

/** Long enough, in the run's own time, for whatever is ridden out. */
const TIME_ENOUGH_SECONDS = 200;
/** The latest deadline of a case that ends by it, where a second is a second. */
const SHORT_SECONDS = 5;

/** A way to run: on which clock the case's local AWS is, and one run against it. */
export interface Way {
  readonly name: string;
  /** How many cases are run at a time. */
  readonly atOnce: number;
  readonly clock: (one: Case) => Clock;
  readonly run: (stage: Stage, one: Case, clock: Clock) => Promise<Told>;
}

/**
 * Through the AWS adapters. The environment that names an endpoint is shared by all cases that run at the same time, so
 * each reaches its own local AWS as a proxy, which is a matter of the connection.
 */
export const THROUGH_ADAPTERS: Way = {
  name: 'the AWS adapters',
  atOnce: 16,
  clock: ({ fault }) => quickClock(fault.speed ?? SPEED),
  async run(stage, one, clock) {
    Object.assign(process.env, { AWS_ENDPOINT_URL: 'http://aws.invalid', ...CREDENTIALS });
    const { requestTimeoutMs, speed = SPEED } = one.fault;
    const request = requestOf(one);
    const aws = await openAws({
      region: REGION,
      env: { HTTP_PROXY: stage.aws.endpoint },
      clock,
      debug: () => undefined,
      ...(requestTimeoutMs !== undefined && { requestTimeoutMs })
    });
    const cancelled = new AbortController().signal;
    try {
      const result = await encrypt(request, {
        service: await aws.streams(one.kind),
        keys: new KeyCache(aws.keys),
        clock,
        random: () => 0.5,
        log: () => undefined,
        cancelled,
        fleet: ALONE
      });
      const row = { result, endedAt: new Date(), consoleUrl: consoleUrl(result) };
      return {
        outputs: toOutputs([result], result.durationSeconds),
        summary: renderSummary(
          { request: 'the request', rows: [row], runOutcome: null, errors: [], reportPath: null },
          {}
        ),
        overdueMs: (result.durationSeconds * 1000 - request.timeoutMs) / speed
      };
    } finally {
      aws.close();
    }
  }
};

/** Through the bundle, as the runner starts it, in real time. */
export const THROUGH_BUNDLE: Way = {
  name: 'the committed bundle',
  atOnce: 8,
  clock: () => quickClock(1),
  async run(stage, one) {
    const { timeoutSeconds: asked } = one.fault;
    const timeoutSeconds = asked === undefined ? TIME_ENOUGH_SECONDS : Math.min(asked, SHORT_SECONDS);
    const { outputs, summary, exitCode } = await runOn(stage.aws, one.kind, {
      'key-id': one.fault.keyId ?? NEW,
      'timeout-seconds': String(timeoutSeconds),
      'verify-records': String(verifiesRecords(one))
    });
    return { outputs, summary, exitCode, overdueMs: (Number(outputs['duration-seconds']) - timeoutSeconds) * 1000 };
  }
};

/** Runs a case, on a stage of its own: once, or so many times at once. */
export async function runCase(way: Way, one: Case, runs = 1): Promise<Trace> {
  const clock = way.clock(one);
  await using stage = await Stage.open(one, clock.now);
  const told = await Promise.all(Array.from({ length: runs }, () => way.run(stage, one, clock)));
  return { told, starts: stage.starts, writes: stage.writesOf('orders'), hits: stage.hits };
}

function requestOf(one: Case): StreamRequest {
  return {
    region: REGION,
    stream: { kind: one.kind, name: 'orders', arn: null },
    named: true,
    mode: 'encrypt',
    criteria: { which: 'target', target: { type: null, id: one.fault.keyId ?? NEW } },
    from: null,
    wait: true,
    timeoutMs: (one.fault.timeoutSeconds ?? TIME_ENOUGH_SECONDS) * 1000,
    settleMs: 1_000,
    verifyRecords: verifiesRecords(one)
  };
}

function verifiesRecords({ moment }: Case): boolean {
  return MOMENTS[moment].verifyRecords === true;
}

/** Two ways to run the action against a local AWS: its AWS adapters on a virtual clock, or the committed bundle. */

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, test } from '@jest/globals';
import { type LocalAws, type LocalAwsOptions, type RequestRecord, startLocalAws } from '../../local-aws/server.ts';
import { streamOf } from '../../local-aws/wire.ts';
import { type Aws, openAws } from '../../src/aws/aws.ts';
import { createDeadline } from '../../src/encryption/deadline.ts';
import { runFleet } from '../../src/encryption/fleet/fleet.ts';
import { type SelectTools, select } from '../../src/encryption/fleet/select.ts';
import { KeyCache } from '../../src/encryption/keys/key-cache.ts';
import type { RunRequest } from '../../src/encryption/model.ts';
import { Cancelled, TimedOut } from '../../src/encryption/ports.ts';
import { check } from '../../src/encryption/stream/check.ts';
import { encrypt } from '../../src/encryption/stream/encrypt.ts';
import { SourceCache } from '../../src/encryption/stream/source-cache.ts';
import { toOutputs } from '../../src/github/inputs-outputs.ts';
import { renderSummary } from '../../src/github/summary.ts';
import type { EndedRun, EndedStream } from '../../src/reporting/ended-run.ts';
import { type Report, type StreamReport, toReport } from '../../src/reporting/report.ts';
import { runAction, type Step } from '../../testing/runner.ts';
import { CREDENTIALS } from '../end-to-end/step.ts';
import { withAnyKey } from '../support/any-key.ts';
import { endedRun, WORKFLOW_RUN } from '../support/ended-runs.ts';
import { type Inputs, read } from '../support/inputs.ts';
import { NetworkClock } from '../support/network-clock.ts';
import { type RunClock, realTime } from '../support/run-clock.ts';
import { createKeys, REGION } from './account.ts';

export interface Scenario {
  readonly inputs: Inputs;
  readonly options?: LocalAwsOptions | undefined;
  /** Creates the streams and the faults. The keys exist. */
  readonly setUp: (aws: LocalAws) => void;
  readonly onRequest?: (request: RequestRecord, aws: LocalAws) => void;
  /** The client's request timeout in real time. Default: none. */
  readonly requestTimeoutMs?: number | undefined;
  /** Cancels the run when it resolves. */
  readonly cancelWhen?: Promise<unknown> | undefined;
  /** Starts two concurrent runs. */
  readonly twice?: boolean;
  /** Only of a process: environment variables, and what is called for each line of its log. */
  readonly env?: Step['env'];
  readonly onLine?: Step['onLine'];
}

interface EndOfRun {
  readonly report: Report;
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
  readonly log: readonly string[];
  /** Only if the run was a process. */
  readonly exitCode?: number | null;
  /** How many signals it received. */
  readonly signals?: number;
}

export interface DrivenRun extends EndOfRun {
  /** A concurrent run. */
  readonly others: readonly EndOfRun[];
  /** As the run left it. */
  readonly aws: LocalAws;
}

export interface Driver {
  readonly name: string;
  /** How many runs are in progress at a time. */
  readonly concurrency: number;
  readonly clock: () => RunClock;
  readonly run: (aws: LocalAws, clock: RunClock, scenario: Scenario) => Promise<EndOfRun>;
}

/** One test for each case. A case begins when the one `concurrency` places before it has ended. */
export function testEach<Case>(
  { name, concurrency }: Driver,
  cases: readonly Case[],
  titleOf: (one: Case) => string,
  verify: (one: Case) => Promise<void>
): void {
  if (cases.length === 0) return;
  describe(`through ${name}`, () => {
    const ends: Promise<void>[] = [];
    beforeAll(() => {
      for (const [index, one] of cases.entries()) {
        // A case may fail before its test awaits it, which must not count as an unhandled rejection.
        const before = ends[index - concurrency]?.catch(() => undefined);
        ends.push(Promise.resolve(before).then(() => verify(one)));
      }
      for (const end of ends) end.catch(() => undefined);
    });
    for (const [index, one] of cases.entries()) test(titleOf(one), () => ends[index]);
  });
}

/** Runs the action against a new local AWS. */
export async function drive(driver: Driver, scenario: Scenario): Promise<DrivenRun> {
  const clock = driver.clock();
  await using aws: LocalAws = await startLocalAws({
    region: REGION,
    now: () => clock.now(),
    ...scenario.options,
    onRequest: (request) => scenario.onRequest?.(request, aws)
  });
  createKeys(aws);
  scenario.setUp(aws);
  const start = () => driver.run(aws, clock, scenario);
  const [run, ...others] = await clock.execute(() => Promise.all([start(), ...(scenario.twice ? [start()] : [])]));
  return { ...run, others, aws };
}

// The SDK waits in real time before a retry, for a random time: here it does not wait.
Math.random = () => 0;

const DEFAULT_INPUTS = { mode: 'encrypt', 'settle-seconds': '1', 'timeout-seconds': '200' };

/**
 * All concurrent runs share the environment variable that sets the endpoint. Each run therefore reaches its own local AWS
 * as a proxy.
 */
export const ADAPTER_DRIVER: Driver = {
  name: 'the AWS adapters',
  concurrency: 8,
  clock: () => new NetworkClock(),
  async run(local, clock, { inputs, requestTimeoutMs, cancelWhen }) {
    // A client that times out ends the request itself.
    if (requestTimeoutMs === undefined) clock.passHangs(local);
    Object.assign(process.env, { AWS_ENDPOINT_URL: 'http://aws.invalid', ...CREDENTIALS });
    const request = await read({ ...DEFAULT_INPUTS, ...inputs }, { AWS_REGION: REGION });
    const cancel = new AbortController();
    cancelWhen?.then(() => cancel.abort(new Cancelled()));
    const aws = await openAws({
      region: REGION,
      env: { HTTP_PROXY: local.endpoint },
      clock,
      debug: () => undefined,
      cancelled: cancel.signal,
      // Otherwise a request that hangs ends at the deadline of its run.
      requestTimeoutMs: requestTimeoutMs ?? 600_000
    });
    const log: string[] = [];
    try {
      const tools = { clock, random: () => 0.5, cancelled: cancel.signal, log: (line: string) => void log.push(line) };
      const end = await selectAndRun(request, aws, tools).then((streams) => ({ streams }), endOf);
      const run = endedRun([], { request, durationSeconds: clock.now() / 1000, ...end });
      const results = run.streams.map(({ result }) => result);
      return {
        report: toReport(run, WORKFLOW_RUN),
        log,
        outputs: toOutputs(results, run.durationSeconds, run.runOutcome),
        summary: renderSummary({ run, reportPath: null }, {})
      };
    } finally {
      aws.close();
    }
  }
};

type RunTools = Pick<SelectTools, 'clock' | 'random' | 'log'> & { readonly cancelled: AbortSignal };

/** Selects and encrypts or checks the streams as the action does. */
async function selectAndRun(request: RunRequest, aws: Aws, runTools: RunTools): Promise<EndedStream[]> {
  const { clock, random, cancelled, log } = runTools;
  const deadline = createDeadline(clock, request.timeoutMs, cancelled);
  deadline.start();
  const fleet = await select(request.selection, {
    ...runTools,
    region: REGION,
    directory: aws.directory,
    describe: async (stream, signal) => (await aws.streams(stream.kind)).describe(stream, signal),
    signal: deadline.signal
  }).finally(() => deadline.stop());
  const runStream = request.mode === 'check' ? check : encrypt;
  const tools = {
    ...runTools,
    serviceOf: aws.streams,
    keys: new KeyCache(aws.keys),
    sources: new SourceCache({ dataStreams: () => aws.streams('kinesis'), clock, random }),
    maxChanges: request.maxChanges,
    onProgress: () => undefined
  };
  return runFleet(fleet, tools, async (selected, streamTools) => ({
    result: await runStream({ ...request, ...selected }, { ...streamTools, log }),
    endedAt: new Date()
  }));
}

/** How a run ended that could not select its streams. */
function endOf(cause: unknown): Pick<EndedRun, 'runOutcome' | 'errors'> {
  if (cause instanceof Cancelled) return { runOutcome: 'cancelled', errors: [] };
  if (cause instanceof TimedOut) return { runOutcome: 'timed-out', errors: [] };
  return { runOutcome: 'failed', errors: [cause instanceof Error ? cause.message : String(cause)] };
}

/** Starts the bundle as the GitHub runner does, in real time. */
export const BUNDLE_DRIVER: Driver = {
  name: 'the committed bundle',
  concurrency: 4,
  clock: realTime,
  async run(aws, _clock, { inputs, cancelWhen, env, onLine }) {
    const folder = mkdtempSync(join(tmpdir(), 'stream-encryption-campaign-'));
    try {
      const path = join(folder, 'report.json');
      const { exitCode, stdout, outputs, summary, sentSignals } = await runAction({
        inputs: withAnyKey({ ...DEFAULT_INPUTS, ...inputs, 'report-path': path }),
        env: { AWS_REGION: REGION, ...CREDENTIALS, AWS_ENDPOINT_URL: aws.endpoint, ...env },
        ...(onLine !== undefined && { onLine }),
        // A second signal, sooner than the runner's, must not change anything.
        ...(cancelWhen !== undefined && { cancelWhen, signals: [{ signal: 'SIGTERM', when: cancelWhen, afterMs: 30 }] })
      });
      const report: Report = JSON.parse(readFileSync(path, 'utf8'));
      return { report, outputs, summary, exitCode, signals: sentSignals.length, log: stdout.split('\n') };
    } finally {
      rmSync(folder, { recursive: true });
    }
  }
};

export function streamReport({ streams }: Report, streamName: string): StreamReport {
  const stream = streams.find(({ name }) => name === streamName);
  if (stream === undefined) throw new Error(`The report has no stream ${streamName}`);
  return stream;
}

/** The Start… requests for this stream, or for all; whether they took effect or not. */
export function startsOf({ requests }: LocalAws, name?: string): readonly RequestRecord[] {
  const starts = requests.filter(({ operation }) => operation.startsWith('Start'));
  return name === undefined ? starts : starts.filter(({ input }) => streamOf(input) === name);
}

/** How many starts of this stream took effect. */
export function writesTo(aws: LocalAws, name: string): number {
  return startsOf(aws, name).filter(({ accepted }) => accepted).length;
}

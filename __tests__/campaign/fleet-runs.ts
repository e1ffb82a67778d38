/** A run over several streams: through the real AWS adapters with a quickened clock, or through the committed bundle. */

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LocalAws } from '../../local-aws/server.ts';
import { type Aws, openAws } from '../../src/aws/aws.ts';
import { createDeadline } from '../../src/encryption/deadline.ts';
import { runFleet } from '../../src/encryption/fleet/fleet.ts';
import { type SelectTools, select } from '../../src/encryption/fleet/select.ts';
import { KeyCache } from '../../src/encryption/keys/key-cache.ts';
import type { RunRequest } from '../../src/encryption/model.ts';
import { Cancelled, type Clock, TimedOut } from '../../src/encryption/ports.ts';
import { check } from '../../src/encryption/stream/check.ts';
import { encrypt } from '../../src/encryption/stream/encrypt.ts';
import type { EndedRun, EndedStream } from '../../src/reporting/ended-run.ts';
import { type Report, type StreamReport, toReport } from '../../src/reporting/report.ts';
import { runAction } from '../../testing/runner.ts';
import { CREDENTIALS } from '../end-to-end/step.ts';
import { type Inputs, read } from '../support/inputs.ts';
import { REGION } from './endings.ts';
import { quickClock } from './runs.ts';

/** A run to be. */
export interface FleetOrder {
  readonly aws: LocalAws;
  readonly inputs: Inputs;
  /** The clock of the run and of the local AWS. */
  readonly clock: Clock;
  /** After so long, in real time, the client gives a request up; ten seconds if left out. */
  readonly requestTimeoutMs?: number;
  /** Cancels the run when it resolves. */
  readonly cancelWhen?: Promise<unknown>;
}

/** What a run leaves behind. */
export interface FleetTold {
  readonly report: Report;
  /** The lines of the log. */
  readonly log: readonly string[];
  /** Of the process, where the run was one. */
  readonly exitCode?: number | null;
}

/** A way to run many streams. */
export interface FleetWay {
  readonly name: string;
  /** How many runs go on at a time. */
  readonly atOnce: number;
  /** The clock for a run that is to be so many times as fast as it would be. */
  readonly clock: (speed: number) => Clock;
  readonly run: (order: FleetOrder) => Promise<FleetTold>;
}

/** Each run reaches its own local AWS as a proxy, as the environment that names an endpoint is shared by all of them. */
export const FLEET_THROUGH_ADAPTERS: FleetWay = {
  name: 'the AWS adapters',
  atOnce: 8,
  clock: quickClock,
  async run({ aws: local, inputs, clock, requestTimeoutMs, cancelWhen }) {
    Object.assign(process.env, { AWS_ENDPOINT_URL: 'http://aws.invalid', ...CREDENTIALS });
    const request = await read({ mode: 'encrypt', ...DEFAULTS, ...inputs }, { AWS_REGION: REGION });
    const cancel = new AbortController();
    cancelWhen?.then(() => cancel.abort(new Cancelled()));
    const aws = await openAws({
      region: REGION,
      env: { HTTP_PROXY: local.endpoint },
      clock,
      debug: () => undefined,
      ...(requestTimeoutMs !== undefined && { requestTimeoutMs })
    });
    const log: string[] = [];
    const beganMs = clock.now();
    const startedAt = new Date();
    try {
      const around = { clock, cancelled: cancel.signal, log: (line: string) => void log.push(line) };
      const end = await endOf(carryOut(request, aws, around));
      const durationSeconds = (clock.now() - beganMs) / 1000;
      return { report: toReport({ request, startedAt, endedAt: new Date(), durationSeconds, ...end }), log };
    } finally {
      aws.close();
    }
  }
};

const DEFAULTS = { 'settle-seconds': '1', 'timeout-seconds': '200' };

interface Around {
  readonly clock: Clock;
  readonly cancelled: AbortSignal;
  readonly log: (line: string) => void;
}

const HALF = () => 0.5;

/** As the action carries a run out, but for its own time and log. */
async function carryOut(request: RunRequest, aws: Aws, { clock, cancelled, log }: Around): Promise<EndedStream[]> {
  const fleet = await choose(request, aws, { clock, cancelled, log });
  const one = request.mode === 'check' ? check : encrypt;
  const keys = new KeyCache(aws.keys);
  const tools = { serviceOf: aws.streams, keys, clock, random: HALF, cancelled, onProgress: () => undefined };
  return runFleet(fleet, tools, async (chosen, its) => ({
    result: await one({ ...request, ...chosen }, { ...its, log }),
    endedAt: new Date()
  }));
}

async function choose({ selection, timeoutMs }: RunRequest, aws: Aws, { clock, cancelled, log }: Around) {
  const deadline = createDeadline(clock, timeoutMs, cancelled);
  deadline.start();
  const { directory } = aws;
  const describe: SelectTools['describe'] = async (stream, signal) =>
    (await aws.streams(stream.kind)).describe(stream, signal);
  try {
    return await select(selection, {
      region: REGION,
      directory,
      describe,
      clock,
      random: HALF,
      log,
      signal: deadline.signal
    });
  } finally {
    deadline.stop();
  }
}

/** How a run came to its end, as the report has it. */
async function endOf(run: Promise<EndedStream[]>): Promise<Pick<EndedRun, 'streams' | 'runOutcome' | 'errors'>> {
  try {
    return { streams: await run, runOutcome: null, errors: [] };
  } catch (cause) {
    const runOutcome = cause instanceof Cancelled ? 'cancelled' : cause instanceof TimedOut ? 'timed-out' : 'failed';
    const errors = runOutcome === 'failed' ? [cause instanceof Error ? cause.message : String(cause)] : [];
    return { streams: [], runOutcome, errors };
  }
}

/** As the runner starts it, in real time. */
export const FLEET_THROUGH_BUNDLE: FleetWay = {
  name: 'the committed bundle',
  atOnce: 4,
  clock: () => quickClock(1),
  async run({ aws, inputs, cancelWhen }) {
    const folder = mkdtempSync(join(tmpdir(), 'stream-encryption-campaign-'));
    try {
      const path = join(folder, 'report.json');
      const { exitCode, stdout } = await runAction({
        inputs: { ...DEFAULTS, ...inputs, 'report-path': path },
        env: { AWS_REGION: REGION, ...CREDENTIALS, AWS_ENDPOINT_URL: aws.endpoint },
        ...(cancelWhen !== undefined && { cancelWhen })
      });
      const report: Report = JSON.parse(readFileSync(path, 'utf8'));
      return { report, exitCode, log: stdout.split('\n') };
    } finally {
      rmSync(folder, { recursive: true });
    }
  }
};

/** What was told of this stream. */
export function streamIn({ streams }: Report, wanted: string): StreamReport {
  const stream = streams.find(({ name }) => name === wanted);
  if (stream === undefined) throw new Error(`Nothing was told of ${wanted}`);
  return stream;
}

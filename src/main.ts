/** One run as a story: read the inputs, choose the streams, secure or check each, report. */

import { type Aws, openAws, profileRegion } from './aws/aws.ts';
import { consoleUrl } from './aws/console.ts';
import { systemClock } from './clock.ts';
import { formatProgress, type Progress, runFleet } from './encryption/fleet/fleet.ts';
import { select } from './encryption/fleet/select.ts';
import { formatError, formatRequest } from './encryption/format.ts';
import { KeyCache } from './encryption/keys/key-cache.ts';
import { endedWell, type Outcome, type Result, type RunRequest, type SelectedStream } from './encryption/model.ts';
import { Cancelled, TimedOut } from './encryption/ports.ts';
import { check } from './encryption/stream/check.ts';
import { encrypt } from './encryption/stream/encrypt.ts';
import { startDeadline } from './encryption/stream/timing.ts';
import { type Annotation, annotate, annotationsFor, MOST_ANNOTATIONS } from './github/annotations.ts';
import { cancellation } from './github/cancellation.ts';
import { input } from './github/inputs.ts';
import { trackIssue } from './github/issue.ts';
import { debug, error, group, info, warning } from './github/log.ts';
import { outputsOf, setOutputs } from './github/outputs.ts';
import { type Summary, summaryOf, writeSummary } from './github/summary.ts';
import { BadInputs, type Reporting, readInputs } from './inputs/inputs.ts';
import { keepMemorySmall } from './memory.ts';
import { aftercare, type EndedStream } from './reporting/aftercare.ts';
import { type EndedRun, reportOf, writeReport } from './reporting/report.ts';

const { env } = process;

/** Runs the action. Never rejects: what goes wrong is told in the outputs, the summary, the annotations and the exit code. */
export async function run(): Promise<void> {
  const startedAt = new Date();
  const beganMs = performance.now();
  const cancelled = cancellation(process);
  let request: RunRequest | null = null;
  let reporting: Reporting = { path: null, issueToken: null };
  let ended: readonly EndedStream[] = [];
  let runEnded: Outcome | null = null;
  let faults: readonly string[] = [];
  try {
    ({ request, reporting } = await readInputs({ input, env, profileRegion }));
    info(formatRequest(request));
    ended = await carryOut(request, cancelled);
  } catch (cause) {
    if (cause instanceof BadInputs) reporting = cause.reporting;
    runEnded = outcomeOf(cause);
    faults = faultsOf(cause);
  }
  const durationSeconds = (performance.now() - beganMs) / 1000;
  await tell(
    { request, startedAt, endedAt: new Date(), durationSeconds, runEnded, faults, ended },
    reporting,
    cancelled
  ).catch((cause) => {
    process.exitCode = 1;
    error('Stream encryption', `How the run ended could not be told: ${cause}`);
  });
}

async function carryOut(request: RunRequest, cancelled: AbortSignal): Promise<EndedStream[]> {
  const aws = await openAws({ region: request.region, env, clock: systemClock, debug });
  try {
    const fleet = await choose(request, aws, cancelled);
    keepMemorySmall(fleet.length);
    const carryOutOne = request.mode === 'check' ? check : encrypt;
    const tools = {
      serviceOf: aws.streams,
      keys: new KeyCache(aws.keys),
      clock: systemClock,
      random: Math.random,
      cancelled,
      onProgress: (progress: Progress) => info(formatProgress(progress))
    };
    return await runFleet(fleet, tools, async (chosen, its) => {
      const lines: string[] = [];
      // The log of a stream that is alone is read as it comes; those of many would get mixed up.
      const log = fleet.length === 1 ? info : (line: string) => lines.push(line);
      const result = await carryOutOne({ ...request, ...chosen }, { ...its, log });
      if (fleet.length > 1) group(endInWords(result), lines);
      else if (endedWell(result)) info(endInWords(result));
      return { result, endedAt: new Date() };
    });
  } finally {
    aws.close();
  }
}

/** Chooses the streams, before anything is changed; listing them has as much time as each of them has. */
async function choose(
  { selection, region, timeoutMs }: RunRequest,
  aws: Aws,
  cancelled: AbortSignal
): Promise<SelectedStream[]> {
  const deadline = startDeadline(systemClock, timeoutMs, cancelled);
  try {
    return await select(selection, {
      region,
      directory: aws.directory,
      look: async (stream, signal) => (await aws.streams(stream.kind)).describe(stream, signal),
      clock: systemClock,
      random: Math.random,
      log: info,
      signal: deadline.signal
    });
  } finally {
    deadline.stop();
  }
}

function endInWords({ kind, name, outcome, message }: Result): string {
  return `${kind} ${name}: ${outcome}: ${message}`;
}

function outcomeOf(cause: unknown): Outcome {
  if (cause instanceof Cancelled) return 'cancelled';
  return cause instanceof TimedOut ? 'timed-out' : 'failed';
}

function faultsOf(cause: unknown): readonly string[] {
  if (cause instanceof BadInputs) return cause.faults;
  if (cause instanceof Cancelled) return ['The run was cancelled before its streams were known. No change was sent'];
  if (cause instanceof TimedOut) {
    const trouble = cause.message === '' ? '' : `; the last call failed: ${cause.message}`;
    return [`The streams were not found within timeout-seconds${trouble}. No change was sent`];
  }
  return [formatError(cause)];
}

/** Outputs first: they are what other steps build on. A summary that cannot be written fails nothing. */
async function tell(run: EndedRun, reporting: Reporting, cancelled: AbortSignal): Promise<void> {
  const results = run.ended.map(({ result }) => result);
  const faults = [...run.faults];
  try {
    setOutputs(outputsOf(results, run.durationSeconds, run.runEnded));
  } catch (cause) {
    faults.push(`The outputs were not written: ${cause}`);
  }
  const reportPath = await writtenReport({ ...run, faults }, reporting.path).catch((cause) => {
    faults.push(...faultsOf(cause));
    return null;
  });
  const annotations: Annotation[] = [];
  if (faults.length > 0) annotations.push({ level: 'error', title: 'Stream encryption', lines: faults });
  const summary = summaryOfRun({ ...run, faults }, reportPath);
  await writeSummary(summary, env).catch((cause) => {
    annotations.push({ level: 'warning', title: 'Job summary', lines: [`The summary was not written: ${cause}`] });
  });
  const told = annotationsFor(annotations, results);
  annotate(told);
  for (const line of aftercare(run.ended)) info(line);
  const failed = faults.length > 0 || !results.every(endedWell);
  if (failed) process.exitCode = 1;
  if (reporting.issueToken === null) return;
  const warn = (message: string) =>
    told.shown.length < MOST_ANNOTATIONS
      ? warning('Tracking issue', message)
      : info(`warning: Tracking issue: ${message}`);
  await track(failed, summary, reporting.issueToken, cancelled, warn);
}

function summaryOfRun({ request, ended, runEnded, faults }: EndedRun, reportPath: string | null): Summary {
  const rows = ended.map((one) => ({ ...one, consoleUrl: consoleUrl(one.result) }));
  return { request: request && formatRequest(request), rows, runEnded, faults, reportPath };
}

function track(
  failed: boolean,
  summary: Summary,
  token: string,
  signal: AbortSignal,
  warn: (message: string) => void
): Promise<void> {
  return trackIssue({ failed, summary: (most) => summaryOf(summary, env, most), env, token, signal, info, warn });
}

/** Writes the report where one was asked for; answers where it is. */
async function writtenReport(run: EndedRun, path: string | null): Promise<string | null> {
  if (path !== null) await writeReport(path, reportOf(run));
  return path;
}

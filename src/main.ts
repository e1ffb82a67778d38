/** One run as a story: read the request, secure or check the stream, report. */

import { type Aws, openAws, profileRegion } from './aws/aws.ts';
import { consoleUrl } from './aws/console.ts';
import { systemClock } from './clock.ts';
import { aftercare, type Ended } from './encryption/aftercare.ts';
import { check } from './encryption/check.ts';
import { type Progress, progressInWords, runFleet } from './encryption/fleet.ts';
import { KeyBook } from './encryption/keybook.ts';
import {
  Cancelled,
  type Chosen,
  endedWell,
  type Outcome,
  type Result,
  type RunRequest,
  TimedOut
} from './encryption/model.ts';
import { secure } from './encryption/secure.ts';
import { requestInWords } from './encryption/words.ts';
import { type Annotation, annotate, annotationsFor } from './github/annotations.ts';
import { cancellation } from './github/cancellation.ts';
import { input } from './github/inputs.ts';
import { debug, group, info } from './github/log.ts';
import { outputsOf, setOutputs } from './github/outputs.ts';
import { writeSummary } from './github/summary.ts';
import { BadInputs, readRequest } from './inputs.ts';
import { type EndedRun, reportOf, writeReport } from './report.ts';

const { env } = process;

/** Runs the action. Never rejects: what goes wrong is told in the outputs, the summary, the annotations and the exit code. */
export async function run(): Promise<void> {
  const startedAt = new Date();
  const beganMs = performance.now();
  const cancelled = cancellation(process);
  let request: RunRequest | null = null;
  let ended: readonly Ended[] = [];
  let runEnded: Outcome | null = null;
  let faults: readonly string[] = [];
  try {
    request = await readRequest({ input, env, profileRegion });
    info(requestInWords(request));
    ended = await carryOut(request, cancelled);
  } catch (cause) {
    runEnded = outcomeOf(cause);
    faults = faultsOf(cause);
  }
  const durationSeconds = (performance.now() - beganMs) / 1000;
  await tell({ request, startedAt, endedAt: new Date(), durationSeconds, runEnded, faults, ended });
}

async function carryOut(request: RunRequest, cancelled: AbortSignal): Promise<Ended[]> {
  const aws = await openAws({ region: request.region, env, clock: systemClock, debug });
  try {
    const fleet = await choose(request, aws, cancelled);
    const tools = {
      serviceOf: aws.streams,
      keys: new KeyBook(aws.keys),
      clock: systemClock,
      random: Math.random,
      cancelled,
      onProgress: (progress: Progress) => info(progressInWords(progress))
    };
    const carryOutOne = request.mode === 'check' ? check : secure;
    return await runFleet(fleet, tools, async (chosen, its) => {
      const lines: string[] = [];
      // The log of a stream that is alone is read as it comes; those of many would get mixed up.
      const log = fleet.length === 1 ? info : (line: string) => lines.push(line);
      const result = await carryOutOne({ ...request, ...chosen }, { ...its, log });
      tellEnded(result, lines);
      return { result, endedAt: new Date() };
    });
  } finally {
    aws.close();
  }
}

async function choose({ selection }: RunRequest, _aws: Aws, _cancelled: AbortSignal): Promise<Chosen[]> {
  return selection.choices.flatMap((choice) => (choice.by === 'name' ? [{ stream: choice.stream, named: true }] : []));
}

function tellEnded(result: Result, lines: readonly string[]): void {
  const { kind, name, outcome, message } = result;
  const title = `${kind} ${name}: ${outcome}: ${message}`;
  if (lines.length > 0) group(title, lines);
  else if (endedWell(result)) info(title);
}

function outcomeOf(cause: unknown): Outcome {
  if (cause instanceof Cancelled) return 'cancelled';
  return cause instanceof TimedOut ? 'timed-out' : 'failed';
}

function faultsOf(cause: unknown): readonly string[] {
  if (cause instanceof BadInputs) return cause.faults;
  return [cause instanceof Error ? cause.message : String(cause)];
}

/** Outputs first: they are what other steps build on. A summary that cannot be written fails nothing. */
async function tell(run: EndedRun): Promise<void> {
  const results = run.ended.map(({ result }) => result);
  const faults = [...run.faults];
  try {
    setOutputs(outputsOf(results, run.durationSeconds, run.runEnded));
  } catch (cause) {
    faults.push(`The outputs were not written: ${cause}`);
  }
  const reportPath = await writtenReport({ ...run, faults }).catch((cause) => {
    faults.push(...faultsOf(cause));
    return null;
  });
  const annotations: Annotation[] = [];
  if (faults.length > 0) annotations.push({ level: 'error', title: 'Stream encryption', lines: faults });
  const request = run.request && requestInWords(run.request);
  const rows = run.ended.map((one) => ({ ...one, consoleUrl: consoleUrl(one.result) }));
  await writeSummary({ request, rows, runEnded: run.runEnded, faults, reportPath }, env).catch((cause) => {
    annotations.push({ level: 'warning', title: 'Job summary', lines: [`The summary was not written: ${cause}`] });
  });
  annotate(annotationsFor(annotations, results));
  for (const line of aftercare(run.ended)) info(line);
  if (faults.length > 0 || !results.every(endedWell)) process.exitCode = 1;
}

/** Writes the report where one was asked for, also of inputs that are none; answers where it is. */
async function writtenReport(run: EndedRun): Promise<string | null> {
  const path = input('report-path');
  if (path === '') return null;
  await writeReport(path, reportOf(run));
  return path;
}

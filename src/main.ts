/** One run as a story: read the request, secure or check the stream, report. */

import { openAws, profileRegion } from './aws/aws.ts';
import { consoleUrl } from './aws/console.ts';
import { systemClock } from './clock.ts';
import { aftercare, type Ended } from './encryption/aftercare.ts';
import { check } from './encryption/check.ts';
import { ALONE } from './encryption/course.ts';
import { KeyBook } from './encryption/keybook.ts';
import { Cancelled, endedWell, type Outcome, type Result, type RunRequest, TimedOut } from './encryption/model.ts';
import { secure } from './encryption/secure.ts';
import { requestInWords } from './encryption/words.ts';
import { type Annotation, annotate, annotationsFor } from './github/annotations.ts';
import { cancellation } from './github/cancellation.ts';
import { input } from './github/inputs.ts';
import { debug, info } from './github/log.ts';
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
    ended = [{ result: await carryOut(request, cancelled), endedAt: new Date() }];
  } catch (cause) {
    runEnded = outcomeOf(cause);
    faults = faultsOf(cause);
  }
  const durationSeconds = (performance.now() - beganMs) / 1000;
  await tell({ request, startedAt, endedAt: new Date(), durationSeconds, runEnded, faults, ended });
}

async function carryOut(run: RunRequest, cancelled: AbortSignal): Promise<Result> {
  const [choice] = run.selection.choices;
  if (choice?.by !== 'name') throw new Error('No stream was given');
  const request = { ...run, stream: choice.stream, named: true };
  const aws = await openAws({ region: request.region, env, clock: systemClock, debug });
  try {
    const service = await aws.streams(request.stream.kind);
    const tools = {
      service,
      keys: new KeyBook(aws.keys),
      clock: systemClock,
      random: Math.random,
      log: info,
      cancelled,
      company: ALONE
    };
    return await (request.mode === 'check' ? check(request, tools) : secure(request, tools));
  } finally {
    aws.close();
  }
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
  for (const { kind, name, outcome, message } of results.filter(endedWell)) {
    info(`${kind} ${name}: ${outcome}: ${message}`);
  }
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

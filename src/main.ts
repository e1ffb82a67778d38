/** One run as a story: read the request, secure or check the stream, report. */

import { openAws, profileRegion } from './aws/aws.ts';
import { consoleUrl } from './aws/console.ts';
import { systemClock } from './clock.ts';
import { aftercare } from './encryption/aftercare.ts';
import { check } from './encryption/check.ts';
import { ALONE } from './encryption/course.ts';
import { KeyBook } from './encryption/keybook.ts';
import { endedWell, type Result, type RunRequest } from './encryption/model.ts';
import { secure } from './encryption/secure.ts';
import { requestInWords } from './encryption/words.ts';
import { cancellation } from './github/cancellation.ts';
import { input } from './github/inputs.ts';
import { debug, error, info, warning } from './github/log.ts';
import { outputsOf, setOutputs } from './github/outputs.ts';
import { type Report, writeSummary } from './github/summary.ts';
import { BadInputs, readRequest } from './inputs.ts';

const { env } = process;

/** Runs the action. Never rejects: what goes wrong is told in the outputs, the summary, the annotations and the exit code. */
export async function run(): Promise<void> {
  const beganMs = performance.now();
  const cancelled = cancellation(process);
  let report: Report = { request: null, rows: [], faults: [] };
  try {
    const request = await readRequest({ input, env, profileRegion });
    report = { ...report, request: requestInWords(request) };
    info(requestInWords(request));
    const result = await carryOut(request, cancelled);
    report = reportOn(requestInWords(request), result);
  } catch (cause) {
    report = { ...report, faults: faultsOf(cause) };
  }
  await tell(report, (performance.now() - beganMs) / 1000);
}

async function carryOut(run: RunRequest, cancelled: AbortSignal): Promise<Result> {
  const [choice] = run.selection.choices;
  if (choice?.by !== 'name') throw new Error('No stream was given');
  const request = { ...run, stream: choice.stream, named: true };
  const aws = await openAws({ region: request.region, env, debug });
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

function reportOn(request: string, result: Result): Report {
  const row = { result, consoleUrl: consoleUrl(result), aftercare: aftercare(result, new Date()) };
  return { request, rows: [row], faults: [] };
}

function faultsOf(cause: unknown): readonly string[] {
  if (cause instanceof BadInputs) return cause.faults;
  return [cause instanceof Error ? cause.message : String(cause)];
}

/** Outputs first: they are what other steps build on. A summary that cannot be written fails nothing. */
async function tell(report: Report, durationSeconds: number): Promise<void> {
  const results = report.rows.map(({ result }) => result);
  const faults = [...report.faults];
  try {
    setOutputs(outputsOf(results, durationSeconds));
  } catch (cause) {
    faults.push(`The outputs were not written: ${cause}`);
  }
  await writeSummary({ ...report, faults }, env).catch((cause) => {
    warning('Job summary', `The summary was not written: ${cause}`);
  });
  for (const row of report.rows) tellRow(row);
  if (faults.length > 0) error('Stream encryption', ...faults);
  if (faults.length > 0 || !results.every(endedWell)) process.exitCode = 1;
}

function tellRow({ result, aftercare }: Report['rows'][number]): void {
  const title = `${result.kind} ${result.name}`;
  if (endedWell(result)) info(`${title}: ${result.outcome}: ${result.message}`);
  else error(title, `${result.outcome}: ${result.message}`);
  for (const line of result.warnings) warning(title, line);
  for (const line of aftercare) info(line);
}

/** Publishes an ended run: outputs, report, job summary, annotations, exit code and tracking issue. */

import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { formatError, formatRequest } from '../encryption/format.ts';
import { endedWell } from '../encryption/model.ts';
import { aftercare } from '../reporting/aftercare.ts';
import { consoleUrl } from '../reporting/console-link.ts';
import type { EndedRun } from '../reporting/ended-run.ts';
import { type Report, toReport } from '../reporting/report.ts';
import { type Annotation, annotate, chooseAnnotations, MAX_ANNOTATIONS } from './annotations.ts';
import { setOutputs, toOutputs } from './inputs-outputs.ts';
import { trackIssue } from './issue.ts';
import { error, info, warning } from './log.ts';
import type { Env } from './run.ts';
import { renderSummary, type Summary, writeSummary } from './summary.ts';

/** Where a run is reported besides the log, the outputs and the summary. */
export interface PublishOptions {
  readonly path: string | null;
  readonly issueToken: string | null;
}

/** Publishes the run. Never rejects. `cancelled` aborts the tracking issue. */
export async function publish(run: EndedRun, options: PublishOptions, env: Env, cancelled: AbortSignal): Promise<void> {
  try {
    await publishAll(run, options, env, cancelled);
  } catch (cause) {
    process.exitCode = 1;
    error('Stream encryption', `The result of the run could not be reported: ${cause}`);
  }
}

/** Outputs first, because other steps depend on them. A summary that cannot be written fails nothing. */
async function publishAll(run: EndedRun, options: PublishOptions, env: Env, cancelled: AbortSignal): Promise<void> {
  const results = run.streams.map(({ result }) => result);
  const errors = [...run.errors];
  try {
    setOutputs(toOutputs(results, run.durationSeconds, run.runOutcome));
  } catch (cause) {
    errors.push(`The outputs were not written: ${cause}`);
  }
  const reportPath = await writeReport(options.path, toReport({ ...run, errors })).catch((cause) => {
    errors.push(formatError(cause));
    return null;
  });
  const annotations: Annotation[] = [];
  if (errors.length > 0) annotations.push({ level: 'error', title: 'Stream encryption', lines: errors });
  const summary = toSummary({ ...run, errors }, reportPath);
  await writeSummary(summary, env).catch((cause) => {
    annotations.push({ level: 'warning', title: 'Job summary', lines: [`The summary was not written: ${cause}`] });
  });
  const chosen = chooseAnnotations(annotations, results);
  annotate(chosen);
  for (const line of aftercare(run.streams)) info(line);
  const failed = errors.length > 0 || !results.every(endedWell);
  if (failed) process.exitCode = 1;
  if (options.issueToken === null) return;
  const warn = (message: string) =>
    chosen.shown.length < MAX_ANNOTATIONS
      ? warning('Tracking issue', message)
      : info(`warning: Tracking issue: ${message}`);
  await trackIssue({
    failed,
    summary: (maxBytes) => renderSummary(summary, env, maxBytes),
    env,
    token: options.issueToken,
    signal: cancelled,
    info,
    warn
  });
}

function toSummary({ request, streams, runOutcome, errors }: EndedRun, reportPath: string | null): Summary {
  const rows = streams.map((stream) => ({ ...stream, consoleUrl: consoleUrl(stream.result) }));
  return { request: request && formatRequest(request), rows, runOutcome, errors, reportPath };
}

/** Writes the report, and the folders it needs. Resolves with its path; null if there is to be none. */
export async function writeReport(path: string | null, report: Report): Promise<string | null> {
  if (path === null) return null;
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, `${JSON.stringify(report, wellFormed, 2)}\n`);
    return path;
  } catch (cause) {
    throw new Error(`The report was not written: report-path is "${path}": ${formatError(cause)}`, { cause });
  }
}

/** A lone surrogate, as at the end of a text that was cut, makes the file invalid JSON to some readers. */
function wellFormed(_field: string, value: unknown): unknown {
  return typeof value === 'string' ? value.toWellFormed() : value;
}

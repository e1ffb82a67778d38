/** Publishes an ended run: outputs, report, job summary, annotations, exit code and tracking issue. */

import { formatError } from '../encryption/format.ts';
import { endedWell, type Result } from '../encryption/model.ts';
import { type Cause, formatCause, groupCauses } from '../reporting/causes.ts';
import type { EndedRun } from '../reporting/ended-run.ts';
import { formatTally } from '../reporting/format-result.ts';
import { nextSteps } from '../reporting/next-steps.ts';
import { toReport } from '../reporting/report.ts';
import { tallyResults } from '../reporting/tally.ts';
import { type Annotation, annotate, annotateLate, selectAnnotations } from './annotations.ts';
import { setOutputs, toOutputs } from './inputs-outputs.ts';
import { trackIssue } from './issue.ts';
import type { ProxySettings } from './issue-api.ts';
import type { IssueCause } from './issue-text.ts';
import { error, info } from './log.ts';
import { writeReport } from './report-file.ts';
import { renderSummary, type Summary, writeSummary } from './summary.ts';
import { type Env, workflowRun } from './workflow-run.ts';

/** Where to report a run besides the outputs, the summary and the log. */
export interface PublishOptions {
  /** The file to write the report to; null for none. */
  readonly path: string | null;
  /** The token for the tracking issue; null for none. */
  readonly issueToken: string | null;
  /** For requests to GitHub. */
  readonly proxies: ProxySettings;
}

/** Publishes the run. Never rejects. A cancelled run does not touch the tracking issue. */
export async function publish(run: EndedRun, options: PublishOptions, env: Env, cancelled: AbortSignal): Promise<void> {
  try {
    await publishAll(run, options, env, cancelled);
  } catch (cause) {
    process.exitCode = 1;
    error('Stream encryption', `The result of the run could not be reported: ${cause}`);
  }
}

async function publishAll(run: EndedRun, options: PublishOptions, env: Env, cancelled: AbortSignal): Promise<void> {
  const results = run.streams.map(({ result }) => result);

  // Outputs come first, because later steps of the job depend on them.
  const outputErrors = publishOutputs(results, run, env);
  const report = publishReport(withErrors(run, outputErrors), options.path, env);
  const reported = withErrors(run, [...outputErrors, ...report.errors]);

  const summary = { run: reported, reportPath: report.path };
  const summaryWarnings = publishSummary(summary, env);
  const causes = groupCauses(results);
  const runAnnotations = [...runErrors(reported), ...emptySelectionWarning(run), ...summaryWarnings];
  const annotations = selectAnnotations(runAnnotations, causes);
  annotate(annotations);
  if (run.noStreams !== null && run.request?.ifNoStreamsFound === 'ignore') info(run.noStreams);
  for (const step of nextSteps(run.streams)) info(step);
  if (results.length > 0) info(formatTally(tallyResults(results), run.durationSeconds));

  const failed = reported.errors.length > 0 || !results.every(endedWell);
  process.exitCode = failed ? 1 : 0;

  // All of the above is done without a wait, so that no signal can interrupt it.
  if (options.issueToken === null) return;
  await trackIssue({
    failed,
    causes: issueCauses(reported, causes),
    summary: (maxBytes) => renderSummary(summary, env, maxBytes),
    env,
    token: options.issueToken,
    proxies: options.proxies,
    signal: cancelled,
    info,
    warn: (message) => annotateLate(annotations, 'Tracking issue', message)
  });
}

/** Returns the errors of setting the outputs. */
function publishOutputs(results: readonly Result[], { durationSeconds, runOutcome }: EndedRun, env: Env): string[] {
  try {
    setOutputs(toOutputs(results, durationSeconds, runOutcome), env);
    return [];
  } catch (cause) {
    return [`The outputs were not written: GITHUB_OUTPUT is "${env.GITHUB_OUTPUT}": ${formatError(cause)}`];
  }
}

/** Returns the path of the report, and the errors of writing it. */
function publishReport(
  run: EndedRun,
  path: string | null,
  env: Env
): { readonly path: string | null; readonly errors: readonly string[] } {
  if (path === null) return { path, errors: [] };
  try {
    writeReport(path, toReport(run, workflowRun(env)));
    return { path, errors: [] };
  } catch (cause) {
    return { path: null, errors: [formatError(cause)] };
  }
}

/** Returns a warning if the summary cannot be written, which does not fail the step. */
function publishSummary(summary: Summary, env: Env): Annotation[] {
  try {
    writeSummary(summary, env);
    return [];
  } catch (cause) {
    return [
      {
        level: 'warning',
        title: 'Job summary',
        lines: [
          `The summary was not written: GITHUB_STEP_SUMMARY is "${env.GITHUB_STEP_SUMMARY}": ${formatError(cause)}`
        ]
      }
    ];
  }
}

function withErrors(run: EndedRun, errors: readonly string[]): EndedRun {
  return { ...run, errors: [...run.errors, ...errors] };
}

/** What the tracking issue notifies about: the errors of the run, and why streams ended badly. */
function issueCauses({ errors }: EndedRun, causes: readonly Cause[]): IssueCause[] {
  return [
    ...errors.map((error) => ({ id: error, text: error })),
    ...causes.filter(({ level }) => level === 'error').map((cause) => ({ id: cause.id, text: formatCause(cause) }))
  ];
}

/** One annotation for all errors of the run. */
function runErrors({ errors }: EndedRun): Annotation[] {
  return errors.length === 0 ? [] : [{ level: 'error', title: 'Stream encryption', lines: errors }];
}

function emptySelectionWarning({ request, noStreams }: EndedRun): Annotation[] {
  if (noStreams === null || request?.ifNoStreamsFound !== 'warn') return [];
  return [{ level: 'warning', title: 'Stream encryption', lines: [noStreams] }];
}

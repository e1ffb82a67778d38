/** The tracking issue: a workflow's job has one open issue while it fails. */

import { untilAborted } from '../encryption/deadline.ts';
import { formatError } from '../encryption/format.ts';
import { type Issue, type Issues, openIssues, type ProxySettings } from './issue-api.ts';
import {
  changedCausesComment,
  fingerprint,
  hasMarker,
  type IssueCause,
  issueBody,
  issueMarker,
  issueTitle,
  parseRecord,
  resolvedComment
} from './issue-text.ts';
import { isPublicByEvent } from './repository-visibility.ts';
import { addSecrets, hideSecrets } from './secrets.ts';
import { apiUrl, compareAttempts, currentAttempt, type Env, repository } from './workflow-run.ts';

export interface IssueTracking {
  /** Whether the step fails. */
  readonly failed: boolean;
  /** Why it fails. */
  readonly causes: readonly IssueCause[];
  /** Renders the job summary as HTML of at most this length. */
  readonly summary: (maxCharacters: number) => string;
  readonly env: Env;
  readonly token: string;
  readonly proxies: ProxySettings;
  /** Aborts when the run is cancelled. A cancelled run changes no issue. */
  readonly signal: AbortSignal;
  /** Logs a line. */
  readonly info: (line: string) => void;
  /** Reports why the issue could not be written, and what to do. */
  readonly warn: (message: string) => void;
}

/** Timeouts of one request, and of all requests together. */
const TIMEOUTS = { requestMs: 5_000, allMs: 15_000 };

/**
 * Opens or updates the issue if the step failed; closes it if a later run succeeds. Ends within 15 s. Never rejects: an
 * error is reported as a warning and does not change the step's result.
 */
export async function trackIssue(tracking: IssueTracking, { requestMs, allMs } = TIMEOUTS): Promise<void> {
  const { failed, token, signal, info, warn } = tracking;
  if (signal.aborted) return;
  addSecrets([token]);
  const timeout = new AbortController();
  // Unlike AbortSignal.timeout, this timer keeps the process running until the warning is written.
  const timer = setTimeout(() => timeout.abort(), allMs);
  const stop = AbortSignal.any([signal, timeout.signal]);
  try {
    await untilAborted(updateIssue(tracking, stop, requestMs), stop);
  } catch (cause) {
    if (signal.aborted) return info('The run was cancelled, so the tracking issue may be out of date.');
    const reason = timeout.signal.aborted
      ? `the requests took longer than ${allMs / 1000} s; the next run retries`
      : formatError(cause);
    warn(`The tracking issue was not ${failed ? 'written' : 'closed'}: ${hideSecrets(reason)}.`);
  } finally {
    clearTimeout(timer);
  }
}

async function updateIssue(tracking: IssueTracking, signal: AbortSignal, requestMs: number): Promise<void> {
  const { failed, env, token, proxies } = tracking;
  const issues = await openIssues({
    repository: repository(env),
    apiUrl: apiUrl(env),
    token,
    proxies,
    signal,
    requestMs
  });
  const tracked = (await issues.listOwn()).filter(({ body }) => hasMarker(body, issueMarker(env)));
  await (failed ? reportFailure(tracked, issues, tracking) : resolveIssues(tracked, issues, tracking));
}

/**
 * Updates the oldest issue, or opens one if there is none. A comment is added only if the causes have changed. Two runs that
 * fail at the same time may each open an issue; the next successful run closes all of them.
 */
async function reportFailure(
  [oldest, ...others]: readonly Issue[],
  issues: Issues,
  { env, causes, summary, info }: IssueTracking
): Promise<void> {
  const isPublic = isPublicByEvent(env) ?? (await issues.isPublic());
  const content = { env, summary, failedAt: new Date(), isPublic };
  const current = { latest: currentAttempt(env), causes: fingerprint(causes) };
  if (oldest === undefined) {
    const record = { failingRuns: 1, ...current };
    const { url } = await issues.open(issueTitle(env), issueBody({ ...content, record }));
    return info(`Opened the tracking issue ${url}.`);
  }
  const { failingRuns, latest, causes: earlier } = parseRecord(oldest.body);
  const order = compareAttempts(current.latest, latest);
  if (order < 0) return info(`The tracking issue ${oldest.url} was not updated: it already reports a later run.`);
  // Several steps of one run may fail, which is still one failing run.
  const record = { failingRuns: order > 0 ? failingRuns + 1 : failingRuns, ...current };
  await issues.update(oldest.number, issueBody({ ...content, record }));
  // Update first: if the comment came first and updating failed, every run would comment again.
  if (current.causes !== earlier) await issues.comment(oldest.number, changedCausesComment(env, causes, isPublic));
  info(`Updated the tracking issue ${oldest.url}.`);
  if (others.length > 0) {
    const urls = others.map(({ url }) => url).join(', ');
    info(`Concurrent failing runs also opened ${urls}; the next successful run closes all of them.`);
  }
}

/** Closes the issues, except those that report this run (from another of its steps) or a later one. */
async function resolveIssues(tracked: readonly Issue[], issues: Issues, { env, info }: IssueTracking): Promise<void> {
  for (const { number, url, body } of tracked) {
    if (compareAttempts(currentAttempt(env), parseRecord(body).latest) <= 0) {
      info(`The tracking issue ${url} stays open: it reports this run or a later one.`);
      continue;
    }
    // Close first: if the comment came first and closing failed, every run would comment again.
    await issues.close(number);
    await issues.comment(number, resolvedComment(env));
    info(`Closed the tracking issue ${url}.`);
  }
}

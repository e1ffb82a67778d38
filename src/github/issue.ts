/** The tracking issue: while a workflow's job fails there is one open issue that says so. */

import { formatError } from '../encryption/format.ts';
import { type Issue, type Issues, openIssues } from './issue-api.ts';
import { bodyOf, hasMarker, markerOf, memoryOf, titleOf, wellAgain } from './issue-text.ts';
import { attemptOf, compareAttempts, type Env } from './run.ts';

/** What the issue is kept by. */
export interface Tracking {
  /** Whether the step fails. */
  readonly failed: boolean;
  /** The job summary as HTML, in so many characters at most. */
  readonly summary: (most: number) => string;
  readonly env: Env;
  readonly token: string;
  /** Aborts when the run is cancelled, which changes no issue. */
  readonly signal: AbortSignal;
  /** Takes a line of the log. */
  readonly info: (line: string) => void;
  /** Takes what kept the issue from being written, and the way out. */
  readonly warn: (message: string) => void;
}

/** How long one request may take, and all of them together. */
const LIMITS = { requestMs: 5_000, allMs: 15_000 };

/**
 * Opens or updates the issue of this workflow and job where the step failed, and closes it where a later run is well.
 * Takes 15 s at most. Never rejects: an issue that cannot be written is warned of and changes nothing else.
 */
export async function trackIssue(tracking: Tracking, { requestMs, allMs } = LIMITS): Promise<void> {
  const { failed, env, token, signal, info, warn } = tracking;
  if (signal.aborted) return;
  const late = AbortSignal.timeout(allMs);
  try {
    const issues = await openIssues({
      repository: env.GITHUB_REPOSITORY ?? '',
      apiUrl: env.GITHUB_API_URL || 'https://api.github.com',
      token,
      signal: AbortSignal.any([signal, late]),
      requestMs
    });
    const ours = (await issues.ours()).filter(({ body }) => hasMarker(body, markerOf(env)));
    await (failed ? report(ours, issues, tracking) : resolve(ours, issues, tracking));
  } catch (cause) {
    if (signal.aborted) return info('The run was cancelled: the tracking issue may not tell of it.');
    const why = late.aborted ? `it took longer than ${allMs / 1000} s; the next run tries again` : formatError(cause);
    warn(`The tracking issue was not ${failed ? 'written' : 'closed'}: ${why.replaceAll(token, '***')}.`);
  }
}

/**
 * Two runs that fail at once may each open an issue. The oldest is kept up to date from then on, and the next run that is
 * well closes them all.
 */
async function report([oldest, ...others]: readonly Issue[], issues: Issues, tracking: Tracking): Promise<void> {
  const { env, summary, info } = tracking;
  const now = attemptOf(env);
  const content = { env, summary, at: new Date() };
  if (oldest === undefined) {
    const { url } = await issues.open(titleOf(env), bodyOf({ ...content, memory: { failingRuns: 1, latest: now } }));
    return info(`Opened the tracking issue ${url}.`);
  }
  const { failingRuns, latest } = memoryOf(oldest.body);
  const order = compareAttempts(now, latest);
  if (order < 0) return info(`The tracking issue ${oldest.url} tells of a later run, and is left as it is.`);
  const memory = { failingRuns: order > 0 ? failingRuns + 1 : failingRuns, latest: now };
  await issues.update(oldest.number, bodyOf({ ...content, memory }));
  info(`Updated the tracking issue ${oldest.url}.`);
  if (others.length > 0) {
    info(`Runs that failed at once opened ${urls(others)} too; the next run that is well closes all of them.`);
  }
}

/** An issue that tells of this very run, from another step, or of a later one, stays open. */
async function resolve(ours: readonly Issue[], issues: Issues, { env, info }: Tracking): Promise<void> {
  for (const { number, url, body } of ours) {
    if (compareAttempts(attemptOf(env), memoryOf(body).latest) <= 0) {
      info(`The tracking issue ${url} tells of this run or a later one, and stays open.`);
      continue;
    }
    // Closed first: a comment that fails must not come again with each run.
    await issues.close(number);
    await issues.comment(number, wellAgain(env));
    info(`Closed the tracking issue ${url}.`);
  }
}

function urls(issues: readonly Issue[]): string {
  return issues.map(({ url }) => url).join(', ');
}

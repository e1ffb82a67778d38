/** Ended runs for tests, and the workflow run they belong to. */

import type { Result } from '../../src/encryption/model.ts';
import type { EndedRun } from '../../src/reporting/ended-run.ts';
import { type Report, toReport, type WorkflowRun } from '../../src/reporting/report.ts';
import { runRequest } from './requests.ts';

export const ENDED_AT = new Date('2026-03-01T22:30:00.500Z');

export const WORKFLOW_RUN: WorkflowRun = {
  server: 'https://github.com',
  repository: 'octo-org/streams',
  workflow: 'Nightly rotation',
  job: 'rotate',
  id: 42,
  attempt: 1,
  url: 'https://github.com/octo-org/streams/actions/runs/42',
  event: 'schedule',
  ref: 'refs/heads/main',
  commit: 'ffac537e6cbbf934b08745a378932722df287a53',
  actor: 'octocat'
};

/** A run of a minute with these results, with overrides. */
export function endedRun(results: readonly Result[], overrides: Partial<EndedRun> = {}): EndedRun {
  return {
    actionVersion: '1.2.3',
    request: runRequest({ region: 'us-east-1' }),
    startedAt: new Date('2026-03-01T22:29:00Z'),
    endedAt: ENDED_AT,
    durationSeconds: 60.5004,
    runOutcome: null,
    errors: [],
    noStreams: null,
    keyArns: new Map(),
    streams: results.map((result) => ({ result, endedAt: ENDED_AT })),
    ...overrides
  };
}

/** The report of such a run. */
export function reportOf(results: readonly Result[], overrides: Partial<EndedRun> = {}): Report {
  return toReport(endedRun(results, overrides), WORKFLOW_RUN);
}

/** Faults while a run lists streams and finds them by their tags. */

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type LocalAws, startLocalAws } from '../../local-aws/server.ts';
import { KINDS, START } from '../end-to-end/step.ts';
import { sample } from '../support/extent.ts';
import { REGION } from './account.ts';
import { CampaignReport } from './campaign-report.ts';
import {
  ADAPTER_DRIVER,
  BUNDLE_DRIVER,
  type DrivenRun,
  type Driver,
  disableSdkBackoff,
  streamReport
} from './drivers.ts';
import { runInPool } from './pool.ts';
import {
  SELECTION_CASES,
  SELECTION_FAULTS,
  SELECTION_POINTS,
  type SelectionCase,
  type SelectionPoint,
  TWO_PAGES,
  UNTAGGED
} from './selection-faults.ts';

disableSdkBackoff();

const campaignReport = new CampaignReport('selection', [...new Set(SELECTION_POINTS.map(({ name }) => name))]);
afterAll(() => {
  process.stdout.write(`${campaignReport.format(SELECTION_FAULTS.map(({ name }) => name))}\n`);
});

/** In a sample, each fault once. */
const CASES = sample(SELECTION_CASES, ({ fault }) => fault.name);
const BUNDLED = sample(
  SELECTION_CASES.filter(({ fault, point }) => fault.bundled === true && point.after === undefined),
  ({ fault }) => fault.name
);

interface SelectionResult {
  readonly run: DrivenRun;
  /** The operations of the requests, in their order. */
  readonly operations: readonly string[];
  readonly writes: number;
}

describe.each([
  { driver: ADAPTER_DRIVER, cases: CASES, shortSeconds: 20 },
  { driver: BUNDLE_DRIVER, cases: BUNDLED, shortSeconds: 3 }
])('through $driver.name', ({ driver, cases, shortSeconds }) => {
  let resultOf: (selectionCase: SelectionCase) => Promise<SelectionResult>;
  beforeAll(() => {
    resultOf = runInPool(cases, 2 * driver.concurrency, (selectionCase) =>
      runSelection(driver, selectionCase, shortSeconds)
    );
  });

  test.each(cases.map((one) => [titleOf(one), one] as const))('%s', async (_title, selectionCase) => {
    const { fault, point, outcome } = selectionCase;
    const combination = { fault: fault.name, point: point.name, kind: point.kinds, outcome };
    await campaignReport.record(driver.name, combination, async () => {
      const result = await resultOf(selectionCase);
      const { report, exitCode, log } = result.run;
      const messages = [...report.errors, ...report.streams.map(({ message }) => message)].join('\n');
      expect({ outcome: report.outcome, messages }).toEqual({ outcome, messages });
      expectHits(selectionCase, result);
      expectSelection(selectionCase, result, messages);
      if (fault.type !== 'permanent')
        for (const part of fault.messageParts(point.action)) expect(log.join('\n')).toContain(part);
      if (fault.type === 'persistent') {
        if (driver === ADAPTER_DRIVER) expect(report.durationSeconds).toBeLessThanOrEqual(shortSeconds);
        else
          expect(messages).toMatch(
            /Selecting the streams took longer than timeout-seconds(; the last call failed: .*no answer came.*)?\. No change was sent/
          );
      }
      if (exitCode !== undefined) expect(exitCode).toBe(fault.type === 'transient' ? 0 : 1);
    });
  });
});

function titleOf({ fault, point, outcome }: SelectionCase): string {
  return `${point.kinds}, ${point.name}: ${fault.name} → ${outcome}`;
}

/** Asserts that the fault hit its requests, and that the run repeated them after a transient fault. */
function expectHits({ fault, point: { action, after = 0 } }: SelectionCase, { operations }: SelectionResult): void {
  const requests = operations.filter((operation) => action.endsWith(`:${operation}`)).length;
  const { type, times = 1 } = fault;
  expect(requests).toBeGreaterThanOrEqual(after + (type === 'transient' ? times + 1 : 1));
}

/** Asserts that the run selected every stream, or none, or that only the stream it could not describe failed. */
function expectSelection(
  { fault, point }: SelectionCase,
  { run: { report }, operations, writes }: SelectionResult,
  messages: string
): void {
  const { type, messageParts } = fault;
  const tagged = point.kinds === 'both' ? 4 : 2;
  if (type === 'transient' && point.after !== undefined) {
    expect(report.counts).toEqual({ total: TWO_PAGES, planned: TWO_PAGES });
    expect(new Set(report.streams.map(({ name }) => name)).size).toBe(TWO_PAGES);
  } else if (type === 'transient') {
    expect(report.counts).toEqual({ total: tagged, enabled: tagged });
    expect(writes).toBe(tagged);
  } else if (type === 'permanent' && point.untagged !== undefined) {
    expect(report.counts).toEqual({ total: tagged + 1, failed: 1, enabled: tagged });
    expect(streamReport(report, UNTAGGED)).toMatchObject({ outcome: 'failed', changed: false });
  } else {
    expect(report).toMatchObject({ counts: { total: 0 }, changed: false, encrypted: 'unknown' });
    expect(operations.filter((operation) => operation === START.kinesis || operation === START.firehose)).toEqual([]);
  }
  if (type === 'permanent') for (const part of messageParts(point.action)) expect(messages).toContain(part);
}

async function runSelection(
  driver: Driver,
  selectionCase: SelectionCase,
  shortSeconds: number
): Promise<SelectionResult> {
  const { fault, point } = selectionCase;
  const clock = driver.clock();
  await using aws = await startLocalAws({ region: REGION, now: () => clock.now(), changeMs: 200 });
  const operation = point.action.replace(/^.*:/, '');
  const match = { on: operation, after: point.after ?? 0, ...(point.untagged && { stream: point.untagged }) };
  aws.faults.add({ ...match, times: fault.times ?? 1, ...fault.effect(point.action) });
  const run = await clock.execute(() =>
    driver.run({
      aws,
      inputs: {
        ...createStreams(aws, point),
        'timeout-seconds': String(fault.type === 'persistent' ? shortSeconds : 200)
      },
      clock,
      ...(fault.requestTimeoutMs !== undefined && { requestTimeoutMs: fault.requestTimeoutMs })
    })
  );
  return { run, operations: aws.requests.map((request) => request.operation), writes: aws.writes().length };
}

/** Creates the streams, and returns the inputs that select them. */
function createStreams(aws: LocalAws, { name, kinds, after, untagged }: SelectionPoint): Record<string, string> {
  const count = after === undefined ? 2 : TWO_PAGES;
  const tags = { env: 'prod' };
  for (const kind of kinds === 'both' ? KINDS : [kinds]) {
    for (let number = 1; number <= count; number++) aws[kind].create({ name: `orders-${number}`, tags });
    if (untagged !== undefined) aws[kind].create({ name: untagged });
  }
  const common = { 'stream-kind': kinds === 'both' ? '' : kinds, ...(after !== undefined && { mode: 'plan' }) };
  if (untagged !== undefined) {
    return { ...common, 'stream-name': `orders-*,${untagged}`, 'stream-tags': 'env=prod' };
  }
  return /tags/.test(name) ? { ...common, 'stream-tags': 'env=prod' } : { ...common, 'stream-name': 'orders-*' };
}

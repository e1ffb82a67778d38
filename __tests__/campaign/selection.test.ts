/** Faults while a run lists streams and finds them by their tags, and how the run must end. */

import { expect } from '@jest/globals';
import type { FaultEffect } from '../../local-aws/faults.ts';
import { type LocalAws, startLocalAws } from '../../local-aws/server.ts';
import type { Outcome } from '../../src/encryption/model.ts';
import { ALWAYS, KINDS } from '../end-to-end/step.ts';
import { sample } from '../support/extent.ts';
import { REGION } from './account.ts';
import {
  ADAPTER_DRIVER,
  BUNDLE_DRIVER,
  type DrivenRun,
  type Driver,
  disableSdkBackoff,
  streamReport
} from './drivers.ts';
import {
  CLIENT_TIMEOUT,
  denied,
  EMPTY_RESPONSE,
  EXPIRED_TOKEN,
  error,
  HTML_PAGE,
  INTERNAL_FAILURE,
  okResponse,
  RATE_EXCEEDED,
  THROTTLED,
  UNKNOWN_CODE
} from './named-fault.ts';
import { testEach } from './suite.ts';

interface SelectionPoint {
  readonly name: string;
  /** The services of the streams. */
  readonly kinds: 'kinesis' | 'firehose' | 'both';
  /** The operation that the fault hits, as its IAM action. */
  readonly action: string;
  /** The first request of this operation succeeds, and the fault hits the next ones. */
  readonly secondPage?: true;
  /** The fault hits only requests about this stream, which the request names and which lacks the tags. */
  readonly untagged?: string;
}

const UNTAGGED = 'untagged';
/** A number of streams that needs two pages. */
const TWO_PAGES = 101;

const POINTS: readonly SelectionPoint[] = [
  { name: 'list', kinds: 'kinesis', action: 'kinesis:ListStreams' },
  { name: 'list', kinds: 'firehose', action: 'firehose:ListDeliveryStreams' },
  { name: 'second page of list', kinds: 'kinesis', action: 'kinesis:ListStreams', secondPage: true },
  { name: 'tags', kinds: 'kinesis', action: 'tag:GetResources' },
  { name: 'tags', kinds: 'firehose', action: 'tag:GetResources' },
  { name: 'tags', kinds: 'both', action: 'tag:GetResources' },
  { name: 'second page of tags', kinds: 'kinesis', action: 'tag:GetResources', secondPage: true },
  { name: 'describe without tags', kinds: 'kinesis', action: 'kinesis:DescribeStreamSummary', untagged: UNTAGGED },
  { name: 'describe without tags', kinds: 'firehose', action: 'firehose:DescribeDeliveryStream', untagged: UNTAGGED }
];

interface SelectionFault {
  readonly name: string;
  readonly effect: FaultEffect | ((action: string) => FaultEffect);
  /** How many requests the fault hits. */
  readonly times: number;
  /** The run retries and selects every stream; times out and sends no start; or fails at once. */
  readonly type: 'transient' | 'persistent' | 'permanent';
  /** Parts of the message if the fault is permanent, otherwise of the log. `ACTION` is the IAM action. */
  readonly parts: readonly string[];
  /** The client's request timeout in real time. Default: none. */
  readonly requestTimeoutMs?: number;
  /** The actions that can have this fault. Default: every action. */
  readonly actions?: RegExp;
  /** Runs through the bundle, too. */
  readonly bundled?: true;
}

type Effect = SelectionFault['effect'];
type More = Partial<SelectionFault>;

function transient(name: string, effect: Effect, more: More = {}): SelectionFault {
  return { name, effect, times: 1, type: 'transient', parts: [], ...more };
}

function persistent(name: string, effect: Effect, parts: readonly string[], more: More = {}): SelectionFault {
  return { name, effect, times: ALWAYS, type: 'persistent', parts, ...more };
}

function permanent(name: string, effect: Effect, parts: readonly string[], more: More = {}): SelectionFault {
  return { name, effect, times: ALWAYS, type: 'permanent', parts, ...more };
}

/** The SDK makes three attempts, so that only four errors in a row reach the action. */
const FOUR = { times: 4 };
const RETRYING = '; retrying';
const CREDENTIALS_ADVICE = 'aws-actions/configure-aws-credentials';

const FAULTS: readonly SelectionFault[] = [
  transient('throttled once', THROTTLED),
  transient('throttled five times', THROTTLED, { times: 5, parts: ['Rate exceeded; retrying'], bundled: true }),
  transient('rate exceeded five times', RATE_EXCEEDED, { times: 5 }),
  transient('status 500', INTERNAL_FAILURE),
  transient('status 500, four times', INTERNAL_FAILURE, { ...FOUR, parts: ['an internal error; retrying'] }),
  transient('HTML page with status 503', HTML_PAGE),
  transient('HTML page with status 503, four times', HTML_PAGE, { ...FOUR, bundled: true }),
  transient('connection reset', { lost: 'before' }),
  transient('connection reset, four times', { lost: 'before' }, FOUR),
  transient('truncated body', { cutOff: 'after' }),
  transient('truncated body, four times', { cutOff: 'after' }, FOUR),
  transient('empty response with status 200', EMPTY_RESPONSE, { parts: [RETRYING, 'the answer has no '] }),
  transient('incomplete list with status 200', okResponse('{"StreamNames": ["str')),
  transient('no response, client times out', { hang: 'before' }, CLIENT_TIMEOUT),

  persistent('throttled until the deadline', THROTTLED, ['ACTION', 'ThrottlingException: Rate exceeded']),
  persistent('status 500 until the deadline', INTERNAL_FAILURE, ['ACTION', 'InternalFailure: an internal error']),
  persistent('HTML page with status 503 until the deadline', HTML_PAGE, [RETRYING]),
  persistent('connection reset until the deadline', { lost: 'before' }, [RETRYING]),
  persistent('truncated body until the deadline', { cutOff: 'after' }, [RETRYING]),
  persistent('no response until the deadline', { hang: 'before' }, [], { bundled: true }),

  permanent('access denied', denied, ['Grant ACTION to the role of this step'], { bundled: true }),
  permanent('access denied without details', error('AccessDeniedException', 'no'), ['Grant ACTION on ']),
  permanent('expired credentials', EXPIRED_TOKEN, ['ExpiredTokenException', CREDENTIALS_ADVICE]),
  permanent(
    'unrecognized credentials',
    error('UnrecognizedClientException', 'The security token included in the request is invalid'),
    ['UnrecognizedClientException', CREDENTIALS_ADVICE]
  ),
  permanent('empty response with status 200, each time', EMPTY_RESPONSE, ['the answer has no ']),
  permanent('unknown error code', UNKNOWN_CODE, [
    'ACTION for',
    'MoonPhaseException: The moon is not full, try Tuesday'
  ]),
  permanent(
    'invalid parameter',
    error('InvalidParameterException', 'The value is too long'),
    ['The value is too long', 'stream-tags has at most 50 tags'],
    { actions: /^tag:/ }
  ),
  permanent(
    'expired pagination token',
    error('PaginationTokenExpiredException', 'The pagination token has expired.'),
    ['Reading the list took longer than 15 minutes: run again'],
    { actions: /^tag:/ }
  )
];

interface SelectionCase {
  readonly fault: SelectionFault;
  readonly point: SelectionPoint;
  readonly outcome: Outcome;
}

/** Cases with two pages run in mode plan. */
function outcomeOf({ type }: SelectionFault, { secondPage }: SelectionPoint): Outcome {
  if (type === 'transient') return secondPage ? 'planned' : 'enabled';
  return type === 'persistent' ? 'timed-out' : 'failed';
}

const ALL_CASES: readonly SelectionCase[] = FAULTS.flatMap((fault) =>
  POINTS.filter(({ action }) => (fault.actions ?? /./).test(action)).map((point) => ({
    fault,
    point,
    outcome: outcomeOf(fault, point)
  }))
);
const BUNDLED = ALL_CASES.filter(({ fault, point }) => fault.bundled && !point.secondPage);

interface SelectionResult {
  readonly run: DrivenRun;
  /** The operations of the requests, in their order. */
  readonly operations: readonly string[];
  readonly writes: number;
}

disableSdkBackoff();

for (const [driver, cases, shortSeconds] of [
  [ADAPTER_DRIVER, ALL_CASES, 20],
  [BUNDLE_DRIVER, BUNDLED, 3]
] as const) {
  testEach(driver, {
    // In a sample, each fault once.
    cases: sample(cases, ({ fault }) => fault.name),
    titleOf: ({ fault, point, outcome }) => `${point.kinds}, ${point.name}: ${fault.name} → ${outcome}`,
    run: (selectionCase) => runSelection(driver, selectionCase, shortSeconds),
    verify: ({ fault, point, outcome }, result) => {
      const { report, exitCode, log } = result.run;
      const messages = [...report.errors, ...report.streams.map(({ message }) => message)].join('\n');
      expect({ outcome: report.outcome, messages }).toMatchObject({ outcome });
      expectHits(fault, point, result);
      expectSelection(fault, point, result);
      const text = fault.type === 'permanent' ? messages : log.join('\n');
      for (const part of fault.parts) expect(text).toContain(part.replace('ACTION', point.action));
      if (fault.type === 'persistent') expectDeadline(driver, result, messages, shortSeconds);
      if (exitCode !== undefined) expect(exitCode).toBe(fault.type === 'transient' ? 0 : 1);
    }
  });
}

/** Asserts that the fault hit its requests, and that the run repeated them after a transient fault. */
function expectHits(
  { type, times }: SelectionFault,
  { action, secondPage }: SelectionPoint,
  { operations }: SelectionResult
): void {
  const requests = operations.filter((operation) => action.endsWith(`:${operation}`)).length;
  expect(requests).toBeGreaterThanOrEqual((secondPage ? 1 : 0) + (type === 'transient' ? times + 1 : 1));
}

/** Asserts that the run selected every stream, or none, or that only the stream it could not describe failed. */
function expectSelection(
  { type }: SelectionFault,
  { kinds, secondPage, untagged }: SelectionPoint,
  { run: { report }, operations, writes }: SelectionResult
): void {
  const tagged = kinds === 'both' ? 4 : 2;
  if (type === 'transient' && secondPage) {
    expect(report.counts).toEqual({ total: TWO_PAGES, planned: TWO_PAGES });
    expect(new Set(report.streams.map(({ name }) => name)).size).toBe(TWO_PAGES);
  } else if (type === 'transient') {
    expect(report.counts).toEqual({ total: tagged, enabled: tagged });
    expect(writes).toBe(tagged);
  } else if (type === 'permanent' && untagged !== undefined) {
    expect(report.counts).toEqual({ total: tagged + 1, failed: 1, enabled: tagged });
    expect(streamReport(report, untagged)).toMatchObject({ outcome: 'failed', changed: false });
  } else {
    expect(report).toMatchObject({ counts: { total: 0 }, changed: false, encrypted: 'unknown' });
    expect(operations.filter((operation) => operation.startsWith('Start'))).toEqual([]);
  }
}

/** The message is that of the bundle; the duration is in virtual time. */
function expectDeadline(driver: Driver, { run }: SelectionResult, messages: string, shortSeconds: number): void {
  if (driver === ADAPTER_DRIVER) expect(run.report.durationSeconds).toBeLessThanOrEqual(shortSeconds);
  else
    expect(messages).toMatch(
      /Selecting the streams took longer than timeout-seconds(; the last call failed: .*no answer came.*)?\. No change was sent/
    );
}

async function runSelection(
  driver: Driver,
  { fault, point }: SelectionCase,
  shortSeconds: number
): Promise<SelectionResult> {
  const clock = driver.clock();
  await using aws = await startLocalAws({ region: REGION, now: () => clock.now(), changeMs: 200 });
  aws.faults.add({
    on: point.action.replace(/^.*:/, ''),
    after: point.secondPage ? 1 : 0,
    ...(point.untagged && { stream: point.untagged }),
    times: fault.times,
    ...(typeof fault.effect === 'function' ? fault.effect(point.action) : fault.effect)
  });
  const timeout = { 'timeout-seconds': String(fault.type === 'persistent' ? shortSeconds : 200) };
  const inputs = { ...createStreams(aws, point), ...timeout };
  const { requestTimeoutMs } = fault;
  const run = await clock.execute(() => driver.run({ aws, inputs, clock, requestTimeoutMs }));
  return { run, operations: aws.requests.map(({ operation }) => operation), writes: aws.writes().length };
}

/** Creates the streams, and returns the inputs that select them. */
function createStreams(aws: LocalAws, { name, kinds, secondPage, untagged }: SelectionPoint): Record<string, string> {
  const count = secondPage ? TWO_PAGES : 2;
  for (const kind of kinds === 'both' ? KINDS : [kinds]) {
    for (let number = 1; number <= count; number++) {
      aws[kind].create({ name: `orders-${number}`, tags: { env: 'prod' } });
    }
    if (untagged !== undefined) aws[kind].create({ name: untagged });
  }
  const byTags = /tags/.test(name);
  const names = byTags ? '' : 'orders-*';
  return {
    'stream-kind': kinds === 'both' ? '' : kinds,
    'stream-name': untagged === undefined ? names : `orders-*,${untagged}`,
    'stream-tags': byTags ? 'env=prod' : '',
    mode: secondPage ? 'plan' : 'encrypt'
  };
}

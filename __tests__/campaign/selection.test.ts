/** Faults while a run lists streams, finds them by their tags, or describes a named one that lacks them. */

import { expect } from '@jest/globals';
import type { LocalAws } from '../../local-aws/server.ts';
import { ALWAYS, KINDS } from '../end-to-end/step.ts';
import { sample } from '../support/extent.ts';
import type { Inputs } from '../support/inputs.ts';
import { ADAPTER_DRIVER, BUNDLE_DRIVER, type DrivenRun, drive, startsOf, streamReport, testEach } from './drivers.ts';
import { denied, EMPTY_RESPONSE, EXPIRED_TOKEN, type NamedFault, UNKNOWN_CODE } from './fault.ts';
import { PERSISTENT_FAULTS, TRANSIENT_FAULTS } from './network-faults.ts';

// Without retries of the SDK, every fault reaches the action.
process.env.AWS_MAX_ATTEMPTS = '1';

interface SelectionPoint {
  readonly name: string;
  /** The services of the streams. */
  readonly kinds: 'kinesis' | 'firehose' | 'both';
  /** The operation that the fault hits, as its IAM action. */
  readonly action: string;
  /** The first request of this operation succeeds, and the fault hits the next ones. */
  readonly secondPage?: true;
  /** The fault hits only requests about a stream that the request names and that lacks the tags. */
  readonly isUntagged?: true;
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
  { name: 'describe without tags', kinds: 'kinesis', action: 'kinesis:DescribeStreamSummary', isUntagged: true },
  { name: 'describe without tags', kinds: 'firehose', action: 'firehose:DescribeDeliveryStream', isUntagged: true }
];

interface SelectionFault extends Pick<NamedFault, 'name' | 'effect' | 'times' | 'requestTimeoutMs'> {
  /** The run retries and selects every stream; times out and sends no start; or fails at once. */
  readonly type: 'transient' | 'persistent' | 'permanent';
  /** Parts of the message. `ACTION` is the IAM action. */
  readonly parts?: readonly string[];
}

function permanent(name: string, effect: NamedFault['effect'], ...parts: string[]): SelectionFault {
  return { name, ...(effect && { effect }), times: ALWAYS, type: 'permanent', parts };
}

// Error codes and their advice: aws/errors.test.ts.
const FAULTS: readonly SelectionFault[] = [
  ...TRANSIENT_FAULTS.map((fault) => ({ ...fault, type: 'transient' as const })),
  ...PERSISTENT_FAULTS.map((fault) => ({ ...fault, type: 'persistent' as const })),
  permanent('access denied', ({ action }) => denied(action, ''), 'Grant ACTION to the role of this step'),
  permanent('expired credentials', EXPIRED_TOKEN, 'ExpiredTokenException', 'aws-actions/configure-aws-credentials'),
  permanent('unknown error code', UNKNOWN_CODE, 'ACTION for', 'MoonPhaseException: The moon is not full, try Tuesday'),
  permanent('empty response with status 200, each time', EMPTY_RESPONSE, 'the answer has no ')
];

const CASES = FAULTS.flatMap((fault) => POINTS.map((point) => ({ fault, point })));
type SelectionCase = (typeof CASES)[number];
const BUNDLED_FAULTS = /^(throttled five times|(throttled|no response) until the deadline|access denied)$/;
const BUNDLED = CASES.filter(({ fault, point }) => !point.secondPage && BUNDLED_FAULTS.test(fault.name));

for (const [driver, cases, shortSeconds] of [
  [ADAPTER_DRIVER, CASES, 20],
  [BUNDLE_DRIVER, BUNDLED, 3]
] as const) {
  // In a sample, each fault once.
  const sampled = sample(cases, ({ fault }) => fault.name);
  const titleOf = ({ fault, point }: SelectionCase) => `${point.kinds}, ${point.name}: ${fault.name}, ${fault.type}`;
  testEach(driver, sampled, titleOf, async ({ fault, point }) => {
    const { type, requestTimeoutMs, times = 1, parts = [] } = fault;
    const run = await drive(driver, {
      options: { changeMs: 200 },
      setUp: (aws) => setUp(aws, fault, point),
      inputs: { ...inputsOf(point), 'timeout-seconds': String(type === 'persistent' ? shortSeconds : 200) },
      requestTimeoutMs
    });
    const { report, log, exitCode, aws } = run;
    const { action, secondPage } = point;
    const requests = aws.requests.filter(({ operation }) => action.endsWith(`:${operation}`)).length;
    expect(requests).toBeGreaterThan((secondPage ? 1 : 0) + (type === 'transient' ? times : 0));
    const messages = [...report.errors, ...report.streams.map(({ message }) => message)].join('\n');
    for (const part of parts) expect(messages).toContain(part.replace('ACTION', action));
    if (type === 'transient') expect(log.join('\n')).toContain('; retrying');
    expectSelection(point, type, run);
    if (driver === BUNDLE_DRIVER) {
      expect(exitCode).toBe(type === 'transient' ? 0 : 1);
      if (type === 'persistent') expect(messages).toContain('Selecting the streams took longer than timeout-seconds');
    } else if (type === 'persistent') {
      expect(report.durationSeconds).toBeLessThanOrEqual(shortSeconds);
    }
  });
}

/** Asserts that the run selected every stream, or none, or that only the stream it could not describe failed. */
function expectSelection(
  { kinds, secondPage, isUntagged }: SelectionPoint,
  type: SelectionFault['type'],
  { report, aws }: DrivenRun
): void {
  const { counts, streams, outcome } = report;
  const total = secondPage ? TWO_PAGES : 2 * (kinds === 'both' ? 2 : 1);
  if (type === 'transient') {
    expect(counts).toEqual({ total, [secondPage ? 'planned' : 'enabled']: total });
    expect(new Set(streams.map(({ arn }) => arn)).size).toBe(total);
    expect(aws.writes()).toHaveLength(secondPage ? 0 : total);
  } else if (type === 'permanent' && isUntagged) {
    expect(counts).toEqual({ total: total + 1, failed: 1, enabled: total });
    expect(streamReport(report, UNTAGGED)).toMatchObject({ outcome: 'failed', changed: false });
  } else {
    const expected = type === 'permanent' ? 'failed' : 'timed-out';
    expect({ outcome, counts, starts: startsOf(aws) }).toEqual({ outcome: expected, counts: { total: 0 }, starts: [] });
  }
}

/** Creates the streams and the fault. */
function setUp(aws: LocalAws, fault: SelectionFault, { kinds, action, secondPage, isUntagged }: SelectionPoint): void {
  for (const kind of kinds === 'both' ? KINDS : [kinds]) {
    for (let number = 1; number <= (secondPage ? TWO_PAGES : 2); number++) {
      aws[kind].create({ name: `orders-${number}`, tags: { env: 'prod' } });
    }
    if (isUntagged) aws[kind].create({ name: UNTAGGED });
  }
  const { effect: effectOf, times = 1 } = fault;
  const effect = typeof effectOf === 'function' ? effectOf({ action, starts: 0 }) : effectOf;
  const stream = isUntagged && { stream: UNTAGGED };
  if (effect)
    aws.faults.add({ on: action.replace(/^.*:/, ''), after: secondPage ? 1 : 0, ...stream, times, ...effect });
}

/** The inputs that select the streams. */
function inputsOf({ name, kinds, secondPage, isUntagged }: SelectionPoint): Inputs {
  const byTags = name.includes('tags');
  const names = byTags ? '' : 'orders-*';
  return {
    'key-type': 'any',
    'stream-kind': kinds === 'both' ? '' : kinds,
    'stream-name': isUntagged ? `orders-*,${UNTAGGED}` : names,
    'stream-tags': byTags ? 'env=prod' : '',
    mode: secondPage ? 'plan' : 'encrypt'
  };
}

/**
 * Every field that the action reads is left out, is null, has another type, or has an unknown word, in each answer of a run.
 * The run must end in plain words, with all outputs, and without a write that such an answer caused.
 */

import { beforeAll, describe, expect, test } from '@jest/globals';
import { type LocalAws, startLocalAws } from '../../local-aws/server.ts';
import { streamOf } from '../../local-aws/wire.ts';
import { ALWAYS, createStream, KINDS, type Kind, OUTPUTS, START } from '../end-to-end/step.ts';
import { sample } from '../support/extent.ts';
import { NEW_KEY, NEW_KEY_ID, OLD_KEY, OLD_KEY_ID, REGION } from './account.ts';
import {
  ADAPTER_DRIVER,
  BUNDLE_DRIVER,
  type DrivenRun,
  type Driver,
  disableSdkBackoff,
  streamReport
} from './drivers.ts';
import { FALSE_ANSWERS, type FalseAnswer, LYING_LISTS } from './false-answers.ts';
import { runInPool } from './pool.ts';

disableSdkBackoff();

/** Text that only a defect of the action writes. */
const DEFECT =
  /is not a function|not iterable|undefined|Cannot read|\[object|Invalid time|NaN|(?:Type|Range|Syntax|Reference)Error|Maximum call/;

/** How the stream `orders` is, and how the run selects it. */
interface Situation {
  readonly mode: 'encrypt' | 'plan' | 'check';
  readonly isOnTarget: boolean;
  readonly isNamed: boolean;
  readonly isAlone?: true;
  /** How the run of `orders` ends if the answers are true: without a write. */
  readonly outcome: 'unchanged' | 'compliant' | 'skipped';
}

const SITUATIONS: readonly Situation[] = [
  { mode: 'encrypt', isOnTarget: true, isNamed: true, isAlone: true, outcome: 'unchanged' },
  { mode: 'encrypt', isOnTarget: true, isNamed: true, outcome: 'unchanged' },
  { mode: 'plan', isOnTarget: true, isNamed: true, outcome: 'unchanged' },
  { mode: 'check', isOnTarget: true, isNamed: true, outcome: 'compliant' },
  { mode: 'encrypt', isOnTarget: false, isNamed: false, outcome: 'skipped' }
];

interface FalseAnswerCase {
  readonly kind: Kind;
  readonly situation: Situation;
  readonly answer: FalseAnswer;
  readonly inputs: Readonly<Record<string, string>>;
}

interface FalseAnswerResult {
  readonly run: DrivenRun;
  /** The streams that a start reached. */
  readonly started: readonly (string | undefined)[];
  readonly hits: number;
}

async function runCase(
  { kind, situation, answer, inputs }: FalseAnswerCase,
  driver: Driver
): Promise<FalseAnswerResult> {
  const clock = driver.clock();
  await using aws = await startLocalAws({ region: REGION, now: () => clock.now(), changeMs: 0, encryptionLagMs: 0 });
  createAccount(aws, kind, situation);
  let hits = 0;
  const isDescription =
    answer.operation.startsWith('DescribeStream') || answer.operation.startsWith('DescribeDelivery');
  aws.faults.add({
    on: answer.operation,
    ...(isDescription && { stream: 'orders' }),
    times: ALWAYS,
    falsify: (whole) => answer.falsify(whole, hits++)
  });
  const name = situation.isNamed ? 'orders' : 'ord*';
  const run = await clock.execute(() =>
    driver.run({
      aws,
      inputs: {
        'stream-kind': kind,
        'stream-name': situation.isAlone ? name : `${name}\nreturns`,
        'key-id': NEW_KEY,
        mode: situation.mode,
        // No run gets near it.
        'timeout-seconds': '86400',
        ...inputs
      },
      clock
    })
  );
  const starts = aws.requests.filter(({ operation }) => operation === START[kind]);
  return { run, started: starts.map(({ input }) => streamOf(input)), hits };
}

/** The stream `orders`, and the stream `returns`, which is not encrypted. */
function createAccount(aws: LocalAws, kind: Kind, { isOnTarget }: Situation): void {
  aws.kms.createKey({ id: OLD_KEY_ID });
  aws.kms.createKey({ id: NEW_KEY_ID });
  const tags = { env: 'prod' };
  createStream(aws, kind, { name: 'orders', key: isOnTarget ? NEW_KEY : OLD_KEY, tags });
  createStream(aws, kind, { name: 'returns', tags });
}

const RETURNS_END_AS = { encrypt: 'enabled', plan: 'planned', check: 'non-compliant' } as const;

/** All outputs and the summary are there, and neither they nor the log show a defect of the action. */
function expectPlainWords({ report, outputs, summary, log }: DrivenRun): void {
  expect(Object.keys(outputs)).toEqual(OUTPUTS);
  expect(JSON.parse(outputs.results ?? '')).toHaveLength(report.streams.length);
  expect(summary).toContain('Stream encryption');
  for (const text of [JSON.stringify(outputs), JSON.stringify(report), summary, log.join('\n')]) {
    expect(text).not.toMatch(DEFECT);
  }
}

/** Whether an answer that is whole may lead to a start: the run asked for another key than the service says is in force. */
function mayStart({ answer, situation }: FalseAnswerCase): boolean {
  return answer.decidesKey && situation.isNamed && situation.mode === 'encrypt';
}

function expectOrders(one: FalseAnswerCase, { run: { report }, started }: FalseAnswerResult): void {
  const { answer, situation } = one;
  const { outcome, message, changed } = streamReport(report, 'orders');
  if (answer.isMalformed) {
    expect({ outcome, message }).toEqual({ outcome: 'failed', message: expect.stringContaining(answer.messagePart) });
  } else if (!situation.isOnTarget) {
    expect(['failed', 'not-applicable', 'non-compliant', 'skipped']).toContain(outcome);
  } else {
    expect(['failed', 'not-applicable', 'non-compliant', 'planned', situation.outcome]).toContain(outcome);
  }
  if (answer.isMalformed || !mayStart(one)) {
    expect(changed).toBe(false);
    expect(started).not.toContain('orders');
  }
}

function casesOf(
  answers: (kind: Kind) => readonly FalseAnswer[],
  situations = SITUATIONS,
  inputs: FalseAnswerCase['inputs'] = {}
): readonly FalseAnswerCase[] {
  const cases = KINDS.flatMap((kind) =>
    answers(kind).flatMap((answer) => situations.map((situation) => ({ kind, situation, answer, inputs })))
  );
  return sample(cases, ({ answer }) => answer.title);
}

function titleOf({ kind, situation, answer }: FalseAnswerCase): string {
  const { mode, isOnTarget, isNamed, isAlone } = situation;
  const stream = `${isNamed ? 'a named stream' : 'a stream of a glob'} ${isOnTarget ? 'on the target' : 'on another key'}`;
  return `${kind}, ${mode}, ${stream}${isAlone ? ', alone' : ''}: ${answer.title}`;
}

/** Runs the cases in a pool, and tests each. */
function testEach(
  cases: readonly FalseAnswerCase[],
  verify: (one: FalseAnswerCase, result: FalseAnswerResult) => void,
  driver = ADAPTER_DRIVER
): void {
  let resultOf: (one: FalseAnswerCase) => Promise<FalseAnswerResult>;
  beforeAll(() => {
    resultOf = runInPool(cases, driver.concurrency, (one) => runCase(one, driver));
  });

  test.each(cases.map((one) => [titleOf(one), one] as const))('%s', async (_title, one) => {
    const result = await resultOf(one);
    expect(result.hits).toBeGreaterThan(0);
    expectPlainWords(result.run);
    verify(one, result);
  });
}

const NOT_ALONE = SITUATIONS.filter(({ isAlone }) => !isAlone);
const ENCRYPT = NOT_ALONE.filter(({ mode, isNamed }) => mode === 'encrypt' && isNamed);
const CHECK = NOT_ALONE.filter(({ mode }) => mode === 'check');
const ENCRYPT_OR_CHECK = [...ENCRYPT, ...CHECK];

describe('a false description of a stream ends its run alone', () => {
  testEach(casesOf(FALSE_ANSWERS.describe), (one, result) => {
    expectOrders(one, result);
    if (one.situation.isAlone) return;
    expect(streamReport(result.run.report, 'returns').outcome).toBe(RETURNS_END_AS[one.situation.mode]);
  });
});

describe('a false description of a key', () => {
  testEach(casesOf(FALSE_ANSWERS.key, NOT_ALONE), (one, result) => {
    expectOrders(one, result);
    if (one.answer.isMalformed) expect(result.started).toEqual([]);
  });
});

describe('a false list of names selects no stream', () => {
  const cases = casesOf(FALSE_ANSWERS.list, ENCRYPT_OR_CHECK, { 'stream-name': 'ord*' });
  testEach(cases, expectNoSelection);
});

describe('a false list of tagged streams', () => {
  const cases = casesOf(FALSE_ANSWERS.tags, ENCRYPT_OR_CHECK, { 'stream-name': '', 'stream-tags': 'env=prod' });
  testEach(cases, (one, result) => {
    if (one.answer.isMalformed) expectNoSelection(one, result);
    else expect(result.started).not.toContain('orders');
  });
});

describe('a list that lies about its next page selects no stream', () => {
  const names = casesOf(LYING_LISTS.names, ENCRYPT_OR_CHECK, { 'stream-name': 'ord*' });
  const tags = casesOf(LYING_LISTS.tags, ENCRYPT_OR_CHECK, { 'stream-name': '', 'stream-tags': 'env=prod' });
  testEach([...names, ...tags], expectNoSelection);
});

describe('a false answer to a record proves nothing', () => {
  testEach(casesOf(FALSE_ANSWERS.record, ENCRYPT, { 'verify-records': 'true' }), ({ answer }, { run }) => {
    const { outcome, message } = streamReport(run.report, 'returns');
    const part = answer.isMalformed ? answer.messagePart : 'confirmed encryption for none of the test records';
    expect({ outcome, message }).toEqual({ outcome: 'failed', message: expect.stringContaining(part) });
  });
});

function expectNoSelection({ answer }: FalseAnswerCase, { run: { report }, started }: FalseAnswerResult): void {
  const { outcome, counts, errors } = report;
  const part = answer.isMalformed ? answer.messagePart : 'No stream matches';
  expect({ outcome, counts, errors }).toEqual({
    outcome: 'failed',
    counts: { total: 0 },
    errors: [expect.stringContaining(part)]
  });
  expect(started).toEqual([]);
}

describe('through the committed bundle', () => {
  const cases = [
    ...casesOf((kind) => pick(FALSE_ANSWERS.describe(kind), /Status is a number$/), ENCRYPT),
    ...casesOf(() => pick(FALSE_ANSWERS.key(), /Arn is left out$/), CHECK),
    ...casesOf((kind) => pick(LYING_LISTS.names(kind), /empty page/), CHECK, { 'stream-name': 'ord*' })
  ];
  const verify = ({ answer }: FalseAnswerCase, { run: { report, exitCode }, started }: FalseAnswerResult) => {
    const messages = [...report.errors, ...report.streams.map(({ message }) => message)].join('\n');
    expect({ outcome: report.outcome, exitCode }).toEqual({ outcome: 'failed', exitCode: 1 });
    expect(messages).toContain(answer.messagePart);
    expect(started).not.toContain('orders');
  };
  testEach(cases, verify, BUNDLE_DRIVER);
});

function pick(answers: readonly FalseAnswer[], title: RegExp): readonly FalseAnswer[] {
  return answers.filter((answer) => title.test(answer.title)).slice(0, 1);
}

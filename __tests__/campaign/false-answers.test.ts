/**
 * Every field that the action reads is left out, is null, has another type, or has an unknown word, in each answer of a run.
 * The run must end in plain words, with all outputs, and without a write that such an answer caused.
 */

import { describe, expect } from '@jest/globals';
import { startLocalAws } from '../../local-aws/server.ts';
import { streamOf } from '../../local-aws/wire.ts';
import { ALWAYS, createStream, DESCRIBE, KINDS, type Kind, OUTPUTS, START } from '../end-to-end/step.ts';
import { sample } from '../support/extent.ts';
import { createKeys, NEW_KEY, OLD_KEY, REGION } from './account.ts';
import {
  ADAPTER_DRIVER,
  BUNDLE_DRIVER,
  type DrivenRun,
  type Driver,
  disableSdkBackoff,
  streamReport
} from './drivers.ts';
import { FALSE_ANSWERS, type FalseAnswer, LYING_LISTS } from './false-answers.ts';
import { testEach } from './suite.ts';

disableSdkBackoff();

/** Text that only a defect of the action writes. */
const DEFECT =
  /is not a function|not iterable|undefined|Cannot read|\[object|Invalid time|NaN|(?:Type|Range|Syntax|Reference)Error|Maximum call/;

/** How the stream `orders` is, and how the run selects it. */
interface Situation {
  readonly mode: 'encrypt' | 'plan' | 'check';
  readonly isOnTarget: boolean;
  readonly isNamed: boolean;
  readonly isAlone: boolean;
  /** How the run of `orders` ends if the answers are true: without a write. */
  readonly outcome: 'unchanged' | 'compliant' | 'skipped' | 'planned' | 'non-compliant';
}

const ENCRYPT: Situation = { mode: 'encrypt', isOnTarget: true, isNamed: true, isAlone: false, outcome: 'unchanged' };
const PLAN: Situation = { ...ENCRYPT, mode: 'plan' };
const CHECK: Situation = { ...ENCRYPT, mode: 'check', outcome: 'compliant' };
const PLAN_CHANGE: Situation = { ...PLAN, isOnTarget: false, outcome: 'planned' };
const CHECK_OTHER: Situation = { ...CHECK, isOnTarget: false, outcome: 'non-compliant' };
const BY_GLOB: Situation = { ...ENCRYPT, isOnTarget: false, isNamed: false, outcome: 'skipped' };
const AMONG_OTHERS = [ENCRYPT, PLAN, CHECK, PLAN_CHANGE, CHECK_OTHER, BY_GLOB];
const ALONE = AMONG_OTHERS.map((situation) => ({ ...situation, isAlone: true }));

interface FalseAnswerCase {
  readonly kind: Kind;
  readonly situation: Situation;
  readonly answer: FalseAnswer;
  readonly inputs: DrivenInputs;
}
type DrivenInputs = Readonly<Record<string, string>>;

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
  const { mode, isOnTarget, isNamed, isAlone } = situation;
  const clock = driver.clock();
  await using aws = await startLocalAws({ region: REGION, now: () => clock.now(), changeMs: 0, encryptionLagMs: 0 });
  createKeys(aws);
  const tags = { env: 'prod' };
  createStream(aws, kind, { name: 'orders', key: isOnTarget ? NEW_KEY : OLD_KEY, tags });
  createStream(aws, kind, { name: 'returns', tags });
  let hits = 0;
  aws.faults.add({
    on: answer.operation,
    ...(answer.operation === DESCRIBE[kind] && { stream: 'orders' }),
    times: ALWAYS,
    falsify: (whole) => answer.falsify(whole, hits++)
  });
  const name = isNamed ? 'orders' : 'ord*';
  const run = await clock.execute(() =>
    driver.run({
      aws,
      inputs: {
        'stream-kind': kind,
        'stream-name': isAlone ? name : `${name}\nreturns`,
        'key-id': NEW_KEY,
        mode,
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

/** In a sample, each false answer once. */
function casesOf(
  answers: (kind: Kind) => readonly FalseAnswer[],
  situations: readonly Situation[],
  inputs: DrivenInputs = {}
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

type Verify = (one: FalseAnswerCase, result: FalseAnswerResult) => void;

/** Tests the cases, also that all outputs and the summary are there, and that nothing shows a defect of the action. */
function testCases(cases: readonly FalseAnswerCase[], verify: Verify, driver = ADAPTER_DRIVER): void {
  testEach(driver, {
    cases,
    titleOf,
    run: (one) => runCase(one, driver),
    verify: (one, result) => {
      const { report, outputs, summary, log } = result.run;
      expect(result.hits).toBeGreaterThan(0);
      expect(Object.keys(outputs)).toEqual(OUTPUTS);
      expect(JSON.parse(outputs.results ?? '')).toHaveLength(report.streams.length);
      expect(summary).toContain('Stream encryption');
      expect([JSON.stringify({ outputs, report }), summary, ...log].join('\n')).not.toMatch(DEFECT);
      verify(one, result);
    }
  });
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
  } else {
    const planned = situation.isOnTarget ? ['planned'] : [];
    expect(['failed', 'not-applicable', 'non-compliant', situation.outcome, ...planned]).toContain(outcome);
  }
  if (answer.isMalformed || !mayStart(one)) {
    expect(changed).toBe(false);
    expect(started).not.toContain('orders');
  }
}

function expectNoSelection({ answer }: FalseAnswerCase, { run: { report }, started }: FalseAnswerResult): void {
  const part = answer.isMalformed ? answer.messagePart : 'No stream matches';
  const errors = [expect.stringContaining(part)];
  expect(report).toMatchObject({ outcome: 'failed', counts: { total: 0 }, errors });
  expect(started).toEqual([]);
}

const RETURNS_END_AS = { encrypt: 'enabled', plan: 'planned', check: 'non-compliant' } as const;
const NAMES = { 'stream-name': 'ord*' };
const TAGS = { 'stream-name': '', 'stream-tags': 'env=prod' };

describe('a false description of a stream ends its run alone', () => {
  testCases(casesOf(FALSE_ANSWERS.describe, [...AMONG_OTHERS, ...ALONE]), (one, result) => {
    expectOrders(one, result);
    if (one.situation.isAlone) return;
    expect(streamReport(result.run.report, 'returns').outcome).toBe(RETURNS_END_AS[one.situation.mode]);
  });
});

describe('a false description of a key', () => {
  testCases(casesOf(FALSE_ANSWERS.key, [...AMONG_OTHERS, ...ALONE]), (one, result) => {
    expectOrders(one, result);
    if (one.answer.isMalformed) expect(result.started).toEqual([]);
  });
});

describe('a false list of names selects no stream', () => {
  testCases(casesOf(FALSE_ANSWERS.list, [ENCRYPT, CHECK], NAMES), expectNoSelection);
});

describe('a false list of tagged streams', () => {
  testCases(casesOf(FALSE_ANSWERS.tags, [ENCRYPT, CHECK], TAGS), (one, result) => {
    if (one.answer.isMalformed) expectNoSelection(one, result);
    else expect(result.started).not.toContain('orders');
  });
});

describe('a list that lies about its next page selects no stream', () => {
  const names = casesOf(LYING_LISTS.names, [ENCRYPT, CHECK], NAMES);
  testCases([...names, ...casesOf(LYING_LISTS.tags, [ENCRYPT, CHECK], TAGS)], expectNoSelection);
});

describe('a false answer to a record proves nothing', () => {
  testCases(casesOf(FALSE_ANSWERS.record, [ENCRYPT], { 'verify-records': 'true' }), ({ answer }, { run }) => {
    const { outcome, message } = streamReport(run.report, 'returns');
    const part = answer.isMalformed ? answer.messagePart : 'confirmed encryption for none of the test records';
    expect({ outcome, message }).toEqual({ outcome: 'failed', message: expect.stringContaining(part) });
  });
});

describe('false answers fail the step', () => {
  const pick = (answers: readonly FalseAnswer[], title: RegExp) =>
    answers.filter((answer) => title.test(answer.title)).slice(0, 1);
  const cases = [
    ...casesOf((kind) => pick(FALSE_ANSWERS.describe(kind), /Status is a number$/), [ENCRYPT]),
    ...casesOf(() => pick(FALSE_ANSWERS.key(), /Arn is left out$/), [CHECK]),
    ...casesOf((kind) => pick(LYING_LISTS.names(kind), /empty page/), [CHECK], NAMES)
  ];
  const verify: Verify = ({ answer }, { run: { report, exitCode }, started }) => {
    const messages = [...report.errors, ...report.streams.map(({ message }) => message)].join('\n');
    expect({ outcome: report.outcome, exitCode }).toEqual({ outcome: 'failed', exitCode: 1 });
    expect(messages).toContain(answer.messagePart);
    expect(started).not.toContain('orders');
  };
  testCases(cases, verify, BUNDLE_DRIVER);
});

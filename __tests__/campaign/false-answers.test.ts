/**
 * Every field that the action reads is left out, is null, has another type, or has an unknown word, in each answer of a run.
 * The run must end in plain words, with all outputs, and without a write that such an answer caused.
 */

import { expect } from '@jest/globals';
import { ALWAYS, createStream, DESCRIBE, KINDS, type Kind, OUTPUTS } from '../end-to-end/step.ts';
import { sample } from '../support/extent.ts';
import type { Inputs } from '../support/inputs.ts';
import { NEW_KEY, OLD_KEY } from './account.ts';
import {
  ADAPTER_DRIVER,
  BUNDLE_DRIVER,
  type DrivenRun,
  type Driver,
  drive,
  startsOf,
  streamReport,
  testEach
} from './drivers.ts';
import { FALSE_ANSWERS, type FalseAnswer } from './false-answers.ts';

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
const ALL = [...AMONG_OTHERS, ...AMONG_OTHERS.map((situation) => ({ ...situation, isAlone: true }))];

interface FalseAnswerCase {
  readonly kind: Kind;
  readonly situation: Situation;
  readonly answer: FalseAnswer;
}

function titleOf({ kind, situation, answer }: FalseAnswerCase): string {
  const { mode, isOnTarget, isNamed, isAlone } = situation;
  const stream = `${isNamed ? 'a named stream' : 'a stream of a glob'} ${isOnTarget ? 'on the target' : 'on another key'}`;
  return `${kind}, ${mode}, ${stream}${isAlone ? ', alone' : ''}: ${answer.title}`;
}

/** The fields that are false through the bundle, too, in the first situation. */
const BUNDLED = /Status is a number$|Arn is left out$|empty page/;

/** Tests each answer in each situation; in a sample, each answer once. */
function testAnswers(
  answersOf: (kind: Kind) => readonly FalseAnswer[],
  situations: readonly Situation[],
  inputs: Inputs,
  verify: (one: FalseAnswerCase, run: DrivenRun) => void
): void {
  const cases = KINDS.flatMap((kind) =>
    answersOf(kind).flatMap((answer) => situations.map((situation) => ({ kind, situation, answer })))
  );
  const bundled = cases.filter(({ answer, situation }) => BUNDLED.test(answer.title) && situation === situations[0]);
  for (const [driver, driven] of [
    [ADAPTER_DRIVER, cases],
    [BUNDLE_DRIVER, bundled]
  ] as const) {
    const sampled = sample(driven, ({ answer }) => answer.title);
    testEach(driver, sampled, titleOf, async (one) => verify(one, await runAnswer(driver, one, inputs)));
  }
}

/** Runs a case, and asserts that all outputs and the summary are there, and that nothing shows a defect of the action. */
async function runAnswer(
  driver: Driver,
  { kind, situation, answer }: FalseAnswerCase,
  more: Inputs
): Promise<DrivenRun> {
  const { mode, isOnTarget, isNamed, isAlone } = situation;
  let hits = 0;
  const run = await drive(driver, {
    options: { changeMs: 0, encryptionLagMs: 0 },
    setUp: (aws) => {
      const tags = { env: 'prod' };
      createStream(aws, kind, { name: 'orders', key: isOnTarget ? NEW_KEY : OLD_KEY, tags });
      createStream(aws, kind, { name: 'returns', tags });
      aws.faults.add({
        on: answer.operation,
        ...(answer.operation === DESCRIBE[kind] && { stream: 'orders' }),
        times: ALWAYS,
        falsify: (whole) => answer.falsify(whole, hits++)
      });
    },
    inputs: {
      'stream-kind': kind,
      'stream-name': `${isNamed ? 'orders' : 'ord*'}${isAlone ? '' : '\nreturns'}`,
      'key-id': NEW_KEY,
      mode,
      // No run gets near it.
      'timeout-seconds': '86400',
      ...more
    }
  });
  const { report, outputs, summary, log } = run;
  expect(hits).toBeGreaterThan(0);
  expect(Object.keys(outputs)).toEqual(OUTPUTS);
  expect(summary).toContain('Stream encryption');
  expect([JSON.stringify({ outputs, report }), summary, ...log].join('\n')).not.toMatch(DEFECT);
  if (run.exitCode !== undefined) expect(run.exitCode).toBe(1);
  return run;
}

function expectOrders({ situation, answer }: FalseAnswerCase, run: DrivenRun): void {
  const { mode, isNamed, isOnTarget, outcome: trueOutcome } = situation;
  const { outcome, message, changed } = streamReport(run.report, 'orders');
  if (answer.isMalformed) {
    expect({ outcome, message }).toEqual({ outcome: 'failed', message: expect.stringContaining(answer.messagePart) });
  } else {
    const planned = isOnTarget ? ['planned'] : [];
    expect(['failed', 'not-applicable', 'non-compliant', trueOutcome, ...planned]).toContain(outcome);
  }
  // Unless the answer is whole and says that another key is in force than the one that the run must set.
  const mayStart = !answer.isMalformed && answer.decidesKey === true && isNamed && mode === 'encrypt';
  if (!mayStart) expect({ changed, starts: startsOf(run.aws, 'orders') }).toEqual({ changed: false, starts: [] });
}

function expectNoSelection({ answer }: FalseAnswerCase, { report, aws }: DrivenRun): void {
  const part = answer.isMalformed ? answer.messagePart : 'No stream matches';
  const errors = [expect.stringContaining(part)];
  expect(report).toMatchObject({ outcome: 'failed', counts: { total: 0 }, errors });
  expect(startsOf(aws)).toEqual([]);
}

const RETURNS_END_AS = { encrypt: 'enabled', plan: 'planned', check: 'non-compliant' } as const;
const NAMES = { 'stream-name': 'ord*' };
const TAGS = { 'stream-name': '', 'stream-tags': 'env=prod' };

// A false description of a stream ends its run alone.
testAnswers(FALSE_ANSWERS.describe, ALL, {}, (one, run) => {
  expectOrders(one, run);
  const { mode, isAlone } = one.situation;
  if (!isAlone) expect(streamReport(run.report, 'returns').outcome).toBe(RETURNS_END_AS[mode]);
});

testAnswers(FALSE_ANSWERS.key, ALL, {}, (one, run) => {
  expectOrders(one, run);
  if (one.answer.isMalformed) expect(startsOf(run.aws)).toEqual([]);
});

// A false list selects no stream.
testAnswers(FALSE_ANSWERS.names, [ENCRYPT, CHECK], NAMES, expectNoSelection);
testAnswers(FALSE_ANSWERS.tags, [ENCRYPT, CHECK], TAGS, (one, run) => {
  if (one.answer.isMalformed) expectNoSelection(one, run);
  else expect(startsOf(run.aws, 'orders')).toEqual([]);
});

// A false answer to a record proves nothing.
testAnswers(FALSE_ANSWERS.record, [ENCRYPT], { 'verify-records': 'true' }, ({ answer }, { report }) => {
  const { outcome, message } = streamReport(report, 'returns');
  const part = answer.isMalformed ? answer.messagePart : 'confirmed encryption for none of the test records';
  expect({ outcome, message }).toEqual({ outcome: 'failed', message: expect.stringContaining(part) });
});

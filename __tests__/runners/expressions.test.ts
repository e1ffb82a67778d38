/** Reads the outputs of a step as the next step does, with GitHub's own evaluator of expressions. */

import { data, Evaluator, Lexer, Parser } from '@actions/expressions';
import { expect, test } from '@jest/globals';
import { startLocalAws } from '../../local-aws/server.ts';
import { createStream, run } from '../end-to-end/step.ts';

/** Evaluates an expression after the step `encrypt`. Returns the text that GitHub puts in its place. */
function evaluate(expression: string, outputs: Readonly<Record<string, string>>): string {
  const expr = new Parser(new Lexer(expression).lex().tokens, ['steps'], []).parse();
  const values = Object.entries(outputs).map(([key, text]) => ({ key, value: new data.StringData(text) }));
  const dictionary = (key: string, ...pairs: { key: string; value: data.ExpressionData }[]) => ({
    key,
    value: new data.Dictionary(...pairs)
  });
  const steps = dictionary('steps', dictionary('encrypt', dictionary('outputs', ...values)));
  return new Evaluator(expr, new data.Dictionary(steps)).evaluate().coerceString();
}

const RESULTS = 'fromJSON(steps.encrypt.outputs.results)';

test('a next step can read every output, and each stream of results', async () => {
  const aws = await startLocalAws({ changeMs: 100 });
  createStream(aws, 'kinesis');
  createStream(aws, 'kinesis', { name: 'views', key: 'alias/aws/kinesis' });
  const { outputs } = await run(aws, {
    'stream-kind': 'kinesis',
    'stream-name': 'orders,views,none',
    'key-type': 'aws-owned'
  });
  await aws.close();
  const read = (expression: string) => [expression, evaluate(expression, outputs)];
  for (const [expression, value] of [
    ["steps.encrypt.outputs.outcome == 'failed'", 'true'],
    ["steps.encrypt.outputs.changed == 'true' && 'restart' || 'go on'", 'restart'],
    ['fromJSON(steps.encrypt.outputs.changed)', 'true'],
    ['fromJSON(steps.encrypt.outputs.counts).total', '3'],
    ['fromJSON(steps.encrypt.outputs.counts).enabled', '1'],
    // An outcome that did not occur is left out of `counts`.
    ['fromJSON(steps.encrypt.outputs.counts).rekeyed || 0', '0'],
    [`${RESULTS}[0].outcome`, 'enabled'],
    [`${RESULTS}[0].keyArn == null`, 'true'],
    [`join(${RESULTS}.*.name)`, 'orders,views,none'],
    [`contains(${RESULTS}.*.outcome, 'failed')`, 'true'],
    [`${RESULTS}[3].outcome`, '']
  ] as const) {
    expect(read(expression)).toEqual([expression, value]);
  }
});

test('a step with invalid inputs has results without members', async () => {
  const aws = await startLocalAws();
  const { outputs } = await run(aws, { 'stream-kind': 'kinetic' });
  await aws.close();
  expect(evaluate(`${RESULTS}[0].outcome || steps.encrypt.outputs.outcome`, outputs)).toBe('failed');
});

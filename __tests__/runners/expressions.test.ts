/** Reads the outputs of a step as the next step does, with GitHub's own evaluator of expressions. */

import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type LocalAws, startLocalAws } from '../../local-aws/server.ts';
import { createStream, run } from '../end-to-end/step.ts';
import { evaluateAfter } from '../support/expressions.ts';

let aws: LocalAws;
beforeEach(async () => {
  aws = await startLocalAws({ changeMs: 100 });
});
afterEach(() => aws.close());

const RESULTS = 'fromJSON(steps.encrypt.outputs.results)';

test('a next step can read every output, and each stream of results', async () => {
  createStream(aws, 'kinesis');
  createStream(aws, 'kinesis', { name: 'views', key: 'alias/aws/kinesis' });
  const { outputs } = await run(aws, {
    'stream-kind': 'kinesis',
    'stream-name': 'orders,views,none',
    'key-type': 'aws-owned'
  });
  const read = (expression: string) => [expression, evaluateAfter('encrypt', outputs, expression)];
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
  const { outputs } = await run(aws, { 'stream-kind': 'kinetic' });
  expect(evaluateAfter('encrypt', outputs, `${RESULTS}[0].outcome || steps.encrypt.outputs.outcome`)).toBe('failed');
});

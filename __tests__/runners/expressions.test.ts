import { expect, test } from '@jest/globals';
import { startLocalAws } from '../../local-aws/server.ts';
import { createStream, run } from '../end-to-end/step.ts';
import { evaluateAfter } from '../support/expressions.ts';

const RESULTS = 'fromJSON(steps.encrypt.outputs.results)';

test("a next step can read every output, and each stream of results, with GitHub's own evaluator of expressions", async () => {
  await using aws = await startLocalAws({ changeMs: 50 });
  createStream(aws, 'kinesis');
  createStream(aws, 'kinesis', { name: 'views', key: 'alias/aws/kinesis' });
  const names = { 'stream-kind': 'kinesis', 'stream-name': 'orders,views,none' };
  const { outputs } = await run(aws, { ...names, 'key-type': 'aws-owned' });
  const expected = {
    "steps.encrypt.outputs.outcome == 'failed'": 'true',
    "steps.encrypt.outputs.changed == 'true' && 'restart' || 'go on'": 'restart',
    'fromJSON(steps.encrypt.outputs.changed)': 'true',
    'fromJSON(steps.encrypt.outputs.counts).total': '3',
    'fromJSON(steps.encrypt.outputs.counts).enabled': '1',
    // An outcome that did not occur is left out of `counts`.
    'fromJSON(steps.encrypt.outputs.counts).rekeyed || 0': '0',
    [`${RESULTS}[0].outcome`]: 'enabled',
    [`${RESULTS}[0].keyArn == null`]: 'true',
    [`join(${RESULTS}.*.name)`]: 'orders,views,none',
    [`contains(${RESULTS}.*.outcome, 'failed')`]: 'true',
    [`${RESULTS}[3].outcome`]: ''
  };
  const expressions = Object.keys(expected);
  const values = expressions.map((expression) => [expression, evaluateAfter('encrypt', outputs, expression)]);
  expect(Object.fromEntries(values)).toEqual(expected);
});

import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type LocalAws, startLocalAws } from '../../../local-aws/server.ts';
import { createStream, FOREVER, runOn } from '../step.ts';
import { expectEarlyEnd, preload } from './early-end.ts';

let aws: LocalAws;
beforeEach(async () => {
  aws = await startLocalAws({ changeMs: 50 });
});
afterEach(() => aws.close());

/** Makes the step's process execute this code right after it writes the line to its log. */
function afterLogLine(line: string, code: string): { env: { NODE_OPTIONS: string } } {
  return preload(`
    const write = process.stdout.write;
    process.stdout.write = function (text, ...rest) {
      if (String(text).includes(${JSON.stringify(line)})) {
        process.stdout.write = write;
        setImmediate(() => { ${code} });
      }
      return write.call(this, text, ...rest);
    };`);
}

const THROW = "throw new Error('a defect')";
const REJECT = "Promise.reject(new Error('a defect'))";

test.each([
  ['an exception before the first request', 'mode encrypt', THROW, 'a defect', 'false'],
  // The error may come before or after the request is sent; the result reports which.
  ['a rejection while the change is sent', 'starting encryption', REJECT, 'a defect', /true|false/],
  ['an exception during the change', 'ENABLING', THROW, 'a defect', 'true'],
  ['a rejection while the step settles', 'settling for', REJECT, 'a defect', 'true'],
  ['a rejection with a string', 'ENABLING', "Promise.reject('a defect')", 'a defect', 'true'],
  ['an exception with undefined', 'ENABLING', 'throw undefined', 'aborted', 'true'],
  ['an exception after a rejection', 'ENABLING', `Promise.reject(new Error('the later')); ${THROW}`, 'a defect', 'true']
])('%s fails the step with a complete result', async (_name, line, code, reason, changed) => {
  createStream(aws, 'firehose', line === 'ENABLING' ? { changeMs: FOREVER } : {});
  const hook = afterLogLine(line, code);
  const result = await runOn(aws, 'firehose', { 'key-type': 'aws-owned', 'settle-seconds': '60' }, hook);

  expectEarlyEnd(result, 'failed');
  expect(result.outputs.changed).toMatch(changed);
  expect(result.outputs.results).toContain(reason);
  expect(result.stdout).toMatch(/^::error title=firehose orders::failed: /m);
  if (result.outputs.changed === 'true')
    expect(result.stdout).toMatch(/^::error .*The change to the AWS owned key (was sent|ended)/m);
  expect(result.stderr).toBe('');
});

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type LocalAws, startLocalAws } from '../../../local-aws/server.ts';
import { createStream, FOREVER, runOn } from '../step.ts';
import { expectEarlyEnd, preload } from './early-end.ts';

let aws: LocalAws;
beforeEach(async () => {
  aws = await startLocalAws({ changeMs: 50 });
});
afterEach(() => aws.close());

describe('an uncaught error', () => {
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

  describe.each([
    ['an exception', "throw new Error('a defect')", 'a defect'],
    ['a rejection', "Promise.reject(new Error('a defect'))", 'a defect'],
    ['a rejection with a string', "Promise.reject('a defect')", 'a defect'],
    ['an exception with undefined', 'throw undefined', 'aborted'],
    [
      'an exception after a rejection',
      "Promise.reject(new Error('the later')); throw new Error('a defect')",
      'a defect'
    ]
  ])('%s', (_name, code, reason) => {
    test.each([
      ['before the first request', 'mode encrypt', 'false'],
      ['while the change is sent', 'starting encryption', 'true'],
      ['during the change', 'ENABLING', 'true'],
      ['while the step settles', 'settling for', 'true']
    ])('%s: fails the step with a complete result', async (_moment, line, changed) => {
      createStream(aws, 'firehose', line === 'ENABLING' ? { changeMs: FOREVER } : {});
      const hook = afterLogLine(line, code);
      const result = await runOn(aws, 'firehose', { 'key-type': 'aws-owned', 'settle-seconds': '60' }, hook);

      expectEarlyEnd(result, 'failed');
      // The error may come before or after the request is sent; the result reports which.
      if (line !== 'starting encryption') expect(result.outputs.changed).toBe(changed);
      expect(result.outputs.results).toContain(reason);
      expect(result.stdout).toMatch(/^::error title=firehose orders::failed: /m);
      if (result.outputs.changed === 'true')
        expect(result.stdout).toMatch(/^::error .*The change to the AWS owned key (was sent|ended)/m);
      expect(result.stderr).toBe('');
    });
  });
});

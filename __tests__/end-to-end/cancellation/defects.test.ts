import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { type LocalAws, startLocalAws } from '../../../local-aws/server.ts';
import { createStream, FOR_EVER, runOn } from '../step.ts';
import { expectTold, LIMIT_MS, preloading } from './told.ts';

jest.setTimeout(LIMIT_MS);

let aws: LocalAws;
beforeEach(async () => {
  aws = await startLocalAws({ changeMs: 50 });
});
afterEach(() => aws.close());

describe('a defect that nothing caught', () => {
  /** Does this as soon as the line was logged. */
  function onceLogged(line: string, code: string): { env: { NODE_OPTIONS: string } } {
    return preloading(`
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
    ['a rejection with a text', "Promise.reject('a defect')", 'a defect'],
    ['an exception that is nothing at all', 'throw undefined', 'aborted'],
    ['one after another', "Promise.reject(new Error('the later')); throw new Error('a defect')", 'a defect']
  ])('%s', (_name, code, said) => {
    test.each([
      ['before the first request', 'mode encrypt', 'false'],
      ['while the start is sent', 'starting encryption', 'true'],
      ['while the change is under way', 'ENABLING', 'true'],
      ['while it settles', 'settling for', 'true']
    ])('%s, ends as failed with all told', async (_moment, line, changed) => {
      createStream(aws, 'firehose', line === 'ENABLING' ? { changeMs: FOR_EVER } : {});
      const hook = onceLogged(line, code);
      const result = await runOn(aws, 'firehose', { 'key-type': 'aws-owned', 'settle-seconds': '60' }, hook);

      expectTold(result, 'failed');
      // A start that was not yet on its way may be stopped before it is sent; which one it is, is told.
      if (line !== 'starting encryption') expect(result.outputs.changed).toBe(changed);
      expect(result.outputs.results).toContain(said);
      expect(result.stdout).toMatch(/^::error title=firehose orders::failed: /m);
      if (result.outputs.changed === 'true')
        expect(result.stdout).toMatch(/^::error .*The change to the AWS owned key had/m);
      expect(result.stderr).toBe('');
    });
  });
});

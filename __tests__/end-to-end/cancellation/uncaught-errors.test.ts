import { expect, test } from '@jest/globals';
import { startLocalAws } from '../../../local-aws/server.ts';
import { createStream, FOREVER, runOn } from '../step.ts';
import { expectEarlyEnd, preload } from './early-end.ts';

const THROW = "throw new Error('a defect')";

test.each([
  ['an exception before the first request', 'mode encrypt', THROW, 'a defect', 'false'],
  ['an exception with undefined during the change', 'ENABLING', 'throw undefined', 'aborted', 'true'],
  ['an exception after a rejection', 'ENABLING', `Promise.reject('the later'); ${THROW}`, 'a defect', 'true']
])('%s fails the step with a complete result', async (_name, line, code, reason, changed) => {
  await using aws = await startLocalAws();
  createStream(aws, 'firehose', { changeMs: FOREVER });
  const afterLogLine = preload(`
    const write = process.stdout.write;
    process.stdout.write = function (text, ...rest) {
      if (String(text).includes('${line}')) {
        process.stdout.write = write;
        setImmediate(() => { ${code} });
      }
      return write.call(this, text, ...rest);
    };`);
  const result = await runOn(aws, 'firehose', { 'key-type': 'aws-owned' }, afterLogLine);

  expectEarlyEnd(result, 'failed');
  expect(result.outputs.changed).toBe(changed);
  expect(result.outputs.results).toContain(reason);
  const change = changed === 'true' ? 'The change to the AWS owned key was sent' : 'No change was sent';
  expect(result.stdout).toMatch(new RegExp(`^::error title=firehose orders::failed: .*${change}`, 'm'));
  expect(result.stderr).toBe('');
});

test('a defect while the modules are loaded fails the step', async () => {
  await using aws = await startLocalAws();
  const hook = preload(`
    import { registerHooks } from 'node:module';
    registerHooks({
      resolve: (name, context, next) => {
        if (/^\\.\\/\\d+\\.index\\.js$/.test(name)) throw new Error('a defect');
        return next(name, context);
      }
    });`);
  const { exitCode, stdout } = await runOn(aws, 'firehose', {}, hook);
  expect(stdout).toBe('::error title=Stream encryption::The action could not be loaded: Error: a defect\n');
  expect(exitCode).toBe(1);
});

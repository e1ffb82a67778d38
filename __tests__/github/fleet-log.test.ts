import { expect, test } from '@jest/globals';
import type { Result } from '../../src/encryption/model.ts';
import { fleetLog } from '../../src/github/fleet-log.ts';
import { result } from '../support/results.ts';
import { captureStdout } from './capture-stdout.ts';

/** Logs streams that each write so many lines and end with this result. */
function logOf(...streams: readonly (readonly [lines: number, end: Partial<Result>])[]): string[] {
  const log = fleetLog(streams.length);
  const text = captureStdout(() => {
    for (const [index, [lines, end]] of streams.entries()) {
      const stream = log();
      for (let nth = 1; nth <= lines; nth++) stream.write(`line ${nth}`);
      stream.end(result({ name: `s${index}`, ...end }));
    }
  });
  return text.trimEnd().split('\n');
}

function failed(message: string): Partial<Result> {
  return { outcome: 'failed', message };
}
const DONE = { message: 'done' };

test('a single stream logs its lines as they come, and its result unless an annotation has it', () => {
  expect(logOf([2, failed('no')])).toEqual(['line 1', 'line 2']);
  expect(logOf([1, DONE])).toEqual(['line 1', 'kinesis s0: rekeyed: done']);
});

test('each of several streams is a group with a short title that ends with its result', () => {
  expect(logOf([1, failed('one')], [0, failed('two')], [0, DONE], [0, DONE])).toEqual([
    ...['::group::❌ kinesis s0: failed', 'line 1', 'kinesis s0: failed: one', '::endgroup::'],
    ...['::group::❌ kinesis s1: failed', 'kinesis s1: failed: two', '::endgroup::'],
    ...['::group::🔑 kinesis s2: rekeyed', 'kinesis s2: rekeyed: done', '::endgroup::'],
    ...['::group::🔑 kinesis s3: rekeyed', 'kinesis s3: rekeyed: done', '::endgroup::']
  ]);
});

test('a stream with the cause of an earlier one is a line, unless it has more lines to show', () => {
  const [no, another] = [failed('no'), failed('another')];
  const lines = logOf([1, no], [1, no], [0, no], [3, no], [2, no], [1, another]);
  expect(lines.filter((line) => line.includes('❌'))).toEqual([
    '::group::❌ kinesis s0: failed',
    '❌ kinesis s1: failed',
    '❌ kinesis s2: failed',
    '::group::❌ kinesis s3: failed',
    '❌ kinesis s4: failed',
    '::group::❌ kinesis s5: failed'
  ]);
});

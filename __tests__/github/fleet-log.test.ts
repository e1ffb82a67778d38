import { expect, test } from '@jest/globals';
import { fleetLog } from '../../src/github/fleet-log.ts';
import { result } from '../support/results.ts';
import { captureStdout } from './capture-stdout.ts';

/** Logs streams that write this many lines each, and fail for this cause. */
function logOf(...streams: readonly (readonly [lines: number, cause: string])[]): string[] {
  const log = fleetLog(streams.length);
  const text = captureStdout(() => {
    for (const [index, [lines, message]] of streams.entries()) {
      const stream = log();
      for (let nth = 1; nth <= lines; nth++) stream.write(`line ${nth}`);
      stream.end(result({ name: `s${index}`, outcome: 'failed', message }));
    }
  });
  return text.trimEnd().split('\n');
}

test('a single stream logs its lines as they come, and its result unless an annotation tells it', () => {
  expect(logOf([2, 'no'])).toEqual(['line 1', 'line 2']);
  const log = captureStdout(() => fleetLog(1)().end(result({ message: 'done' })));
  expect(log).toBe('kinesis orders: rekeyed: done\n');
});

test('each of several streams is a group with a short title that ends with its result', () => {
  expect(logOf([1, 'one'], [0, 'two'])).toEqual([
    '::group::❌ kinesis s0: failed',
    'line 1',
    'kinesis s0: failed: one',
    '::endgroup::',
    '::group::❌ kinesis s1: failed',
    'kinesis s1: failed: two',
    '::endgroup::'
  ]);
});

test('a stream with a cause that was told is a line, unless it has more lines to show', () => {
  const lines = logOf([1, 'no'], [1, 'no'], [0, 'no'], [3, 'no'], [2, 'no'], [1, 'another']);
  expect(lines.filter((line) => line.includes('❌'))).toEqual([
    '::group::❌ kinesis s0: failed',
    '❌ kinesis s1: failed',
    '❌ kinesis s2: failed',
    '::group::❌ kinesis s3: failed',
    '❌ kinesis s4: failed',
    '::group::❌ kinesis s5: failed'
  ]);
});

test('each stream that ended well is a group', () => {
  const log = fleetLog(2);
  const text = captureStdout(() => {
    for (const name of ['a', 'b']) log().end(result({ name, message: 'done' }));
  });
  expect(text.match(/^::group::.*$/gm)).toEqual(['::group::🔑 kinesis a: rekeyed', '::group::🔑 kinesis b: rekeyed']);
});

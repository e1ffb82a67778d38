import { describe, expect, test } from '@jest/globals';
import type { Result } from '../../src/encryption/model.ts';
import { fleetLog } from '../../src/github/fleet-log.ts';
import { error, info, sanitize, warning } from '../../src/github/log.ts';
import { result } from '../support/results.ts';
import { captureStdout } from './capture-stdout.ts';

test.each([
  ['joins lines', 'a\n::set-output name=x::y\r\nb', 'a ::set-output name=x::y b'],
  ['escapes a command after blanks', ' \t::error::x', '  : :error::x'],
  ['escapes a command of the old form anywhere', 'x ##[add-mask]y', 'x # #[add-mask]y'],
  ['removes terminal control sequences', 'a\u001b[31mred\u009b2J', 'a [31mred 2J'],
  ['removes characters that change the direction or break lines', 'a\u202Eb\u2028c\u200Bd', 'a b c d'],
  ['removes invisible characters', 'a\u3164b\uFE0Fc\u034Fd\u{E0041}e', 'a b c d e'],
  ['replaces lone surrogates', 'a\uD800b\uDC00', 'a\uFFFDb\uFFFD'],
  ['truncates to whole characters', `${'x'.repeat(3_999)}😀`, `${'x'.repeat(3_999)}\uFFFD…`]
])('sanitize %s', (_name, text, line) => {
  expect(sanitize(text)).toBe(line);
});

test('lines and annotations are sanitized; an annotation is one command with its title and lines', () => {
  const log = captureStdout(() => {
    info('::stop-commands::x');
    error('kinesis a,b:c', 'one\n::x::', 'two %0A');
    warning('t\n::x', 'm');
  });
  expect(log.split('\n')).toEqual([
    ': :stop-commands::x',
    '::error title=kinesis a%2Cb%3Ac::one ::x::%0Atwo %250A',
    '::warning title=t %3A%3Ax::m',
    ''
  ]);
});

describe('the log of a fleet', () => {
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

  const DONE = { message: 'done' };
  const NO = { outcome: 'failed', message: 'no' } as const;

  test('of a single stream has its lines as they come, and its result unless an annotation has it', () => {
    expect(logOf([2, NO])).toEqual(['line 1', 'line 2']);
    expect(logOf([1, DONE])).toEqual(['line 1', 'kinesis s0: rekeyed: done']);
  });

  test('has a group for each stream, or a line if an earlier one had the same cause and as many lines to show', () => {
    const lines = logOf([1, NO], [0, DONE], [0, DONE], [1, NO], [2, NO], [1, { ...NO, message: 'another' }]);
    expect(lines).toEqual([
      ...['::group::❌ kinesis s0: failed', 'line 1', 'kinesis s0: failed: no', '::endgroup::'],
      ...['::group::🔑 kinesis s1: rekeyed', 'kinesis s1: rekeyed: done', '::endgroup::'],
      ...['::group::🔑 kinesis s2: rekeyed', 'kinesis s2: rekeyed: done', '::endgroup::'],
      '❌ kinesis s3: failed',
      ...['::group::❌ kinesis s4: failed', 'line 1', 'line 2', 'kinesis s4: failed: no', '::endgroup::'],
      ...['::group::❌ kinesis s5: failed', 'line 1', 'kinesis s5: failed: another', '::endgroup::']
    ]);
  });
});

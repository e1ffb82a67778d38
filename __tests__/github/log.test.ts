import { expect, test } from '@jest/globals';
import { error, info, sanitize, warning } from '../../src/github/log.ts';
import { captureStdout } from './capture-stdout.ts';

test.each([
  ['keeps plain text', 'kinesis orders: ACTIVE, 100 % · key:/a_b', 'kinesis orders: ACTIVE, 100 % · key:/a_b'],
  ['joins lines', 'a\n::set-output name=x::y\r\nb', 'a ::set-output name=x::y b'],
  ['escapes a command', '::add-mask::secret', ': :add-mask::secret'],
  ['escapes a command after blanks', ' \t::error::x', '  : :error::x'],
  ['escapes a command of the old form anywhere', 'x ##[add-mask]y', 'x # #[add-mask]y'],
  ['removes terminal control sequences', 'a\u001b[31mred\u009b2J', 'a [31mred 2J'],
  ['removes characters that change the direction or break lines', 'a\u202Eb\u2028c\u200Bd', 'a b c d'],
  ['removes invisible characters', 'a\u3164b\uFE0Fc\u034Fd\u{E0041}e', 'a b c d e'],
  ['replaces lone surrogates', 'a\uD800b\uDC00', 'a\uFFFDb\uFFFD'],
  ['truncates long text', 'x'.repeat(4_001), `${'x'.repeat(4_000)}…`],
  ['truncates to whole characters', `${'x'.repeat(3_999)}😀`, `${'x'.repeat(3_999)}\uFFFD…`]
])('sanitize %s', (_name, text, line) => {
  expect(sanitize(text)).toBe(line);
});

test('a line is sanitized before it is written', () => {
  expect(captureStdout(() => info('::stop-commands::x'))).toBe(': :stop-commands::x\n');
});

test('an annotation is one command with its title and lines', () => {
  const annotations = captureStdout(() => {
    error('kinesis a,b:c', 'one\n::x::', 'two %0A');
    warning('t\n::x', 'm');
  });
  expect(annotations).toBe('::error title=kinesis a%2Cb%3Ac::one ::x::%0Atwo %250A\n::warning title=t %3A%3Ax::m\n');
});

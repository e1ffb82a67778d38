import { describe, expect, test } from '@jest/globals';
import { error, info, plain, warning } from '../../src/github/log.ts';
import { written } from './written.ts';

describe('a line in the log', () => {
  test.each([
    ['stays as it is', 'kinesis orders: ACTIVE, 100 % · key:/a_b', 'kinesis orders: ACTIVE, 100 % · key:/a_b'],
    ['stays one line', 'a\n::set-output name=x::y\r\nb', 'a ::set-output name=x::y b'],
    ['is no command', '::add-mask::secret', ': :add-mask::secret'],
    ['is no command behind blanks', ' \t::error::x', '  : :error::x'],
    ['is no command of the old form anywhere', 'x ##[add-mask]y', 'x # #[add-mask]y'],
    ['moves no cursor and paints nothing', 'a\u001b[31mred\u009b2J', 'a [31mred 2J'],
    ['turns no text around', 'a\u202Eb\u2028c\u200Bd', 'a b c d'],
    ['hides nothing', 'a\u3164b\uFE0Fc\u034Fd\u{E0041}e', 'a b c d e'],
    ['has no half characters', 'a\uD800b\uDC00', 'a\uFFFDb\uFFFD'],
    ['is cut where it is too long', 'x'.repeat(4_001), `${'x'.repeat(4_000)}…`],
    ['is cut to whole characters', `${'x'.repeat(3_999)}😀`, `${'x'.repeat(3_999)}\uFFFD…`]
  ])('%s', (_name, text, line) => {
    expect(plain(text)).toBe(line);
  });
});

describe('what the runner reads', () => {
  test('a line is cleaned before it is written', () => {
    expect(written(() => info('::stop-commands::x'))).toBe(': :stop-commands::x\n');
  });

  test('an annotation has its title, its lines, and no more commands than one', () => {
    expect(written(() => error('kinesis a,b:c', 'one\n::x::', 'two %0A'))).toBe(
      '::error title=kinesis a%2Cb%3Ac::one ::x::%0Atwo %250A\n'
    );
    expect(written(() => warning('t\n::x', 'm'))).toBe('::warning title=t %3A%3Ax::m\n');
  });
});

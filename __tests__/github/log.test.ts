import { describe, expect, test } from '@jest/globals';
import type { Result } from '../../src/encryption/model.ts';
import { type Annotation, annotate, annotateLate, selectAnnotations } from '../../src/github/annotations.ts';
import { fleetLog } from '../../src/github/fleet-log.ts';
import { error, info, sanitize, warning } from '../../src/github/log.ts';
import { groupCauses } from '../../src/reporting/causes.ts';
import { commandsOf, linesOf } from '../end-to-end/workflow-commands.ts';
import { manyResults, result } from '../support/results.ts';
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

describe('the annotations', () => {
  const RUN_ERROR: Annotation = { level: 'error', title: 'Stream encryption', lines: ['one', 'two'] };
  const RUN_WARNING: Annotation = { level: 'warning', title: 'Job summary', lines: ['not written'] };

  function select(results: Parameters<typeof groupCauses>[0], ...runAnnotations: readonly Annotation[]) {
    return selectAnnotations(runAnnotations, groupCauses(results));
  }

  function format(annotations: readonly Annotation[]): string[] {
    return annotations.map(({ level, title, lines }) => `${level}: ${title}: ${lines.join('|')}`);
  }

  /** Failed streams, each with a cause and a warning of its own. */
  function differentFailures(count: number) {
    return manyResults(count, (nth) => ({ outcome: 'failed', message: `why ${nth}`, warnings: [`hm ${nth}`] }));
  }

  test('errors come before warnings, those of the run before those of the streams; streams with one cause share one', () => {
    const named = { name: 'orders', outcome: 'timed-out', message: 'why orders' } as const;
    const many = manyResults(40, { outcome: 'failed', message: 'Grant it', warnings: ['it is disabled'] });
    const names = Array.from({ length: 10 }, (_, index) => `stream-${index}`).join(', ');
    const { shown } = select([result(named), ...many], RUN_WARNING, RUN_ERROR);
    expect(format(shown)).toEqual([
      'error: Stream encryption: one|two',
      `error: Stream encryption: 40 streams: failed: Grant it.|Streams: ${names} and 30 more`,
      'error: kinesis orders: timed-out: why orders',
      'warning: Job summary: not written',
      `warning: Stream encryption: 40 streams: it is disabled.|Streams: ${names} and 30 more`
    ]);
  });

  test('ten are shown; if there are more, the tenth counts the others', () => {
    const more = (counts: string) => `Stream encryption: More ${counts}. See the job summary and the log.`;
    const failures = Array.from({ length: 9 }, (_, nth) => `error: kinesis stream-${nth}: failed: why ${nth}`);
    const ten = select(differentFailures(5));
    expect([ten.shown.length, ten.overflow]).toEqual([10, []]);
    const { shown } = select(differentFailures(10_000));
    expect(format(shown)).toEqual([...failures, `error: ${more('errors: 9991, more warnings: 10000')}`]);
    const errors = select(manyResults(11, (nth) => ({ outcome: 'failed', message: `why ${nth}` })));
    expect(format(errors.shown)).toEqual([...failures, `error: ${more('errors: 2')}`]);
    const warnings = select(manyResults(11, (nth) => ({ outcome: 'compliant', warnings: [`hm ${nth}`] })));
    expect(format(warnings.shown)[9]).toBe(`warning: ${more('warnings: 2')}`);
  });

  test('a workflow command is written for each that is shown; the others are lines of the log', () => {
    const log = captureStdout(() => annotate(select(differentFailures(12), RUN_ERROR)));
    const commands = commandsOf(log);
    expect(commands).toHaveLength(10);
    expect(commands[0]).toEqual({ name: 'error', properties: { title: 'Stream encryption' }, message: 'one\ntwo' });
    const lines = linesOf(log).filter((line) => line !== '' && !line.startsWith('::'));
    expect(lines).toHaveLength(16);
    expect([lines[0], lines[15]]).toEqual([
      'error: kinesis stream-8: failed: why 8',
      'warning: kinesis stream-11: hm 11'
    ]);
  });

  test('a late warning is one more within the limit, and otherwise a line of the log', () => {
    const late = (count: number) => {
      const shown = Array.from({ length: count }, () => RUN_ERROR);
      return captureStdout(() => annotateLate({ shown, overflow: [] }, 'Tracking issue', 'not written'));
    };
    expect(late(9)).toBe('::warning title=Tracking issue::not written\n');
    expect(late(10)).toBe('warning: Tracking issue: not written\n');
  });
});

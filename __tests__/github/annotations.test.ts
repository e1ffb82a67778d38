import { describe, expect, test } from '@jest/globals';
import { OUTCOMES, type Result } from '../../src/encryption/model.ts';
import { type Annotation, annotate, annotateLate, selectAnnotations } from '../../src/github/annotations.ts';
import { commandsOf, linesOf } from '../end-to-end/workflow-commands.ts';
import { manyResults, result } from '../support/results.ts';
import { captureStdout } from './capture-stdout.ts';

const RUN_ERROR: Annotation = { level: 'error', title: 'Stream encryption', lines: ['one', 'two'] };
const RUN_WARNING: Annotation = { level: 'warning', title: 'Job summary', lines: ['not written'] };

function failed(name: string, overrides: Partial<Result> = {}): Result {
  return result({ name, outcome: 'failed', message: `why ${name}`, ...overrides });
}

function format(results: readonly Result[], runAnnotations: readonly Annotation[] = []): string[] {
  return selectAnnotations(runAnnotations, results).shown.map(
    ({ level, title, lines }) => `${level}: ${title}: ${lines.join('|')}`
  );
}

describe('annotations of streams', () => {
  test.each(['failed', 'timed-out', 'cancelled', 'non-compliant', 'not-applicable'] as const)(
    '%s is an error titled with the stream',
    (outcome) => {
      expect(selectAnnotations([], [failed('orders', { outcome })])).toEqual({
        shown: [{ level: 'error', title: 'kinesis orders', lines: [`${outcome}: why orders`] }],
        overflow: []
      });
    }
  );

  test('outcomes that pass add no annotation, but each of their warnings does', () => {
    const passing = OUTCOMES.slice(OUTCOMES.indexOf('skipped'));
    expect(format(passing.map((outcome) => result({ outcome })))).toEqual([]);
    expect(format([result({ outcome: 'unchanged', warnings: ['one', 'two'] })])).toEqual([
      'warning: kinesis orders: one',
      'warning: kinesis orders: two'
    ]);
  });

  test('not-applicable is a warning with the message if a pattern selected the stream', () => {
    const notNamed = failed('feed', {
      kind: 'firehose',
      outcome: 'not-applicable',
      named: false,
      message: 'its source is MSK'
    });
    expect(format([notNamed])).toEqual(['warning: firehose feed: not-applicable: its source is MSK']);
  });

  test('errors come before warnings, and the worst streams come first', () => {
    const results = [
      result({ name: 'a', outcome: 'unchanged', warnings: ['a warns'] }),
      failed('b', { outcome: 'non-compliant' }),
      failed('c', { outcome: 'timed-out', warnings: ['c warns'] }),
      failed('d'),
      failed('e', { outcome: 'timed-out' })
    ];
    expect(format(results, [RUN_WARNING, RUN_ERROR])).toEqual([
      'error: Stream encryption: one|two',
      'error: kinesis d: failed: why d',
      'error: kinesis c: timed-out: why c',
      'error: kinesis e: timed-out: why e',
      'error: kinesis b: non-compliant: why b',
      'warning: Job summary: not written',
      'warning: kinesis c: c warns',
      'warning: kinesis a: a warns'
    ]);
  });
});

describe('the limit of ten annotations', () => {
  test('shows ten', () => {
    const { shown, overflow } = selectAnnotations([RUN_ERROR], manyResults(9, { outcome: 'failed' }));
    expect(shown).toHaveLength(10);
    expect(shown.at(-1)?.title).toBe('kinesis stream-8');
    expect(overflow).toEqual([]);
  });

  test('shows nine of eleven, and a tenth that counts the overflow', () => {
    const all = manyResults(11, { outcome: 'failed', message: 'why' });
    const { shown, overflow } = selectAnnotations([], all);
    expect(shown).toHaveLength(10);
    expect(shown[8]?.title).toBe('kinesis stream-8');
    expect(shown[9]).toEqual({
      level: 'error',
      title: 'Stream encryption',
      lines: ['More errors: 2. See the job summary and the log.']
    });
    expect(overflow.map(({ title }) => title)).toEqual(['kinesis stream-9', 'kinesis stream-10']);
  });

  test.each([1_000, 10_000])(
    'counts %i errors and as many warnings in the tenth, and shows the error of the run first',
    (count) => {
      const all = manyResults(count, { outcome: 'timed-out', warnings: ['hm'] });
      const lines = format([...all, failed('worst')], [RUN_ERROR]);
      expect(lines).toHaveLength(10);
      expect(lines.slice(0, 3)).toEqual([
        'error: Stream encryption: one|two',
        'error: kinesis worst: failed: why worst',
        expect.stringContaining('error: kinesis stream-0: timed-out')
      ]);
      expect(lines[9]).toBe(
        `error: Stream encryption: More errors: ${count + 2 - 9}, more warnings: ${count}. See the job summary and the log.`
      );
      expect(selectAnnotations([RUN_ERROR], [...all, failed('worst')]).overflow).toHaveLength(2 * count + 2 - 9);
    }
  );

  test('the tenth is a warning if the overflow has no error', () => {
    const lines = format([failed('a'), ...manyResults(10, { outcome: 'compliant', warnings: ['hm'] })]);
    expect(lines[0]).toBe('error: kinesis a: failed: why a');
    expect(lines[9]).toBe('warning: Stream encryption: More warnings: 2. See the job summary and the log.');
  });
});

describe('the workflow commands', () => {
  test('each shown annotation is a command, and the overflow is written to the log', () => {
    const results = manyResults(12, { outcome: 'failed', message: 'why', warnings: ['hm'] });
    const log = captureStdout(() => annotate(selectAnnotations([RUN_ERROR], results)));
    const commands = commandsOf(log);
    expect(commands).toHaveLength(10);
    expect(commands[0]).toEqual({ name: 'error', properties: { title: 'Stream encryption' }, message: 'one\ntwo' });
    expect(commands[9]?.name).toBe('error');
    const lines = linesOf(log).filter((line) => line !== '' && !line.startsWith('::'));
    expect(lines).toHaveLength(16);
    expect(lines[0]).toBe('error: kinesis stream-8: failed: why');
    expect(lines.at(-1)).toBe('warning: kinesis stream-11: hm');
  });

  test('text from outside creates no command of its own', () => {
    const hostile = 'x\n::set-output name=a::b\r##[error]c';
    const results = manyResults(12, { name: hostile, outcome: 'failed', message: hostile, warnings: [hostile] });
    for (const count of [1, 12]) {
      const commands = commandsOf(captureStdout(() => annotate(selectAnnotations([], results.slice(0, count)))));
      expect(commands).toHaveLength(count === 1 ? 2 : 10);
      for (const { name } of commands) expect(['error', 'warning']).toContain(name);
    }
  });

  test('a late warning is an annotation within the limit, and otherwise a line of the log', () => {
    const late = (count: number) =>
      captureStdout(() =>
        annotateLate(selectAnnotations([], manyResults(count, { outcome: 'failed' })), 'Tracking issue', 'not written')
      );
    expect(late(9)).toBe('::warning title=Tracking issue::not written\n');
    expect(late(10)).toBe('warning: Tracking issue: not written\n');
  });
});

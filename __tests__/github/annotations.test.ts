import { describe, expect, test } from '@jest/globals';
import { OUTCOMES, type Result } from '../../src/encryption/model.ts';
import {
  type Annotation,
  annotate,
  annotateLate,
  type SelectedAnnotations,
  selectAnnotations
} from '../../src/github/annotations.ts';
import { groupCauses } from '../../src/reporting/causes.ts';
import { commandsOf, linesOf } from '../end-to-end/workflow-commands.ts';
import { manyResults, result } from '../support/results.ts';
import { captureStdout } from './capture-stdout.ts';

const RUN_ERROR: Annotation = { level: 'error', title: 'Stream encryption', lines: ['one', 'two'] };
const RUN_WARNING: Annotation = { level: 'warning', title: 'Job summary', lines: ['not written'] };

function failed(name: string, overrides: Partial<Result> = {}): Result {
  return result({ name, outcome: 'failed', message: `why ${name}`, ...overrides });
}

/** The annotations of these results. */
function annotationsOf(results: readonly Result[], runAnnotations: readonly Annotation[] = []): SelectedAnnotations {
  return selectAnnotations(runAnnotations, groupCauses(results));
}

function format(results: readonly Result[], runAnnotations: readonly Annotation[] = []): string[] {
  return annotationsOf(results, runAnnotations).shown.map(
    ({ level, title, lines }) => `${level}: ${title}: ${lines.join('|')}`
  );
}

/** Failed streams, each with a cause and a warning of its own. */
function differentFailures(count: number, warning?: string): Result[] {
  return manyResults(count, (index) => ({
    outcome: 'timed-out',
    message: `why ${index}`,
    warnings: warning === undefined ? [] : [`${warning} ${index}`]
  }));
}

describe('annotations of streams', () => {
  test.each(['failed', 'timed-out', 'cancelled', 'non-compliant', 'not-applicable'] as const)(
    '%s is an error titled with the stream',
    (outcome) => {
      expect(annotationsOf([failed('orders', { outcome })])).toEqual({
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
      result({ name: 'a', outcome: 'unchanged', warnings: ['careful'] }),
      failed('b', { outcome: 'non-compliant' }),
      failed('c', { outcome: 'timed-out', warnings: ['urgent'] }),
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
      'warning: kinesis c: urgent',
      'warning: kinesis a: careful'
    ]);
  });

  test('streams with the same cause share one, which names the first ten', () => {
    const warnings = ['the key is disabled'];
    const results = [...manyResults(40, { outcome: 'failed', message: 'Grant it', warnings }), failed('other')];
    const names = Array.from({ length: 10 }, (_, index) => `stream-${index}`).join(', ');
    expect(format(results)).toEqual([
      `error: Stream encryption: 40 streams: failed: Grant it.|Streams: ${names} and 30 more`,
      'error: kinesis other: failed: why other',
      `warning: Stream encryption: 40 streams: the key is disabled.|Streams: ${names} and 30 more`
    ]);
  });
});

describe('the limit of ten annotations', () => {
  test('shows ten', () => {
    const { shown, overflow } = annotationsOf(differentFailures(9), [RUN_ERROR]);
    expect(shown).toHaveLength(10);
    expect(shown.at(-1)?.title).toBe('kinesis stream-8');
    expect(overflow).toEqual([]);
  });

  test('shows nine of eleven, and a tenth that counts the overflow', () => {
    const { shown, overflow } = annotationsOf(differentFailures(11));
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
      const all = [...differentFailures(count, 'hm'), failed('worst')];
      const lines = format(all, [RUN_ERROR]);
      expect(lines).toHaveLength(10);
      expect(lines.slice(0, 3)).toEqual([
        'error: Stream encryption: one|two',
        'error: kinesis worst: failed: why worst',
        'error: kinesis stream-0: timed-out: why 0'
      ]);
      expect(lines[9]).toBe(
        `error: Stream encryption: More errors: ${count + 2 - 9}, more warnings: ${count}. See the job summary and the log.`
      );
      expect(annotationsOf(all, [RUN_ERROR]).overflow).toHaveLength(2 * count + 2 - 9);
    }
  );

  test('1,000 streams with three causes make three', () => {
    const lines = format(manyResults(1_000, (index) => ({ outcome: 'failed', message: `why ${index % 3}` })));
    expect(lines.map((line) => line.split('|')[0])).toEqual([
      'error: Stream encryption: 334 streams: failed: why 0.',
      'error: Stream encryption: 333 streams: failed: why 1.',
      'error: Stream encryption: 333 streams: failed: why 2.'
    ]);
  });

  test('the tenth is a warning if the overflow has no error', () => {
    const compliant = manyResults(10, (index) => ({ outcome: 'compliant', warnings: [`hm ${index}`] }));
    const lines = format([failed('a'), ...compliant]);
    expect(lines[0]).toBe('error: kinesis a: failed: why a');
    expect(lines[9]).toBe('warning: Stream encryption: More warnings: 2. See the job summary and the log.');
  });
});

describe('the workflow commands', () => {
  test('each shown annotation is a command, and the overflow is written to the log', () => {
    const log = captureStdout(() => annotate(annotationsOf(differentFailures(12, 'hm'), [RUN_ERROR])));
    const commands = commandsOf(log);
    expect(commands).toHaveLength(10);
    expect(commands[0]).toEqual({ name: 'error', properties: { title: 'Stream encryption' }, message: 'one\ntwo' });
    expect(commands[9]?.name).toBe('error');
    const lines = linesOf(log).filter((line) => line !== '' && !line.startsWith('::'));
    expect(lines).toHaveLength(16);
    expect(lines[0]).toBe('error: kinesis stream-8: timed-out: why 8');
    expect(lines.at(-1)).toBe('warning: kinesis stream-11: hm 11');
  });

  test('text from outside creates no command of its own', () => {
    const hostile = 'x\n::set-output name=a::b\r##[error]c';
    const texts = (index: number) => ({ message: `${index}${hostile}`, warnings: [`${hostile}${index}`] });
    const different = manyResults(12, (index) => ({ name: hostile, outcome: 'failed', ...texts(index) }));
    const same = manyResults(12, { name: hostile, outcome: 'failed', ...texts(0) });
    for (const results of [same, different.slice(0, 1), different]) {
      const commands = commandsOf(captureStdout(() => annotate(annotationsOf(results))));
      expect(commands).toHaveLength(results === different ? 10 : 2);
      for (const { name } of commands) expect(['error', 'warning']).toContain(name);
    }
  });

  test('a late warning is an annotation within the limit, and otherwise a line of the log', () => {
    const late = (count: number) =>
      captureStdout(() => annotateLate(annotationsOf(differentFailures(count)), 'Tracking issue', 'not written'));
    expect(late(9)).toBe('::warning title=Tracking issue::not written\n');
    expect(late(10)).toBe('warning: Tracking issue: not written\n');
  });
});

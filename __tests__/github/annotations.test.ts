import { describe, expect, test } from '@jest/globals';
import { OUTCOMES, type Result } from '../../src/encryption/model.ts';
import { type Annotation, annotate, chooseAnnotations } from '../../src/github/annotations.ts';
import { commandsOf, linesOf } from '../end-to-end/workflow-commands.ts';
import { many, result } from '../support/results.ts';
import { written } from './written.ts';

const FAULT: Annotation = { level: 'error', title: 'Stream encryption', lines: ['one', 'two'] };
const DOUBT: Annotation = { level: 'warning', title: 'Job summary', lines: ['not written'] };

function failed(name: string, otherwise: Partial<Result> = {}): Result {
  return result({ name, outcome: 'failed', message: `why ${name}`, ...otherwise });
}

function visibleText(results: readonly Result[], ofTheRun: readonly Annotation[] = []): string[] {
  return chooseAnnotations(ofTheRun, results).shown.map(
    ({ level, title, lines }) => `${level}: ${title}: ${lines.join('|')}`
  );
}

describe('what is annotated', () => {
  test.each(['failed', 'timed-out', 'cancelled', 'non-compliant', 'not-applicable'] as const)(
    'a stream that did not end well is an error with its title: %s',
    (outcome) => {
      expect(chooseAnnotations([], [failed('orders', { outcome })])).toEqual({
        shown: [{ level: 'error', title: 'kinesis orders', lines: [`${outcome}: why orders`] }],
        rest: []
      });
    }
  );

  test('a stream that ended well is none, but each of its warnings is', () => {
    const well = OUTCOMES.slice(OUTCOMES.indexOf('skipped'));
    expect(visibleText(well.map((outcome) => result({ outcome })))).toEqual([]);
    expect(visibleText([result({ outcome: 'unchanged', warnings: ['one', 'two'] })])).toEqual([
      'warning: kinesis orders: one',
      'warning: kinesis orders: two'
    ]);
  });

  test('that a stream takes no encryption is a warning where a pattern chose it, with the message', () => {
    const one = failed('feed', {
      kind: 'firehose',
      outcome: 'not-applicable',
      named: false,
      message: 'its source is MSK'
    });
    expect(visibleText([one])).toEqual(['warning: firehose feed: not-applicable: its source is MSK']);
  });

  test('errors come before warnings, and the worst streams first', () => {
    const results = [
      result({ name: 'a', outcome: 'unchanged', warnings: ['a warns'] }),
      failed('b', { outcome: 'non-compliant' }),
      failed('c', { outcome: 'timed-out', warnings: ['c warns'] }),
      failed('d'),
      failed('e', { outcome: 'timed-out' })
    ];
    expect(visibleText(results, [DOUBT, FAULT])).toEqual([
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

describe('at most ten are shown', () => {
  test('ten are', () => {
    const { shown, rest } = chooseAnnotations([FAULT], many(9, { outcome: 'failed' }));
    expect(shown).toHaveLength(10);
    expect(shown.at(-1)?.title).toBe('kinesis stream-8');
    expect(rest).toEqual([]);
  });

  test('of eleven nine are, and the tenth counts the rest', () => {
    const all = many(11, { outcome: 'failed', message: 'why' });
    const { shown, rest } = chooseAnnotations([], all);
    expect(shown).toHaveLength(10);
    expect(shown[8]?.title).toBe('kinesis stream-8');
    expect(shown[9]).toEqual({
      level: 'error',
      title: 'Stream encryption',
      lines: ['More errors: 2. The job summary and the log tell them.']
    });
    expect(rest.map(({ title }) => title)).toEqual(['kinesis stream-9', 'kinesis stream-10']);
  });

  test.each([1_000, 10_000])(
    'of %i errors and as many warnings the tenth counts both, and the run comes first',
    (count) => {
      const all = many(count, { outcome: 'timed-out', warnings: ['hm'] });
      const lines = visibleText([...all, failed('worst')], [FAULT]);
      expect(lines).toHaveLength(10);
      expect(lines.slice(0, 3)).toEqual([
        'error: Stream encryption: one|two',
        'error: kinesis worst: failed: why worst',
        expect.stringContaining('error: kinesis stream-0: timed-out')
      ]);
      expect(lines[9]).toBe(
        `error: Stream encryption: More errors: ${count + 2 - 9}, more warnings: ${count}. The job summary and the log tell them.`
      );
      expect(chooseAnnotations([FAULT], [...all, failed('worst')]).rest).toHaveLength(2 * count + 2 - 9);
    }
  );

  test('the tenth is a warning where the rest are', () => {
    const lines = visibleText([failed('a'), ...many(10, { outcome: 'compliant', warnings: ['hm'] })]);
    expect(lines[0]).toBe('error: kinesis a: failed: why a');
    expect(lines[9]).toBe('warning: Stream encryption: More warnings: 2. The job summary and the log tell them.');
  });
});

describe('what the runner reads', () => {
  test('each annotation is a command, and what is not shown is a line', () => {
    const results = many(12, { outcome: 'failed', message: 'why', warnings: ['hm'] });
    const log = written(() => annotate(chooseAnnotations([FAULT], results)));
    const commands = commandsOf(log);
    expect(commands).toHaveLength(10);
    expect(commands[0]).toEqual({ name: 'error', properties: { title: 'Stream encryption' }, message: 'one\ntwo' });
    expect(commands[9]?.name).toBe('error');
    const lines = linesOf(log).filter((line) => line !== '' && !line.startsWith('::'));
    expect(lines).toHaveLength(16);
    expect(lines[0]).toBe('error: kinesis stream-8: failed: why');
    expect(lines.at(-1)).toBe('warning: kinesis stream-11: hm');
  });

  test('a warning is one, and nothing from outside makes a command of its own', () => {
    const hostile = 'x\n::set-output name=a::b\r##[error]c';
    const results = many(12, { name: hostile, outcome: 'failed', message: hostile, warnings: [hostile] });
    for (const count of [1, 12]) {
      const commands = commandsOf(written(() => annotate(chooseAnnotations([], results.slice(0, count)))));
      expect(commands).toHaveLength(count === 1 ? 2 : 10);
      for (const { name } of commands) expect(['error', 'warning']).toContain(name);
    }
  });
});

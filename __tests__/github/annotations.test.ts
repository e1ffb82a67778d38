import { describe, expect, test } from '@jest/globals';
import { OUTCOMES, type Result } from '../../src/encryption/model.ts';
import { type Annotation, annotate, annotateLate, selectAnnotations } from '../../src/github/annotations.ts';
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
function annotationsOf(results: readonly Result[], runAnnotations: readonly Annotation[] = []) {
  return selectAnnotations(runAnnotations, groupCauses(results));
}

/** The shown annotations as lines. */
function format(results: readonly Result[], runAnnotations: readonly Annotation[] = []): string[] {
  const { shown } = annotationsOf(results, runAnnotations);
  return shown.map(({ level, title, lines }) => `${level}: ${title}: ${lines.join('|')}`);
}

/** Failed streams, each with a cause and a warning of its own. */
function differentFailures(count: number): Result[] {
  const texts = (index: number) => ({ message: `why ${index}`, warnings: [`hm ${index}`] });
  return manyResults(count, (index) => ({ outcome: 'timed-out', ...texts(index) }));
}

describe('annotations of streams', () => {
  test('a stream that ended badly is an error titled with the stream', () => {
    const outcomes = OUTCOMES.slice(0, OUTCOMES.indexOf('skipped'));
    expect(outcomes).toEqual(['failed', 'timed-out', 'cancelled', 'non-compliant', 'not-applicable']);
    for (const outcome of outcomes) {
      const shown = [{ level: 'error', title: 'kinesis orders', lines: [`${outcome}: why orders`] }];
      expect(annotationsOf([failed('orders', { outcome })])).toEqual({ shown, overflow: [] });
    }
  });

  test('outcomes that pass add no annotation, but each of their warnings does', () => {
    const passing = OUTCOMES.slice(OUTCOMES.indexOf('skipped'));
    expect(format(passing.map((outcome) => result({ outcome })))).toEqual([]);
    expect(format([result({ outcome: 'unchanged', warnings: ['one', 'two'] })])).toEqual([
      'warning: kinesis orders: one',
      'warning: kinesis orders: two'
    ]);
  });

  test('not-applicable is a warning with the message if a pattern selected the stream', () => {
    const notNamed = failed('feed', { kind: 'firehose', outcome: 'not-applicable', named: false });
    expect(format([notNamed])).toEqual(['warning: firehose feed: not-applicable: why feed']);
  });

  test('errors come before warnings, those of the run come first, and then the worst streams', () => {
    const results = [
      result({ name: 'a', outcome: 'unchanged', warnings: ['careful'] }),
      failed('b', { outcome: 'non-compliant' }),
      failed('c', { outcome: 'timed-out', warnings: ['urgent'] }),
      failed('d')
    ];
    expect(format(results, [RUN_WARNING, RUN_ERROR])).toEqual([
      'error: Stream encryption: one|two',
      'error: kinesis d: failed: why d',
      'error: kinesis c: timed-out: why c',
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
  test('shows ten, and nine of eleven with a tenth that counts the overflow', () => {
    const failures = (count: number) => manyResults(count, (index) => ({ outcome: 'failed', message: `why ${index}` }));
    const streams = Array.from({ length: 11 }, (_, index) => `error: kinesis stream-${index}: failed: why ${index}`);
    expect(format(failures(9), [RUN_ERROR])).toEqual(['error: Stream encryption: one|two', ...streams.slice(0, 9)]);
    const more = 'error: Stream encryption: More errors: 2. See the job summary and the log.';
    expect(format(failures(11))).toEqual([...streams.slice(0, 9), more]);
    const { overflow } = annotationsOf(failures(11));
    expect(overflow.map(({ title }) => title)).toEqual(['kinesis stream-9', 'kinesis stream-10']);
  });

  test('counts 10,000 errors and as many warnings in the tenth', () => {
    const all = [...differentFailures(10_000), failed('worst')];
    const lines = format(all, [RUN_ERROR]);
    expect(lines).toHaveLength(10);
    expect(lines[1]).toBe('error: kinesis worst: failed: why worst');
    expect(lines[9]).toBe(
      'error: Stream encryption: More errors: 9993, more warnings: 10000. See the job summary and the log.'
    );
    expect(annotationsOf(all, [RUN_ERROR]).overflow).toHaveLength(19_993);
  });

  test('shows a warning as the tenth if the overflow has no error', () => {
    const compliant = manyResults(10, (index) => ({ outcome: 'compliant', warnings: [`hm ${index}`] }));
    const lines = format([failed('a'), ...compliant]);
    expect(lines[9]).toBe('warning: Stream encryption: More warnings: 2. See the job summary and the log.');
  });
});

describe('the workflow commands', () => {
  test('are one for each shown annotation; the overflow is written to the log', () => {
    const log = captureStdout(() => annotate(annotationsOf(differentFailures(12), [RUN_ERROR])));
    const commands = commandsOf(log);
    expect(commands).toHaveLength(10);
    expect(commands[0]).toEqual({ name: 'error', properties: { title: 'Stream encryption' }, message: 'one\ntwo' });
    expect(commands[9]?.name).toBe('error');
    const lines = linesOf(log).filter((line) => line !== '' && !line.startsWith('::'));
    expect(lines).toHaveLength(16);
    expect(lines[0]).toBe('error: kinesis stream-8: timed-out: why 8');
    expect(lines.at(-1)).toBe('warning: kinesis stream-11: hm 11');
  });

  test('are not created by text from outside', () => {
    const hostile = 'x\n::set-output name=a::b\r##[error]c';
    const texts = (index: number) => ({ message: `${index}${hostile}`, warnings: [`${hostile}${index}`] });
    const different = manyResults(12, (index) => ({ name: hostile, outcome: 'failed', ...texts(index) }));
    const same = manyResults(12, { name: hostile, outcome: 'failed', ...texts(0) });
    for (const [results, count] of [
      [same, 2] as const,
      [different.slice(0, 1), 2] as const,
      [different, 10] as const
    ]) {
      const commands = commandsOf(captureStdout(() => annotate(annotationsOf(results))));
      expect(commands).toHaveLength(count);
      for (const { name } of commands) expect(['error', 'warning']).toContain(name);
    }
  });

  test('are one more for a late warning within the limit, which otherwise is a line of the log', () => {
    const late = (count: number) => {
      const shown = Array.from({ length: count }, () => RUN_ERROR);
      return captureStdout(() => annotateLate({ shown, overflow: [] }, 'Tracking issue', 'not written'));
    };
    expect(late(9)).toBe('::warning title=Tracking issue::not written\n');
    expect(late(10)).toBe('warning: Tracking issue: not written\n');
  });
});

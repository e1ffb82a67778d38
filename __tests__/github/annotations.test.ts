import { expect, test } from '@jest/globals';
import { type Annotation, annotate, annotateLate, selectAnnotations } from '../../src/github/annotations.ts';
import { groupCauses } from '../../src/reporting/causes.ts';
import { commandsOf, linesOf } from '../end-to-end/workflow-commands.ts';
import { manyResults, result } from '../support/results.ts';
import { captureStdout } from './capture-stdout.ts';

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
  const { shown, overflow } = select([result(named), ...many], RUN_WARNING, RUN_ERROR);
  expect(format(shown)).toEqual([
    'error: Stream encryption: one|two',
    `error: Stream encryption: 40 streams: failed: Grant it.|Streams: ${names} and 30 more`,
    'error: kinesis orders: timed-out: why orders',
    'warning: Job summary: not written',
    `warning: Stream encryption: 40 streams: it is disabled.|Streams: ${names} and 30 more`
  ]);
  expect(overflow).toEqual([]);
});

test('ten are shown; if there are more, the tenth counts the others', () => {
  const more = (counts: string) => `Stream encryption: More ${counts}. See the job summary and the log.`;
  const failures = Array.from({ length: 9 }, (_, nth) => `error: kinesis stream-${nth}: failed: why ${nth}`);
  const ten = select(differentFailures(5));
  expect([ten.shown.length, ten.overflow]).toEqual([10, []]);
  const { shown, overflow } = select(differentFailures(10_000));
  expect(format(shown)).toEqual([...failures, `error: ${more('errors: 9991, more warnings: 10000')}`]);
  expect(overflow).toHaveLength(19_991);
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

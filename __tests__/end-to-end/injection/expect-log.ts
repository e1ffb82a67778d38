/** Checks the log of a step: it contains the action's own workflow commands and no other. */

import { expect } from '@jest/globals';
import type { StepResult } from '../../../testing/runner.ts';
import type { StreamReport } from '../report-schema.ts';
import { commandsOf, linesOf, type WorkflowCommand } from '../workflow-commands.ts';
import { failsStep, type ReportedRun, worstFirst } from './reported-run.ts';
import { oneLine } from './text.ts';
import type { InjectionVector } from './vector.ts';

const REQUEST_LOG = /^(kinesis|firehose|kms|tag) [A-Z]\w+ \d+ ms (\d{3}|no answer)( [0-9a-f-]{36})?$/;
/** GitHub shows ten annotations per step. */
const MAX_ANNOTATIONS = 10;

/** Expects only the intended annotations, groups and debug lines, and no invisible or control character. */
export function expectLog({ stdout, stderr }: StepResult, run: ReportedRun, issue: InjectionVector['issue']): void {
  for (const line of linesOf(stdout + stderr)) {
    expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u);
  }

  const commands = commandsOf(stdout + stderr);
  for (const { message } of commands.filter(({ name }) => name === 'debug')) expect(message).toMatch(REQUEST_LOG);
  expectGroups(linesOf(stdout), run.streams);

  const [shown, overflow] = expectedAnnotations(run);
  const annotations = commands.filter(({ name }) => !['debug', 'group', 'endgroup'].includes(name));
  expect(annotations.filter(({ properties }) => properties.title !== 'Tracking issue')).toEqual(shown);
  expect(annotations.slice(shown.length)).toHaveLength(issue === 'rejected' ? 1 : 0);
  for (const line of overflow) expect(linesOf(stdout)).toContain(oneLine(line));
}

/** The errors and warnings to expect: those shown as annotations, and the log lines of those beyond GitHub's limit. */
function expectedAnnotations({ faults, streams }: ReportedRun): [shown: WorkflowCommand[], overflow: string[]] {
  const ofRun = faults.length > 0 ? [annotation('error', 'Stream encryption', faults)] : [];
  const all = [...ofRun, ...worstFirst(streams).flatMap(annotationsOfStream)];
  const ordered = [...all.filter(({ name }) => name === 'error'), ...all.filter(({ name }) => name !== 'error')];
  if (ordered.length <= MAX_ANNOTATIONS) return [ordered, []];
  const overflow = ordered.slice(MAX_ANNOTATIONS - 1);
  const count = `More errors: ${overflow.length}. See the job summary and the log.`;
  const lines = overflow.map(({ name, properties, message }) => `${name}: ${properties.title}: ${message}`);
  return [[...ordered.slice(0, MAX_ANNOTATIONS - 1), annotation('error', 'Stream encryption', [count])], lines];
}

function annotationsOfStream(stream: StreamReport): WorkflowCommand[] {
  const { kind, name, outcome, message, warnings } = stream;
  const title = `${kind} ${name}`;
  const result = [`${outcome}: ${message}`];
  return [
    ...(failsStep(stream) ? [annotation('error', title, result)] : []),
    ...(!failsStep(stream) && outcome === 'not-applicable' ? [annotation('warning', title, result)] : []),
    ...warnings.map((warning) => annotation('warning', title, [warning]))
  ];
}

function annotation(level: 'error' | 'warning', title: string, lines: readonly string[]): WorkflowCommand {
  return { name: level, properties: { title: oneLine(title) }, message: lines.map(oneLine).join('\n') };
}

/** Expects each of several streams to have its lines in a group of its own, and that no text opens, closes or leaves one. */
function expectGroups(lines: readonly string[], streams: readonly StreamReport[]): void {
  const open: StreamReport[] = [];
  const grouped = new Set<StreamReport>();
  for (const line of lines) {
    const [stream] = open;
    const [command] = commandsOf(line);
    if (command?.name === 'group') {
      expect(stream).toBeUndefined();
      const candidates = streams.filter((one) => !grouped.has(one) && groupTitle(one) === command.message);
      expect(candidates).not.toEqual([]);
      open.push(...candidates.slice(0, 1));
    } else if (command?.name === 'endgroup') {
      expect(command.message).toBe('');
      expect(stream).toBeDefined();
      for (const closed of open.splice(0)) grouped.add(closed);
    } else if (stream !== undefined) {
      expect(command).toBeUndefined();
      expect(line).toMatch(stream.kind);
      expect(line.startsWith(oneLine(`${stream.kind} ${stream.name}`))).toBe(true);
    }
  }
  expect(open).toEqual([]);
  if (streams.length < 2) expect(grouped.size).toBe(0);
}

function groupTitle({ kind, name, outcome, message }: StreamReport): string {
  return oneLine(`${kind} ${name}: ${outcome}: ${message}`);
}

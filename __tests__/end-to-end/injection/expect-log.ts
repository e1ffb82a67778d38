/** Checks the log of a step: it contains the action's own workflow commands and no other. */

import { expect } from '@jest/globals';
import type { StreamReport } from '../../../src/reporting/report.ts';
import type { StepResult } from '../../../testing/runner.ts';
import { commandsOf, linesOf, type WorkflowCommand } from '../workflow-commands.ts';
import type { ReportedRun } from './reported-run.ts';
import type { InjectionVector } from './sandbox.ts';
import { expectStatements, statementsAbout } from './statements.ts';
import { oneLine } from './text.ts';

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

  const annotations = commands.filter(({ name }) => !['debug', 'group', 'endgroup'].includes(name));
  const ofRun = annotations.filter(({ properties }) => properties.title !== 'Tracking issue');
  expect(annotations.slice(ofRun.length)).toHaveLength(issue === 'rejected' ? 1 : 0);
  expectAnnotations(ofRun, run);
}

/** Expects at most ten annotations, errors first: one for the errors of the run, and those about its streams. */
function expectAnnotations(annotations: readonly WorkflowCommand[], { errors, streams }: ReportedRun): void {
  expect(annotations.length).toBeLessThanOrEqual(MAX_ANNOTATIONS);
  const levels = annotations.map(({ name }) => name);
  expect(levels).toEqual(levels.toSorted());
  const ofStreams = errors.length > 0 ? annotations.slice(1) : annotations;
  if (errors.length > 0) {
    const message = errors.map(oneLine).join('\n');
    expect(annotations[0]).toEqual({ name: 'error', properties: { title: 'Stream encryption' }, message });
  }
  for (const level of ['error', 'warning'] as const) {
    const texts = ofStreams
      .filter(({ name }) => name === level)
      .map(({ properties: { title }, message }) => (title === 'Stream encryption' ? message : `${title}\n${message}`));
    const statements = statementsAbout(streams).filter((statement) => statement.level === level);
    expectStatements(texts, statements, ({ stream: { kind, name }, reason }) =>
      [`${kind} ${name}`, reason].map(oneLine).join('\n')
    );
  }
}

/** Expects the lines of each of several streams to be in a group of its own, and that no text opens, closes or leaves one. */
function expectGroups(lines: readonly string[], streams: readonly StreamReport[]): void {
  const ungrouped = streams.length < 2 ? [] : [...streams];
  let open: StreamReport | undefined;
  for (const line of lines) {
    const [command] = commandsOf(line);
    if (command?.name === 'group') {
      expect(open).toBeUndefined();
      expect(command.message.length).toBeLessThanOrEqual(80);
      const index = ungrouped.findIndex((stream) => groupTitle(stream) === command.message.replace(/^\S+ /, ''));
      expect(index).not.toBe(-1);
      [open] = ungrouped.splice(index, 1);
    } else if (command?.name === 'endgroup') {
      expect([command.message, open]).toEqual(['', expect.anything()]);
      open = undefined;
    } else if (open !== undefined) {
      expect(command).toBeUndefined();
      expect(line.startsWith(oneLine(`${open.kind} ${open.name}`))).toBe(true);
    }
  }
  expect(open).toBeUndefined();
}

/** The title without its icon. It has at most 50 characters of a name, from its beginning and its end. */
function groupTitle({ kind, name, outcome }: StreamReport): string {
  const short = name.length > 50 ? `${name.slice(0, 24)}…${name.slice(-25)}` : name;
  return oneLine(`x ${kind} ${short}: ${outcome}`).slice(2);
}

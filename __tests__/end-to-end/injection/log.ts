/** What the log may hold: the action's own commands, and nothing that anybody else could make one of. */

import { expect } from '@jest/globals';
import { endedWell } from '../../../src/encryption/model.ts';
import { plain } from '../../../src/github/log.ts';
import type { StreamReport } from '../../../src/reporting/report.ts';
import { worstFirst } from '../../../src/reporting/tally.ts';
import type { StepResult } from '../../../testing/runner.ts';
import { type Command, commandsOf, linesOf } from '../commands.ts';
import type { Channel, Told } from './channel.ts';

const REQUEST = /^(kinesis|firehose|kms|tagging) [A-Z]\w+ \d+ ms (\d{3}|no answer)( [0-9a-f-]{36})?$/;
/** GitHub shows ten annotations of a step. */
const SHOWN = 10;

/** Only the annotations that are meant, the groups of the streams, and the log of requests; nothing is invisible or moves a cursor. */
export function expectLog({ stdout, stderr }: StepResult, told: Told, issue: Channel['issue']): void {
  for (const line of linesOf(stdout + stderr)) expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);

  const commands = commandsOf(stdout + stderr);
  for (const { message } of commands.filter(({ name }) => name === 'debug')) expect(message).toMatch(REQUEST);
  expectGroups(linesOf(stdout), told.streams);

  const [shown, rest] = annotationsOf(told);
  const annotations = commands.filter(({ name }) => !['debug', 'group', 'endgroup'].includes(name));
  expect(annotations.filter(isNotOfIssue)).toEqual(shown);
  expect(annotations.slice(shown.length)).toHaveLength(issue === 'refused' ? 1 : 0);
  for (const line of rest) expect(linesOf(stdout)).toContain(plain(line));
}

function isNotOfIssue({ properties }: Command): boolean {
  return properties.title !== 'Tracking issue';
}

/** The errors and warnings that are meant: those that are shown, and the lines of those that find no room. */
function annotationsOf({ faults, streams }: Told): [shown: Command[], rest: string[]] {
  const ofTheRun = faults.length > 0 ? [command('error', 'Stream encryption', faults)] : [];
  const all = [...ofTheRun, ...worstFirst(streams, ({ outcome }) => outcome).flatMap(annotationsOfStream)];
  const ordered = [...all.filter(({ name }) => name === 'error'), ...all.filter(({ name }) => name !== 'error')];
  if (ordered.length <= SHOWN) return [ordered, []];
  const rest = ordered.slice(SHOWN - 1);
  const count = `More errors: ${rest.length}. The job summary and the log tell them.`;
  const lines = rest.map(({ name, properties, message }) => `${name}: ${properties.title}: ${message}`);
  return [[...ordered.slice(0, SHOWN - 1), command('error', 'Stream encryption', [count])], lines];
}

function annotationsOfStream(stream: StreamReport): Command[] {
  const { kind, name, outcome, message, warnings } = stream;
  const how = endedWell(stream) ? (outcome === 'not-applicable' ? ['warning'] : []) : ['error'];
  return [
    ...how.map((level) => command(level, `${kind} ${name}`, [`${outcome}: ${message}`])),
    ...warnings.map((warning) => command('warning', `${kind} ${name}`, [warning]))
  ];
}

function command(name: string, title: string, lines: readonly string[]): Command {
  return { name, properties: { title: plain(title) }, message: lines.map(plain).join('\n') };
}

/** Of several streams each has its lines in a group with a title of its own, and no text opens, closes or leaves one. */
function expectGroups(lines: readonly string[], streams: readonly StreamReport[]): void {
  const open: StreamReport[] = [];
  const grouped = new Set<StreamReport>();
  for (const line of lines) {
    const [stream] = open;
    const [command] = commandsOf(line);
    if (command?.name === 'group') {
      expect(stream).toBeUndefined();
      const titled = streams.filter((one) => !grouped.has(one) && titleOf(one) === command.message);
      expect(titled).not.toEqual([]);
      open.push(...titled.slice(0, 1));
    } else if (command?.name === 'endgroup') {
      expect(command.message).toBe('');
      expect(stream).toBeDefined();
      for (const closed of open.splice(0)) grouped.add(closed);
    } else if (stream !== undefined) {
      expect(command).toBeUndefined();
      expect(line).toMatch(stream.kind);
      expect(line.startsWith(plain(`${stream.kind} ${stream.name}`))).toBe(true);
    }
  }
  expect(open).toEqual([]);
  if (streams.length < 2) expect(grouped.size).toBe(0);
}

function titleOf({ kind, name, outcome, message }: StreamReport): string {
  return plain(`${kind} ${name}: ${outcome}: ${message}`);
}

/** The step's inputs and outputs. */

import { getInput, setOutput } from '@actions/core';
import type { Outcome, Result } from '../encryption/model.ts';
import { resultFields } from '../reporting/result-fields.ts';
import { tallyOf, worstFirst } from '../reporting/tally.ts';
import { cut } from './log.ts';

/** The text of an input, trimmed; empty if it was left out. */
export function input(name: string): string {
  return getInput(name);
}

/** GitHub takes 1 MB of outputs a job, which it counts as UTF-16; other steps of the job want some of it, too. */
const MOST_CHARACTERS = 400_000;

/**
 * The step's outputs by name: less than 400,000 characters, the names counted in, however many streams there are. Of
 * several streams: the worst outcome, and the values that all have in common. `results` holds the worst where it cannot
 * hold all. `runEnded` is how the run as a whole ended, where it did not get to all of its streams.
 */
export function toOutputs(
  results: readonly Result[],
  durationSeconds: number,
  runEnded: Outcome | null = null
): Readonly<Record<string, string>> {
  const { outcome, changed, encrypted, counts } = tallyOf(results, runEnded);
  const outputs = {
    outcome,
    changed: String(changed),
    encrypted,
    status: common(results, ({ status }) => status),
    'key-type': common(results, ({ key }) => key?.type),
    'key-id': common(results, ({ key }) => key?.id),
    'previous-key-type': common(results, ({ previousKey }) => previousKey?.type),
    'previous-key-id': common(results, ({ previousKey }) => previousKey?.id),
    'stream-name': common(results, ({ name }) => name),
    'stream-arn': common(results, ({ arn }) => arn),
    'duration-seconds': durationSeconds.toFixed(3),
    counts: JSON.stringify(counts),
    results: '[]'
  };
  const taken = Object.entries(outputs).reduce((length, [name, value]) => length + name.length + value.length, 0);
  return { ...outputs, results: `[${membersWithin(results, MOST_CHARACTERS - taken).join(',')}]` };
}

/** Sets the step's outputs. */
export function setOutputs(outputs: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(outputs)) setOutput(name, value);
}

function common(results: readonly Result[], value: (result: Result) => string | null | undefined): string {
  const values = new Set(results.map((result) => value(result) ?? ''));
  const [only = ''] = values;
  return values.size === 1 ? cut(only) : '';
}

/** The worst results as JSON, as many as fit into so many characters with a comma each, in the order of all results. */
function membersWithin(results: readonly Result[], characters: number): string[] {
  const placed = results.map((result, place) => ({ result, place }));
  const kept: { place: number; member: string }[] = [];
  let left = characters;
  for (const { result, place } of worstFirst(placed, ({ result }) => result.outcome)) {
    const member = JSON.stringify(resultFields(result), cutTexts);
    left -= member.length + 1;
    if (left < 0) break;
    kept.push({ place, member });
  }
  return kept.sort((one, other) => one.place - other.place).map(({ member }) => member);
}

function cutTexts(_field: string, value: unknown): unknown {
  return typeof value === 'string' ? cut(value) : value;
}

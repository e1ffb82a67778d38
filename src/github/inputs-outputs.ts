/** The step's inputs and outputs. */

import { getInput, setOutput } from '@actions/core';
import type { Outcome, Result } from '../encryption/model.ts';
import { resultFields } from '../reporting/result-fields.ts';
import { tallyResults, worstFirst } from '../reporting/tally.ts';
import { appendToFile } from './files.ts';
import { truncate } from './log.ts';
import { hideSecrets } from './secrets.ts';
import type { Env } from './workflow-run.ts';

/** The trimmed value of an input; empty if it is not set. */
export function input(name: string): string {
  return getInput(name);
}

/** GitHub allows 1 MB of outputs per job, counted as UTF-16. The rest is left to other steps of the job. */
const MAX_CHARACTERS = 400_000;

/**
 * Builds the step's outputs, which stay below 400,000 characters including their names. For several streams they hold the
 * worst outcome and the values that all streams share. If `results` cannot hold all streams, it holds the worst.
 * `runOutcome` is the outcome of the run if it ended before its streams did.
 */
export function toOutputs(
  results: readonly Result[],
  durationSeconds: number,
  runOutcome: Outcome | null = null
): Readonly<Record<string, string>> {
  const { outcome, changed, encrypted, counts } = tallyResults(results, runOutcome);
  const outputs = {
    outcome,
    changed: String(changed),
    encrypted,
    status: commonValue(results, ({ status }) => status),
    'key-type': commonValue(results, ({ key }) => key?.type),
    'key-id': commonValue(results, ({ key }) => key?.id),
    'key-arn': commonValue(results, ({ keyArn }) => keyArn),
    'previous-key-type': commonValue(results, ({ previousKey }) => previousKey?.type),
    'previous-key-id': commonValue(results, ({ previousKey }) => previousKey?.id),
    'stream-name': commonValue(results, ({ name }) => name),
    'stream-arn': commonValue(results, ({ arn }) => arn),
    'duration-seconds': durationSeconds.toFixed(3),
    counts: JSON.stringify(counts),
    results: '[]'
  };
  const used = Object.entries(outputs).reduce((length, [name, value]) => length + name.length + value.length, 0);
  return { ...outputs, results: `[${worstResultsWithin(MAX_CHARACTERS - used, results).join(',')}]` };
}

/** Sets the step's outputs. */
export function setOutputs(outputs: Readonly<Record<string, string>>, env: Env): void {
  // @actions/core would wait for ever if the file were a named pipe that nobody reads.
  if (env.GITHUB_OUTPUT) appendToFile(env.GITHUB_OUTPUT, '');
  for (const [name, value] of Object.entries(outputs)) setOutput(name, value);
}

/** The value that all results share; empty if they differ or it is unknown. */
function commonValue(results: readonly Result[], value: (result: Result) => string | null | undefined): string {
  const values = new Set(results.map((result) => value(result) ?? ''));
  const [first = ''] = values;
  return values.size === 1 ? truncate(hideSecrets(first)) : '';
}

/** As many of the worst results as fit, as JSON and in the order of selection. Each one needs a comma too. */
function worstResultsWithin(maxCharacters: number, results: readonly Result[]): string[] {
  const indexed = results.map((result, index) => ({ result, index }));
  const kept: { index: number; json: string }[] = [];
  let remaining = maxCharacters;
  for (const { result, index } of worstFirst(indexed, ({ result }) => result.outcome)) {
    const json = JSON.stringify(resultFields(result), toPrintable);
    remaining -= json.length + 1;
    if (remaining < 0) break;
    kept.push({ index, json });
  }
  return kept.sort((a, b) => a.index - b.index).map(({ json }) => json);
}

function toPrintable(_field: string, value: unknown): unknown {
  return typeof value === 'string' ? truncate(hideSecrets(value)) : value;
}

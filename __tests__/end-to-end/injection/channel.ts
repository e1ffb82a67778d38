/** The ways by which a text from outside comes into a run, and one run with such a text. */

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LocalAws, startLocalAws } from '../../../local-aws/server.ts';
import { plain } from '../../../src/github/log.ts';
import type { Report } from '../../../src/reporting/report.ts';
import type { Step, StepResult } from '../../../testing/runner.ts';
import { LocalGithub, REPOSITORY, TOKEN } from '../../github/local-github.ts';
import { type Command, commandsOf } from '../commands.ts';
import { shapesOf, textOf } from '../html.ts';
import { ALWAYS, type Kind, runOn } from '../step.ts';

export const ONE_TRY = { AWS_MAX_ATTEMPTS: '1' };
const JSON_1_1 = 'application/x-amz-json-1.1';

/** A way by which a text from outside comes in. */
export interface Channel {
  readonly name: string;
  readonly run: (scene: Scene, text: string) => Promise<StepResult>;
  /** How it must have ended. */
  readonly outcome: string | readonly string[];
  /** The text must be found in these words, so that it has come in at all. */
  readonly foundIn: (told: Told, step: StepResult, text: string) => readonly (string | null)[];
  readonly surroundings?: (text: string) => Surroundings;
  /** The step is asked for the tracking issue: it writes one, or GitHub refuses to take one. */
  readonly issue?: 'written' | 'refused';
}

/** What was told of the run as a whole, and of each of its streams. */
export type Told = Pick<Report, 'outcome' | 'request' | 'faults' | 'streams'>;

/** What the runner says of the run, which the summary repeats. */
export interface Surroundings {
  readonly workflow: string;
  readonly event: string;
  readonly repository: string;
}

export const SURROUNDINGS: Surroundings = {
  workflow: 'Encrypt streams',
  event: 'workflow_dispatch',
  repository: REPOSITORY
};

/** What Node keeps of the bundle between runs, as here are many; a hosted runner has nothing of it. */
const CACHE = mkdtempSync(join(tmpdir(), 'stream-encryption-cache-'));

/** Removes what is kept for all runs. */
export function closeChannels(): void {
  rmSync(CACHE, { recursive: true });
}

/** What is around one run: an AWS, a GitHub, and a folder for the report. */
export class Scene implements AsyncDisposable {
  readonly aws: LocalAws;
  readonly github: LocalGithub;
  readonly folder = mkdtempSync(join(tmpdir(), 'stream-encryption-injection-'));
  /** Where the report is to be. */
  reportPath = join(this.folder, 'report.json');

  private constructor(aws: LocalAws, github: LocalGithub) {
    this.aws = aws;
    this.github = github;
  }

  static async open(): Promise<Scene> {
    return new Scene(await startLocalAws(), await LocalGithub.start());
  }

  /** Runs the step with a report, on the stream `orders` unless the inputs say otherwise. */
  run(kind: Kind, inputs: Step['inputs'], env: Step['env'] = {}): Promise<StepResult> {
    const all = { 'report-path': this.reportPath, ...inputs };
    return runOn(this.aws, kind, all, { env: { NODE_COMPILE_CACHE: CACHE, ...env } });
  }

  /** Runs the step with a tracking issue, too. */
  runTracked(kind: Kind, inputs: Step['inputs'], env: Step['env'] = {}): Promise<StepResult> {
    const tracked = { 'report-issue': 'true', 'github-token': TOKEN };
    return this.run(kind, { ...inputs, ...tracked }, { GITHUB_API_URL: this.github.apiUrl, ...env });
  }

  /** Answers every such request with this. */
  answerWith(on: string, output: unknown, stream?: string): void {
    const answer = { status: 200, body: JSON.stringify(output), contentType: JSON_1_1 };
    this.aws.faults.add({ on, times: ALWAYS, ...answer, ...(stream !== undefined && { stream }) });
  }

  /** The report as it was written; null where there is none. */
  report(): string | null {
    try {
      return readFileSync(this.reportPath, 'utf8');
    } catch {
      return null;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    rmSync(this.folder, { recursive: true });
    await this.aws.close();
    await this.github[Symbol.asyncDispose]();
  }
}

/** Variables of the environment hold no NUL, are UTF-8, and may not all be long. */
export function asVariable(text: string): string {
  return text.replaceAll('\0', '').slice(0, 50_000).toWellFormed();
}

/** The first characters of what must be found where the text came in: cleaned, and without blanks, which cleaning adds. */
export function beginningOf(text: string): string {
  return squeezed(asVariable(text)).slice(0, 12);
}

export function squeezed(text: string): string {
  return plain(text.slice(0, 1_000)).replace(/\s+/g, '');
}

/** The warnings among the commands of a log. */
export function warningsOf(log: string): Command[] {
  return commandsOf(log).filter(({ name }) => name === 'warning');
}

/** The line of a summary that tells where the run came from. */
export function originOf(summary: string): string {
  return textOf(shapesOf(summary).at(-1) ?? '');
}

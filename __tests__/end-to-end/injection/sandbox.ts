import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LocalAws, startLocalAws } from '../../../local-aws/server.ts';
import type { Step, StepResult } from '../../../testing/runner.ts';
import { LocalGithub, REPOSITORY, TOKEN } from '../../github/local-github.ts';
import { ALWAYS, type Kind, runOn } from '../step.ts';
import type { ReportedRun } from './reported-run.ts';

/** A way in which a hostile text reaches the action. */
export interface InjectionVector {
  readonly name: string;
  /** Runs a step that this text reaches. */
  readonly run: (sandbox: Sandbox, text: string) => Promise<StepResult>;
  /** The expected outcome; several where it depends on the text. */
  readonly outcome: string | readonly string[];
  /** Returns the strings that must contain the text. They show that it reached the action. */
  readonly foundIn: (run: ReportedRun, step: StepResult, text: string) => readonly (string | null)[];
  /** What the summary must say about the workflow run, if the text is part of that. */
  readonly origin?: (text: string) => Origin;
  /** Set if the step reports to a tracking issue. */
  readonly issue?: 'written' | 'rejected';
}

/** The runner's data about the workflow run that the summary repeats. */
export interface Origin {
  readonly workflow: string;
  readonly event: string;
  readonly repository: string;
}

export const DEFAULT_ORIGIN: Origin = {
  workflow: 'Encrypt streams',
  event: 'workflow_dispatch',
  repository: REPOSITORY
};

/** Node's compile cache. All runs share it, which makes hundreds of them faster. */
const COMPILE_CACHE = mkdtempSync(join(tmpdir(), 'stream-encryption-cache-'));

export function removeCompileCache(): void {
  rmSync(COMPILE_CACHE, { recursive: true });
}

/** The environment of one run: a local AWS, a local GitHub, and a folder for the report. */
export class Sandbox implements AsyncDisposable {
  readonly aws: LocalAws;
  readonly github: LocalGithub;
  readonly folder = mkdtempSync(join(tmpdir(), 'stream-encryption-injection-'));
  reportPath = join(this.folder, 'report.json');

  private constructor(aws: LocalAws, github: LocalGithub) {
    this.aws = aws;
    this.github = github;
  }

  static async start(): Promise<Sandbox> {
    return new Sandbox(await startLocalAws(), await LocalGithub.start());
  }

  /** Runs the step with a report and without retries of the SDK, on the stream `orders` unless the inputs specify another. */
  run(kind: Kind, inputs: Step['inputs'], env: Step['env'] = {}): Promise<StepResult> {
    const all = { 'report-path': this.reportPath, ...inputs };
    return runOn(this.aws, kind, all, { env: { NODE_COMPILE_CACHE: COMPILE_CACHE, AWS_MAX_ATTEMPTS: '1', ...env } });
  }

  /** Runs the step with a report and a tracking issue. */
  runWithIssue(kind: Kind, inputs: Step['inputs'], env: Step['env'] = {}): Promise<StepResult> {
    const issueInputs = { 'report-issue': 'true', 'github-token': TOKEN };
    return this.run(kind, { ...inputs, ...issueInputs }, { GITHUB_API_URL: this.github.apiUrl, ...env });
  }

  /** Makes the local AWS send this response to every request of the operation. */
  respondWith(operation: string, output: unknown): void {
    const body = JSON.stringify(output);
    this.aws.faults.add({ on: operation, times: ALWAYS, status: 200, body, contentType: 'application/x-amz-json-1.1' });
  }

  /** The content of the report file; null if there is none. */
  readReport(): string | null {
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

import type { StepResult } from '../../../testing/runner.ts';
import { REPOSITORY } from '../../github/local-github.ts';
import type { ReportedRun } from './reported-run.ts';
import type { Sandbox } from './sandbox.ts';

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

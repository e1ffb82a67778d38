/** Turns the errors of the run and the results of its streams into annotations, within GitHub's limit. */

import { endedWell, type Result } from '../encryption/model.ts';
import { worstFirst } from '../reporting/tally.ts';
import { error, info, warning } from './log.ts';

/** An error or a warning of one or more lines. */
export interface Annotation {
  readonly level: 'error' | 'warning';
  readonly title: string;
  readonly lines: readonly string[];
}

/** The annotations of a step, split at GitHub's limit. */
export interface SelectedAnnotations {
  /** At most ten, errors first. If there are more, the tenth counts the overflow. */
  readonly shown: readonly Annotation[];
  /** The annotations beyond the limit. They appear only in the log. */
  readonly overflow: readonly Annotation[];
}

/** GitHub shows at most ten annotations per step. */
const MAX_ANNOTATIONS = 10;

/**
 * Selects the annotations to show. Errors come first: those of the run, then those of its streams, worst outcome first.
 * Warnings follow in the same order. `not-applicable` is only a warning if a glob or tags selected the stream.
 */
export function selectAnnotations(
  runAnnotations: readonly Annotation[],
  results: readonly Result[]
): SelectedAnnotations {
  const all = [...runAnnotations, ...worstFirst(results, ({ outcome }) => outcome).flatMap(streamAnnotations)];
  const ordered = [...all.filter(isError), ...all.filter((annotation) => !isError(annotation))];
  if (ordered.length <= MAX_ANNOTATIONS) return { shown: ordered, overflow: [] };
  const overflow = ordered.slice(MAX_ANNOTATIONS - 1);
  return { shown: [...ordered.slice(0, MAX_ANNOTATIONS - 1), countOverflow(overflow)], overflow };
}

/** Writes the annotations, and the overflow as lines of the log. */
export function annotate({ shown, overflow }: SelectedAnnotations): void {
  for (const { level, title, lines } of shown) {
    if (level === 'error') error(title, ...lines);
    else warning(title, ...lines);
  }
  for (const annotation of overflow) logAnnotation(annotation);
}

/** Writes one more warning after `annotate`: as an annotation within the limit, otherwise as a line of the log. */
export function annotateLate({ shown }: SelectedAnnotations, title: string, message: string): void {
  if (shown.length < MAX_ANNOTATIONS) warning(title, message);
  else logAnnotation({ level: 'warning', title, lines: [message] });
}

function logAnnotation({ level, title, lines }: Annotation): void {
  info(`${level}: ${title}: ${lines.join(' ')}`);
}

function streamAnnotations(result: Result): Annotation[] {
  const { kind, name, outcome, message, warnings } = result;
  const title = `${kind} ${name}`;
  const annotations: Annotation[] = warnings.map((line) => ({ level: 'warning', title, lines: [line] }));
  const level = !endedWell(result) ? 'error' : outcome === 'not-applicable' ? 'warning' : null;
  return level === null ? annotations : [{ level, title, lines: [`${outcome}: ${message}`] }, ...annotations];
}

function countOverflow(overflow: readonly Annotation[]): Annotation {
  const errors = overflow.filter(isError).length;
  const warnings = overflow.length - errors;
  const counts = [...(errors > 0 ? [`errors: ${errors}`] : []), ...(warnings > 0 ? [`warnings: ${warnings}`] : [])];
  return {
    level: errors > 0 ? 'error' : 'warning',
    title: 'Stream encryption',
    lines: [`More ${counts.join(', more ')}. See the job summary and the log.`]
  };
}

function isError({ level }: Annotation): boolean {
  return level === 'error';
}

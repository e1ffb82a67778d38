/** Turns the errors of the run and the causes of its results into annotations, within GitHub's limit. */

import { type Cause, formatReason, formatStreams, formatSubject } from '../reporting/causes.ts';
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
const TITLE = 'Stream encryption';

/** Selects the annotations to show: errors first, those of the run before the causes, and then the warnings likewise. */
export function selectAnnotations(
  runAnnotations: readonly Annotation[],
  causes: readonly Cause[]
): SelectedAnnotations {
  const all = [...runAnnotations, ...causes.map(toAnnotation)];
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

/** The title names a single stream. Several are counted, and the first of them are named in a line of their own. */
function toAnnotation(cause: Cause): Annotation {
  const { level, streams } = cause;
  const reason = formatReason(cause);
  if (streams.length === 1) return { level, title: formatSubject(cause), lines: [reason] };
  return { level, title: TITLE, lines: [`${formatSubject(cause)}: ${reason}.`, formatStreams(cause)] };
}

function countOverflow(overflow: readonly Annotation[]): Annotation {
  const errors = overflow.filter(isError).length;
  const warnings = overflow.length - errors;
  const counts = [...(errors > 0 ? [`errors: ${errors}`] : []), ...(warnings > 0 ? [`warnings: ${warnings}`] : [])];
  return {
    level: errors > 0 ? 'error' : 'warning',
    title: TITLE,
    lines: [`More ${counts.join(', more ')}. See the job summary and the log.`]
  };
}

function isError({ level }: Annotation): boolean {
  return level === 'error';
}

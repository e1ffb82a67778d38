/** What the workflow's run shows of a step's errors and warnings. */

import { endedWell, type Result } from '../encryption/model.ts';
import { worstFirst } from '../reporting/tally.ts';
import { error, info, warning } from './log.ts';

/** An error or a warning, in one line or several. */
export interface Annotation {
  readonly level: 'error' | 'warning';
  readonly title: string;
  readonly lines: readonly string[];
}

/** Errors and warnings by where they show. */
export interface Annotations {
  /** At most ten, the most serious first; the last counts the rest where there is one. */
  readonly shown: readonly Annotation[];
  /** What only the log tells. */
  readonly rest: readonly Annotation[];
}

/** GitHub shows ten annotations of a step. */
export const MAX_ANNOTATIONS = 10;

/**
 * Chooses what is shown: first the errors, those of the run as a whole before the streams that did not end well, then the
 * warnings; the streams from the worst outcome on. That a stream takes no encryption which a pattern chose is a warning.
 */
export function chooseAnnotations(ofTheRun: readonly Annotation[], results: readonly Result[]): Annotations {
  const all = [...ofTheRun, ...worstFirst(results, ({ outcome }) => outcome).flatMap(annotationsOf)];
  const ordered = [...all.filter(isError), ...all.filter((one) => !isError(one))];
  if (ordered.length <= MAX_ANNOTATIONS) return { shown: ordered, rest: [] };
  const rest = ordered.slice(MAX_ANNOTATIONS - 1);
  return { shown: [...ordered.slice(0, MAX_ANNOTATIONS - 1), countOf(rest)], rest };
}

/** Writes them: what is shown as annotations, the rest as lines of the log. */
export function annotate({ shown, rest }: Annotations): void {
  for (const { level, title, lines } of shown) {
    if (level === 'error') error(title, ...lines);
    else warning(title, ...lines);
  }
  for (const { level, title, lines } of rest) info(`${level}: ${title}: ${lines.join(' ')}`);
}

function annotationsOf(result: Result): Annotation[] {
  const { kind, name, outcome, message, warnings } = result;
  const title = `${kind} ${name}`;
  const how: Annotation[] = [];
  if (!endedWell(result)) how.push({ level: 'error', title, lines: [`${outcome}: ${message}`] });
  else if (outcome === 'not-applicable') how.push({ level: 'warning', title, lines: [`${outcome}: ${message}`] });
  return [...how, ...warnings.map((line) => ({ level: 'warning', title, lines: [line] }) as const)];
}

function countOf(rest: readonly Annotation[]): Annotation {
  const errors = rest.filter(isError).length;
  const warnings = rest.length - errors;
  const counted = [...(errors > 0 ? [`errors: ${errors}`] : []), ...(warnings > 0 ? [`warnings: ${warnings}`] : [])];
  return {
    level: errors > 0 ? 'error' : 'warning',
    title: 'Stream encryption',
    lines: [`More ${counted.join(', more ')}. The job summary and the log tell them.`]
  };
}

function isError({ level }: Annotation): boolean {
  return level === 'error';
}

/**
 * Delivery streams that read from a source. They have no encryption of their own, because their records rest in the source:
 * it is judged in their place, by the same criteria. Nothing is ever written to a source. Pure.
 */

import { parseStreamArn } from '../arn.ts';
import { formatKey, formatSource } from '../format.ts';
import type { Source, StreamRequest } from '../model.ts';
import { withoutStreamName } from './cause.ts';
import type { ResolvedCriteria } from './criteria.ts';
import { judge } from './judge.ts';
import type { ResolvedObservation } from './observation.ts';
import { planChange } from './plan.ts';
import type { Verdict } from './result.ts';

/** A source as the run sees it. */
export type SourceView =
  /** A data stream without a change in flight, and the request's criteria for it. */
  | { readonly request: StreamRequest; readonly observation: ResolvedObservation; readonly criteria: ResolvedCriteria }
  /** A data stream that could not be observed, and why. */
  | { readonly unseen: string }
  /** Anything else cannot be observed. */
  | null;

type SourceRequest = Pick<StreamRequest, 'criteria' | 'verifyRecords'>;

/** Mode `check`: the delivery stream is as compliant as its source. */
export function judgeSource(source: Source, view: SourceView, request: SourceRequest): Verdict {
  if (view === null) return judgeOtherSource(source, request, 'compliant');
  if ('unseen' in view) return { outcome: 'failed', ...unjudged(source, view.unseen) };
  if (isDeleting(view)) return { outcome: 'failed', ...judged(source, `${DELETING}: ${OF_NO_USE}`) };
  const { outcome, why, cause, warnings } = judge({ named: true }, view.observation, view.criteria);
  const advice = outcome === 'non-compliant' ? whereToEncrypt(NOT_HERE) : '';
  return {
    outcome,
    message: `${formatJudged(source, why)}${advice}`,
    cause: `${causeOf(source, cause)}${advice}`,
    warnings: warnings.map((warning) => causeOf(source, warning))
  };
}

/** Modes `encrypt` and `plan`: the delivery stream is unchanged if its source needs no change. */
export function planSource(source: Source, view: SourceView, request: SourceRequest): Verdict {
  const verdict = view === null ? judgeOtherSource(source, request, 'unchanged') : planDataStream(source, view);
  if (verdict.outcome !== 'unchanged' || !request.verifyRecords) return verdict;
  const warning = 'no test record was put, because the delivery stream takes records from its source only';
  return { ...verdict, warnings: [...(verdict.warnings ?? []), warning] };
}

function planDataStream(source: Source, view: NonNullable<SourceView>): Verdict {
  if ('unseen' in view) return notApplicable(unjudged(source, view.unseen));
  if (isDeleting(view)) return notApplicable(judged(source, DELETING), OF_NO_USE);
  const plan = planChange(view.request, view.observation, view.criteria);
  switch (plan.action) {
    case 'leave':
      return {
        outcome: 'unchanged',
        message: formatJudged(source, plan.why),
        warnings: plan.warnings.map((warning) => causeOf(source, warning))
      };
    case 'change':
      return notApplicable(
        judged(
          source,
          `the stream is ${plan.stateBefore}, but the request requires ${formatKey(plan.target)}`,
          plan.cause
        ),
        'encrypt the source itself, with stream-kind kinesis'
      );
    case 'skip':
      return notApplicable(judged(source, plan.why, plan.cause));
    case 'fail':
      // The request itself cannot be judged, as for every other stream.
      if (view.criteria.which === 'unresolved') return { outcome: 'failed', ...judged(source, plan.why) };
      return notApplicable(judged(source, plan.why));
    case 'not-applicable':
      return notApplicable(judged(source, plan.why));
  }
}

function isDeleting({ observation }: Exclude<NonNullable<SourceView>, { unseen: string }>): boolean {
  return observation.phase === 'deleting';
}

const DELETING = 'the data stream is being deleted';
const OF_NO_USE = 'leave the delivery stream out of the run, or delete it as well';

/**
 * Amazon MSK always encrypts at rest, but Firehose does not report with which key. Nothing is known of other sources.
 * Source: Amazon MSK Developer Guide, "Data encryption".
 */
function judgeOtherSource(source: Source, { criteria }: SourceRequest, good: 'compliant' | 'unchanged'): Verdict {
  if (source.kind !== 'msk') return notApplicable({ message: formatUnjudged(source) }, ENCRYPT_SOURCE);
  if (criteria.which === 'any')
    return { outcome: good, message: formatJudged(source, 'Amazon MSK always encrypts at rest') };
  return notApplicable(
    judged(source, 'Amazon MSK always encrypts at rest, but the key cannot be determined'),
    'the key is a setting of the cluster, so leave the delivery stream out of this step'
  );
}

function whereToEncrypt(remedy: string): string {
  return `. The delivery stream has no encryption of its own: ${remedy}`;
}

type Why = Pick<Verdict, 'message' | 'cause'>;

const ENCRYPT_SOURCE = 'encrypt the source itself';
/** Says where encryption belongs, without the advice to change it. */
const NOT_HERE = 'only the source itself can be encrypted';

function notApplicable({ message, cause = message }: Why, remedy = NOT_HERE): Verdict {
  const advice = whereToEncrypt(remedy);
  return { outcome: 'not-applicable', message: `${message}${advice}`, cause: `${cause}${advice}` };
}

function judged(source: Source, why: string, cause = why): Why {
  return { message: formatJudged(source, why), cause: causeOf(source, cause) };
}

function unjudged(source: Source, why: string): Why {
  const cause = `its source cannot be judged: ${withoutSourceName(source, why)}`;
  return { message: `${formatUnjudged(source)}: ${why}`, cause };
}

function formatJudged(source: Source, why: string): string {
  return `judged by its source ${formatSource(source)}: ${why}`;
}

/** The same without the source's name, so that sources with the same cause are reported together. */
function causeOf(source: Source, why: string): string {
  return `judged by its source: ${withoutSourceName(source, why)}`;
}

function withoutSourceName({ arn }: Source, text: string): string {
  const stream = arn === null ? undefined : parseStreamArn(arn)?.stream;
  return stream === undefined ? text : withoutStreamName(text, stream);
}

function formatUnjudged(source: Source): string {
  return `its source ${formatSource(source)} cannot be judged`;
}

/** Decisions of mode check: whether a stream stands as asked. Nothing here asks anybody anything. */

import { type Home, homeOf } from './key-forms.ts';
import { compareKeys, type KnownKey, type Match } from './keys.ts';
import type { Chosen } from './model.ts';
import { compareNamed, type NamedKey } from './named-keys.ts';
import { cannotTell, type State, unclear, type Wanted, whyNoEncryption } from './plan.ts';
import { keyInWords } from './words.ts';

/** How `check` finds a stream that is at rest. */
export interface Judgement {
  readonly outcome: 'compliant' | 'non-compliant' | 'not-applicable' | 'failed';
  readonly why: string;
  readonly warnings: readonly string[];
}

/** Judges the stream as it is. */
export function judge({ named }: Pick<Chosen, 'named'>, state: State, wanted: Wanted): Judgement {
  const obstacle = whyNoEncryption(state, named);
  if (obstacle?.action === 'fail') return failed(obstacle.why);
  if (obstacle !== null) return { outcome: obstacle.action, why: obstacle.why, warnings: [] };
  switch (state.phase) {
    case 'final':
      return state.encrypted === 'false'
        ? nonCompliant('the stream is not encrypted: mode encrypt does it')
        : judgeKey(state, wanted);
    case 'failed':
      return nonCompliant(`${unclear(state)}: mode encrypt with a key-type or key-id settles it`);
    default:
      return failed(`${unclear(state)}: mode encrypt with a key-type or key-id settles it`);
  }
}

/** Judges the key of an encrypted stream. */
function judgeKey({ key, arn }: State, wanted: Wanted): Judgement {
  if (wanted.which === 'unresolved') return failed(wanted.why);
  const stands = `the stream is encrypted with ${keyInWords(key)}`;
  const approved = wanted.which === 'approved' ? wanted.keys : [];
  const unknown = approved.flatMap(whyUnknown);
  const match = matches(key, wanted, homeOf(arn));
  if (match === 'other') return nonCompliant([`${stands}, ${butAsked(wanted)}`, ...unknown].join('. '));
  // Whichever key it is, it cannot be used.
  if (key?.problem) return nonCompliant(`${stands}, but ${key.problem}`);
  if (match === 'unknown') return failed([cannotTell(key, 'the key asked for', approved), ...unknown].join('. '));
  return { outcome: 'compliant', why: stands, warnings: [...doubtsAbout(key), ...unknown] };
}

type Resolved = Exclude<Wanted, { which: 'unresolved' }>;

function matches(key: KnownKey | null, wanted: Resolved, home: Home): Match {
  if (wanted.which === 'any') return 'same';
  if (key === null) return 'unknown';
  switch (wanted.which) {
    case 'target':
      return compareKeys(key, wanted.target);
    case 'customer-managed':
      return key.type === null ? 'unknown' : key.type === wanted.which ? 'same' : 'other';
    case 'approved': {
      const each = wanted.keys.map((named) => compareNamed(key, named, home));
      return each.find((match) => match === 'same') ?? each.find((match) => match === 'unknown') ?? 'other';
    }
  }
}

function butAsked(wanted: Resolved): string {
  switch (wanted.which) {
    case 'target':
      return `but ${keyInWords(wanted.target.toSet)} was asked for: mode encrypt moves it`;
    case 'approved':
      return 'which is none of approved-key-ids: mode encrypt with a key-id moves it';
    default:
      return 'but a customer managed key was asked for: mode encrypt with a key-id moves it';
  }
}

function whyUnknown({ id, lookup }: NamedKey): string[] {
  return lookup?.answer === 'missing' ? [`KMS does not know ${id} of approved-key-ids (${lookup.why})`] : [];
}

function doubtsAbout(key: KnownKey | null): string[] {
  const doubts: string[] = [];
  if (key?.viaAlias) {
    const now = key.arn === null ? 'an unknown key' : key.arn;
    doubts.push(
      `the stream is encrypted through ${key.id}, which points to ${now} now but may have been repointed: mode encrypt puts the key itself in force`
    );
  }
  if (key?.doubt) doubts.push(`whether the key is enabled could not be looked up: ${key.doubt}`);
  return doubts;
}

function failed(why: string): Judgement {
  return { outcome: 'failed', why, warnings: [] };
}

function nonCompliant(why: string): Judgement {
  return { outcome: 'non-compliant', why, warnings: [] };
}

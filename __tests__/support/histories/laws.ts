/** What must hold of every run, whatever its history. Each law returns what breaks it, or null. */

import type { Observation, Outcome } from '../../../src/encryption/model.ts';
import { type Asked, keyNamed, keyToSend, type Standing } from './history.ts';
import { noKeyLeftByAccident, noMoveButOffAnOldKey, skippedForAReason } from './laws-of-moving.ts';
import type { Told } from './run.ts';
import { isNotRefused } from './world.ts';

type Law = (told: Told) => string | null;

export const LAWS: Readonly<Record<string, Law>> = {
  'no second start for one need': noSecondStart,
  'no good word that the service did not give': noFalseProof,
  'an end by the deadline': anEndInTime,
  'no start where none is allowed': noForbiddenStart,
  'changed means a start was sent and not refused': changedIsTrue,
  'what is told of the stream was true': theTruthIsTold,
  'a good end only when every record is encrypted': settled,
  'no change is said to have failed that took': noFalseFailure,
  'no customer key is left by accident': noKeyLeftByAccident,
  'only what is on an old key is moved off it': noMoveButOffAnOldKey,
  'what is skipped was to be skipped, and nothing was sent': skippedForAReason,
  'not-applicable only what cannot be encrypted or is gone': notApplicableForAReason
};

/** A change that is under way or took is never sent again; one that was accepted, only once the service said that it failed. */
function noSecondStart({ world }: Told): string | null {
  const { starts, seen, othersEndedMs } = world;
  for (const [nth, former] of starts.entries()) {
    const { taken } = former;
    if (taken === null) continue;
    for (const later of starts.slice(nth + 1)) {
      if (later.atMs < taken.endsAtMs) return `sent at ${later.atMs} while its change of ${former.atMs} was under way`;
      const undone = othersEndedMs.some((ms) => ms >= taken.endsAtMs && ms <= later.atMs);
      if (taken.end === 'takes' && !undone) return `sent at ${later.atMs} although that of ${former.atMs} took`;
      const saidToHaveFailed = seen.some(({ look, ofMs }) => look.phase === 'failed' && ofMs >= taken.endsAtMs);
      if (former.told === 'accepted' && !saidToHaveFailed) {
        return `sent at ${later.atMs} although that of ${former.atMs} was accepted and never said to have failed`;
      }
    }
  }
  const accepted = starts.filter(({ told }) => told === 'accepted').length;
  return accepted > 2 ? `${accepted} starts were accepted` : null;
}

const PROVED: ReadonlySet<Outcome> = new Set(['enabled', 'rekeyed', 'unchanged', 'compliant']);

function noFalseProof({ history, world, result: { outcome } }: Told): string | null {
  if (!PROVED.has(outcome)) return null;
  const last = world.seen.at(-1)?.look;
  if (last === undefined) return `${outcome}, and the service said nothing`;
  if (last.phase !== 'final' || last.encrypted !== 'true') return `${outcome}, but the last word was ${last.status}`;
  if (!meetsCriteria(last, history.criteria, history.mode === 'check'))
    return `${outcome}, but the key was ${last.key?.id}`;
  const mayBeDenied = !history.mayDescribeKeys || history.lookUps.some(({ meets }) => meets === 'denied');
  if (outcome !== 'compliant' || mayBeDenied || history.newKeyIs === 'usable') return null;
  return keyOf(last) === 'new' && cannotBeUsed(history.newKeyIs) ? 'compliant, with a key that cannot be used' : null;
}

function cannotBeUsed(newKeyIs: string): boolean {
  return newKeyIs === 'disabled' || newKeyIs === 'pending-deletion' || newKeyIs === 'missing';
}

/** An alias of the account's own may have been repointed, so only a check judges by it. */
function meetsCriteria(look: Observation, criteria: Asked, aliasesCount: boolean): boolean {
  const key = keyOf(look);
  switch (criteria.which) {
    case 'any':
      return true;
    case 'aws-owned':
      return key === 'aws';
    case 'customer-managed':
      return key !== null && key !== 'aws';
    case 'approved':
      return criteria.written.some((written) => key === written.key);
    case 'one':
      return key === criteria.written.key && (key === 'aws' || aliasesCount || !look.key?.id.includes('alias/'));
  }
}

function keyOf({ key }: Observation): string | null {
  return key === null ? null : keyNamed(key.id);
}

function anEndInTime({ history, endedMs, timersLeft, result }: Told): string | null {
  const { timeoutMs, cancelAtMs } = history;
  if (timersLeft !== 0) return `${timersLeft} timers were left`;
  if (endedMs > Math.min(timeoutMs, cancelAtMs ?? timeoutMs)) return `it ended at ${endedMs}`;
  if (result.durationSeconds !== Math.round(endedMs) / 1_000) return `it told ${result.durationSeconds} s`;
  if (result.outcome === 'timed-out' && endedMs !== timeoutMs) return `it timed out at ${endedMs}`;
  return result.outcome === 'cancelled' && endedMs !== cancelAtMs ? `it was cancelled at ${endedMs}` : null;
}

function noForbiddenStart({ history, world }: Told): string | null {
  const { starts } = world;
  if (starts.length === 0) return null;
  const { mode, streamArn, stands, criteria, newKeyIs, mayDescribeKeys, lookUps } = history;
  if (mode !== 'encrypt') return `in mode ${mode}`;
  if (streamArn === 'of-another-account') return 'to a stream of another account';
  if (['fed', 'deleting', 'not-created'].includes(stands.is)) return `to a stream that is ${stands.is}`;
  if (starts.some(({ to }) => to !== keyToSend(criteria))) return 'with another key than criteria';
  const canTell = mayDescribeKeys && !lookUps.some(({ meets }) => meets === 'denied');
  const unusable = criteria.which === 'one' && criteria.written.key === 'new' && newKeyIs !== 'usable';
  return unusable && canTell ? `with a key that is ${newKeyIs}` : null;
}

function changedIsTrue({ world, result: { changed } }: Told): string | null {
  const sent = world.starts.some(isNotRefused);
  return sent === changed ? null : `changed is ${changed}`;
}

/**
 * What the result says of the encryption and its key was true at some moment between the one that the last look told of
 * and the end. Others may have changed the stream since the run last saw it at rest, so their histories are left out.
 */
function theTruthIsTold({ history, world, result, endedMs }: Told): string | null {
  const last = world.seen.at(-1);
  if (last === undefined) return result.encrypted === 'unknown' ? null : 'nothing was seen of the stream';
  if (world.othersEndedMs.length > 0) return null;
  const truths = world.truthsSince(last, endedMs).flatMap((truth) => asShown(truth, history.showsKeyEarly));
  if (!truths.some((truth) => agrees(result.encrypted, truth))) return `encrypted is ${result.encrypted}`;
  if (result.key === null) return null;
  const told = keyNamed(result.key.id);
  if (!truths.some(({ key }) => key?.key === told)) return `the key is ${told}`;
  return history.stands.key === null || result.previousKey === null || !result.changed
    ? null
    : whatWasBefore(told, keyNamed(result.previousKey.id), history.stands);
}

/** Of a change under way the service may show the key that it goes to, too. */
function asShown(truth: Standing, showsKeyEarly: boolean): Standing[] {
  return truth.is === 'in-flight' && showsKeyEarly ? [truth, { ...truth, key: truth.to }] : [truth];
}

function agrees(encrypted: string, { key }: Standing): boolean {
  return encrypted === 'unknown' || encrypted === String(key !== null);
}

function whatWasBefore(now: string | null, previous: string | null, { key }: Standing): string | null {
  return previous === key?.key || previous === now ? null : `the key before is ${previous}`;
}

const ENDED_WELL: ReadonlySet<Outcome> = new Set(['enabled', 'rekeyed']);

/**
 * From five seconds after a change on every record is encrypted; the request says how long to wait. Where others changed
 * the stream too, the last change may not have been ours.
 */
function settled({ history, world, result, endedMs }: Told): string | null {
  if (!ENDED_WELL.has(result.outcome) || world.othersEndedMs.length > 0) return null;
  const ends = world.starts.map(({ taken }) => taken?.endsAtMs ?? 0);
  const sinceMs = endedMs - Math.max(...ends);
  return sinceMs < history.settleMs ? `it ended ${sinceMs} ms after the change` : null;
}

/** For how long a stream that was seen in flight must show another key before that is believed. Answers staler than this may deceive. */
const BELIEVED_AFTER_MS = 2_000;

function noFalseFailure({ history, world, result }: Told): string | null {
  if (result.outcome !== 'failed' || !/came back|^the change to .* failed/.test(result.message)) return null;
  const deceived = history.looks.some(({ staleMs }) => staleMs >= BELIEVED_AFTER_MS);
  if (deceived || world.othersEndedMs.length > 0) return null;
  const took = world.starts.find(({ taken }) => taken?.end === 'takes');
  return took === undefined ? null : `the change of ${took.atMs} took, but: ${result.message}`;
}

function notApplicableForAReason({ history, result: { outcome } }: Told): string | null {
  if (outcome !== 'not-applicable') return null;
  const { stands, named, looks, starts, records } = history;
  const goes = stands.is === 'deleting' || [...looks, ...starts, ...records].some(({ meets }) => meets === 'missing');
  return stands.is === 'fed' || (goes && !named) ? null : `it is ${stands.is}, and named: ${named}`;
}

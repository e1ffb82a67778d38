/** The request's criteria for one stream, with the keys they name resolved as far as the comparison needs. */

import { type ArnScope, arnScope } from '../arn.ts';
import { formatKey } from '../format.ts';
import { compareFromKey, compareNamedKey, type Match } from '../keys/compare.ts';
import { parseKeyId, requestScope } from '../keys/key-id.ts';
import {
  formatLookupErrors,
  type Lookup,
  type NamedKey,
  type ResolvedFromKey,
  type ResolvedKey,
  resolveNamedKey
} from '../keys/resolved-key.ts';
import { awsTarget, type ResolvedTarget, resolveTarget } from '../keys/target.ts';
import type { StreamRef, StreamRequest, TargetKey } from '../model.ts';
import { because, isProof, type ResolvedObservation } from './observation.ts';

export type ResolvedCriteria =
  | { readonly which: 'any' }
  | { readonly which: 'customer-managed' }
  | { readonly which: 'approved'; readonly keys: readonly NamedKey[] }
  /** `from`: only a stream that is encrypted with one of these is moved to the target; null if there is no limit. */
  | { readonly which: 'target'; readonly target: ResolvedTarget; readonly from: readonly ResolvedFromKey[] | null }
  | { readonly which: 'unresolved'; readonly why: string };

/** The target, if the criteria have one. */
export function targetOf(criteria: ResolvedCriteria): ResolvedTarget | null {
  return criteria.which === 'target' ? criteria.target : null;
}

type LookUp = (id: string) => Promise<Lookup>;

/** The key to look up before the stream has answered: the target, unless key-type is aws-owned. */
export function targetToLookUp({ criteria }: StreamRequest): string | null {
  return criteria.which === 'target' && criteria.target.type !== 'aws-owned' ? criteria.target.id : null;
}

/** Whether the request lists keys by ARN or id, of which only KMS knows whether one is the AWS managed key. */
export function mayListAwsManagedKey({ criteria, from }: StreamRequest): boolean {
  return (criteria.which === 'approved' ? criteria.ids : idsOf(from)).some(isArnOrId);
}

/** Resolves the criteria for a stream in this state. KMS is called only if the identifiers do not decide. */
export async function resolveCriteria(
  request: StreamRequest,
  observation: ResolvedObservation,
  lookUp: LookUp
): Promise<ResolvedCriteria> {
  const { criteria, stream } = request;
  const scope = arnScope(observation.arn);
  switch (criteria.which) {
    case 'any':
    case 'customer-managed':
      return criteria;
    case 'approved': {
      const compare = (key: ResolvedKey, named: NamedKey) => compareNamedKey(key, named, scope);
      const idScope = requestScope(stream, scope);
      const keys = await resolveNamedKeys(criteria.ids, finalKey(observation), idScope, compare, lookUp);
      return { which: 'approved', keys };
    }
    case 'target': {
      const target = await resolveTargetKey(criteria.target, stream, lookUp, scope);
      if ('unresolved' in target) return { which: 'unresolved', why: target.unresolved };
      return resolveFromKeys(target, request, observation, lookUp);
    }
  }
}

async function resolveTargetKey(target: TargetKey, stream: StreamRef, lookUp: LookUp, scope: ArnScope) {
  if (target.type === 'aws-owned') return awsTarget(stream.kind);
  return resolveTarget(target, stream.kind, await lookUp(target.id), scope, requestScope(stream, scope));
}

/** The target, and the keys that streams may be moved off. */
async function resolveFromKeys(
  target: ResolvedTarget,
  { from, stream }: StreamRequest,
  observation: ResolvedObservation,
  lookUp: LookUp
): Promise<Extract<ResolvedCriteria, { which: 'target' }>> {
  if (from === null) return { which: 'target', target, from };
  const scope = arnScope(observation.arn);
  const idScope = requestScope(stream, scope);
  const words = from.filter((key) => typeof key === 'string');
  const inForce = isProof(observation, target) ? null : finalKey(observation);
  const decided = inForce !== null && words.some((key) => compareFromKey(inForce, key, scope) === 'same');
  const compare = (key: ResolvedKey, named: NamedKey) => compareFromKey(key, named, scope);
  const named = await resolveNamedKeys(idsOf(from), decided ? null : inForce, idScope, compare, lookUp);
  return { which: 'target', target, from: [...words, ...named] };
}

/** Looks up each key that may be the one in force; none if one of them certainly is. */
async function resolveNamedKeys(
  ids: readonly string[],
  inForce: ResolvedKey | null,
  scope: ArnScope | null,
  compare: (inForce: ResolvedKey, named: NamedKey) => Match,
  lookUp: LookUp
): Promise<readonly NamedKey[]> {
  const keys = ids.map((id) => resolveNamedKey(id, null, scope));
  if (inForce === null || keys.some((key) => compare(inForce, key) === 'same')) return keys;
  return Promise.all(
    keys.map(async (key) =>
      compare(inForce, key) === 'unknown' ? resolveNamedKey(key.id, await lookUp(key.id), scope) : key
    )
  );
}

/**
 * Says that it cannot be determined whether the key in force is `what`: which lookups failed, which say what to do, or that none
 * did. `remedy` is what helps in either case.
 */
export function formatUndetermined(
  key: ResolvedKey | null,
  what: string,
  named: readonly NamedKey[] = [],
  remedy = ''
): string {
  const errors = formatLookupErrors(key, named);
  const why = because(errors ?? 'the service and KMS do not say');
  const advice = errors === null && remedy === '' ? RUN_AGAIN_OR_CONTACT_SUPPORT : remedy;
  return `cannot determine whether ${formatKey(key)} is ${what}${why}${advice === '' ? '' : `: ${advice}`}`;
}

const RUN_AGAIN_OR_CONTACT_SUPPORT = 'run again; if it occurs again, contact AWS Support';

function finalKey({ phase, key }: ResolvedObservation): ResolvedKey | null {
  return phase === 'final' ? key : null;
}

function idsOf(keys: StreamRequest['from']): string[] {
  return keys?.flatMap((key) => (typeof key === 'string' ? [] : [key.id])) ?? [];
}

function isArnOrId(id: string): boolean {
  return parseKeyId(id)?.alias === null;
}

/** What is wanted of one stream: the request, with the keys it names made out as far as the comparison needs it. */

import { type ArnScope, arnInScope, arnScope, certainArn, keyForm } from '../keys/key-id.ts';
import {
  awsTarget,
  type Lookup,
  type Match,
  type ResolvedKey,
  type ResolvedTarget,
  resolveTarget
} from '../keys/keys.ts';
import { compareFromKey, compareNamedKey, type NamedKey, namedKey } from '../keys/named-keys.ts';
import type { StreamRequest } from '../model.ts';
import { isProof, type ResolvedCriteria, type ResolvedObservation } from './plan.ts';

type LookUp = (id: string) => Promise<Lookup>;

/** Whether the request names keys to compare with of which only KMS can tell that they are not the AWS managed one. */
export function namesKeysByArn({ criteria, from }: StreamRequest): boolean {
  return (criteria.which === 'approved' ? criteria.ids : idsOf(from)).some(isArnOrId);
}

/** What is wanted of a stream that stands so. KMS is asked for a key only where what is written does not tell. */
export async function resolveCriteria(
  request: StreamRequest,
  state: ResolvedObservation,
  lookUp: LookUp
): Promise<ResolvedCriteria> {
  const { criteria, stream } = request;
  const home = arnScope(state.arn);
  // A stream of another account, which only its ARN reaches, is compared with the ids and aliases of that account.
  const lookUpThere: LookUp = (id) => lookUp(stream.arn === null ? id : arnInScope(id, home));
  switch (criteria.which) {
    case 'any':
    case 'customer-managed':
      return criteria;
    case 'approved': {
      const compare = (key: ResolvedKey, named: NamedKey) => compareNamedKey(key, named, home);
      return { which: 'approved', keys: await makeOut(criteria.ids, keyAtRest(state), home, compare, lookUpThere) };
    }
    case 'aws-owned':
      return withOldKeys(awsTarget(stream.kind), request, state, lookUpThere);
    case 'one': {
      const target = resolveTarget(criteria, stream.kind, await lookUp(criteria.id), home);
      if ('unresolved' in target) return { which: 'unresolved', why: target.unresolved };
      return withOldKeys(target, request, state, lookUpThere);
    }
  }
}

/** The target, and the keys that streams may be moved off to it. */
async function withOldKeys(
  target: ResolvedTarget,
  { from, stream }: StreamRequest,
  state: ResolvedObservation,
  lookUp: LookUp
): Promise<Extract<ResolvedCriteria, { which: 'target' | 'unresolved' }>> {
  if (from === null) return { which: 'target', target, from };
  const home = arnScope(state.arn);
  for (const id of idsOf(from).filter(isArnOrId)) {
    const isTarget =
      target.arn === null
        ? stream.kind === 'kinesis' && isAwsManaged(await lookUp(id))
        : certainArn(id, home) === target.arn;
    if (isTarget) return { which: 'unresolved', why: `from-key-id "${id}" is the key asked for` };
  }
  const words = from.filter((old) => typeof old === 'string');
  const inForce = isProof(state, target) ? null : keyAtRest(state);
  const decided = inForce !== null && words.some((old) => compareFromKey(inForce, old, target, home) === 'same');
  const compare = (key: ResolvedKey, old: NamedKey) => compareFromKey(key, old, target, home);
  const named = await makeOut(idsOf(from), decided ? null : inForce, home, compare, lookUp);
  return { which: 'target', target, from: [...words, ...named] };
}

/** Makes out the keys of these ids. KMS is asked for those that may be the one in force, where none certainly is. */
async function makeOut(
  ids: readonly string[],
  inForce: ResolvedKey | null,
  home: ArnScope,
  compare: (inForce: ResolvedKey, named: NamedKey) => Match,
  lookUp: LookUp
): Promise<readonly NamedKey[]> {
  const written = ids.map((id) => namedKey(id, null, home));
  if (inForce === null || written.some((named) => compare(inForce, named) === 'same')) return written;
  return Promise.all(
    written.map(async (named) =>
      compare(inForce, named) === 'unknown' ? namedKey(named.id, await lookUp(named.id), home) : named
    )
  );
}

function keyAtRest({ phase, key }: ResolvedObservation): ResolvedKey | null {
  return phase === 'final' ? key : null;
}

function idsOf(olds: StreamRequest['from']): string[] {
  return olds?.flatMap((old) => (typeof old === 'string' ? [] : [old.id])) ?? [];
}

function isArnOrId(id: string): boolean {
  return keyForm(id)?.alias === null;
}

function isAwsManaged(lookup: Lookup): boolean {
  return lookup.answer === 'found' && lookup.key.type === 'aws-owned';
}

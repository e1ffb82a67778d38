/** What is wanted of one stream: the request, with the keys it names made out as far as the comparison needs it. */

import { arnInHome, certainArn, type Home, homeOf, keyForm } from './key-forms.ts';
import { awsTarget, type KnownKey, type Lookup, type Match, resolveTarget, type Target } from './keys.ts';
import type { Request } from './model.ts';
import { compareNamed, compareOld, type NamedKey, namedKey } from './named-keys.ts';
import { isProof, type State, type Wanted } from './plan.ts';

type LookUp = (id: string) => Promise<Lookup>;

/** Whether the request names keys to compare with of which only KMS can tell that they are not the AWS managed one. */
export function namesKeysByArn({ asked, from }: Request): boolean {
  return (asked.which === 'approved' ? asked.ids : idsOf(from)).some(isArnOrId);
}

/** What is wanted of a stream that stands so. KMS is asked for a key only where what is written does not tell. */
export async function makeOutWanted(request: Request, state: State, lookUp: LookUp): Promise<Wanted> {
  const { asked, stream } = request;
  const home = homeOf(state.arn);
  // A stream of another account, which only its ARN reaches, is compared with the ids and aliases of that account.
  const lookUpThere: LookUp = (id) => lookUp(stream.arn === null ? id : arnInHome(id, home));
  switch (asked.which) {
    case 'any':
    case 'customer-managed':
      return asked;
    case 'approved': {
      const compare = (key: KnownKey, named: NamedKey) => compareNamed(key, named, home);
      return { which: 'approved', keys: await makeOut(asked.ids, keyAtRest(state), home, compare, lookUpThere) };
    }
    case 'aws-owned':
      return withOldKeys(awsTarget(stream.kind), request, state, lookUpThere);
    case 'one': {
      const target = resolveTarget(asked, stream.kind, await lookUp(asked.id), home);
      if ('unresolved' in target) return { which: 'unresolved', why: target.unresolved };
      return withOldKeys(target, request, state, lookUpThere);
    }
  }
}

/** The target, and the keys that streams may be moved off to it. */
async function withOldKeys(
  target: Target,
  { from, stream }: Request,
  state: State,
  lookUp: LookUp
): Promise<Extract<Wanted, { which: 'target' | 'unresolved' }>> {
  if (from === null) return { which: 'target', target, from };
  const home = homeOf(state.arn);
  for (const id of idsOf(from).filter(isArnOrId)) {
    const isTarget =
      target.arn === null
        ? stream.kind === 'kinesis' && isAwsManaged(await lookUp(id))
        : certainArn(id, home) === target.arn;
    if (isTarget) return { which: 'unresolved', why: `from-key-id "${id}" is the key asked for` };
  }
  const words = from.filter((old) => typeof old === 'string');
  const inForce = isProof(state, target) ? null : keyAtRest(state);
  const decided = inForce !== null && words.some((old) => compareOld(inForce, old, target, home) === 'same');
  const compare = (key: KnownKey, old: NamedKey) => compareOld(key, old, target, home);
  const named = await makeOut(idsOf(from), decided ? null : inForce, home, compare, lookUp);
  return { which: 'target', target, from: [...words, ...named] };
}

/** Makes out the keys of these ids. KMS is asked for those that may be the one in force, where none certainly is. */
async function makeOut(
  ids: readonly string[],
  inForce: KnownKey | null,
  home: Home,
  compare: (inForce: KnownKey, named: NamedKey) => Match,
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

function keyAtRest({ phase, key }: State): KnownKey | null {
  return phase === 'final' ? key : null;
}

function idsOf(olds: Request['from']): string[] {
  return olds?.flatMap((old) => (typeof old === 'string' ? [] : [old.id])) ?? [];
}

function isArnOrId(id: string): boolean {
  return keyForm(id)?.alias === null;
}

function isAwsManaged(lookup: Lookup): boolean {
  return lookup.answer === 'found' && lookup.key.type === 'aws-owned';
}

/** `from-key-id` and the target key: streams cannot be moved off the key that they are moved to. */

import { isSameResource } from '../arn.ts';
import { KINESIS_AWS_ALIAS, type RunRequest } from '../model.ts';
import { type Clock, type ServiceError, TimedOut } from '../ports.ts';
import { retry } from '../retry.ts';
import type { KeyCache } from './key-cache.ts';
import { certainArn, parseKeyId } from './key-id.ts';
import type { Lookup } from './resolved-key.ts';

/** What to do if a key of `from-key-id` is the target. */
export const IS_TARGET = 'this is the target key: give the key to move streams away from';

type Request = Pick<RunRequest, 'criteria' | 'from'> & { readonly selection: Pick<RunRequest['selection'], 'kinds'> };

export interface FromKeyTools {
  readonly keys: KeyCache;
  readonly clock: Clock;
  /** From 0 up to 1. */
  readonly random: () => number;
  readonly log: (line: string) => void;
  /** Ends the lookups. */
  readonly signal: AbortSignal;
}

/**
 * Rejects if a key of `from-key-id` is the target in another form. Otherwise as `select` does: with a `ServiceError`, or with the
 * signal's reason; the message of a `TimedOut` is the error of the last call.
 */
export async function rejectTargetInFromKeys(request: Request, tools: FromKeyTools): Promise<void> {
  const { keys, signal } = tools;
  let lastError = '';
  const onError = ({ message }: ServiceError, willRetry: boolean) => {
    lastError = message;
    if (willRetry) tools.log(`${message}; retrying`);
  };
  try {
    const lookUp = (id: string) => retry(() => keys.lookUp(id, signal), { ...tools, onError });
    const id = await findTargetInFromKeys(request, lookUp);
    if (id !== null) throw new Error(`Input from-key-id is "${id}": ${IS_TARGET}`);
  } catch (error) {
    throw signal.reason instanceof TimedOut ? new TimedOut(lastError) : error;
  }
}

/**
 * The key of `from-key-id` that is the target in another form; null if none is, or if that would need a lookup that is denied.
 * KMS is called only where the identifiers do not decide: for aliases, and for the AWS managed key.
 */
export async function findTargetInFromKeys(
  { criteria, from, selection }: Request,
  lookUp: (id: string) => Promise<Lookup>
): Promise<string | null> {
  const ids = from?.flatMap((key) => (typeof key === 'string' ? [] : [key.id])) ?? [];
  if (criteria.which !== 'target' || ids.length === 0) return null;
  const { type, id: targetId } = criteria.target;
  if (type === 'aws-owned') {
    // No identifier stands for the key that Firehose owns.
    return selection.kinds.includes('kinesis') ? find(ids, (id) => isAwsKeyOfKinesis(id, lookUp)) : null;
  }
  // The id of a key alone is compared when the inputs are read.
  if (!ids.some(isAlias) && !isAlias(targetId)) return null;
  const target = await arnOf(targetId, lookUp);
  return target === null ? null : find(ids, async (id) => isSameResource((await arnOf(id, lookUp)) ?? '', target));
}

async function isAwsKeyOfKinesis(id: string, lookUp: (id: string) => Promise<Lookup>): Promise<boolean> {
  const alias = parseKeyId(id)?.alias;
  if (alias !== null) return alias === KINESIS_AWS_ALIAS;
  const lookup = await lookUp(id);
  return lookup.answer === 'found' && lookup.key.type === 'aws-owned';
}

async function arnOf(id: string, lookUp: (id: string) => Promise<Lookup>): Promise<string | null> {
  const arn = certainArn(id, null);
  if (arn !== null) return arn;
  const lookup = await lookUp(id);
  return lookup.answer === 'found' ? lookup.key.arn : null;
}

function isAlias(id: string): boolean {
  return parseKeyId(id)?.alias !== null;
}

async function find(ids: readonly string[], matches: (id: string) => Promise<boolean>): Promise<string | null> {
  for (const id of ids) if (await matches(id)) return id;
  return null;
}

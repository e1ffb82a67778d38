/** Key identifiers: the forms that KMS accepts, and what a form says without a call to KMS. */

import { type ArnScope, kmsArn, parseArn } from '../arn.ts';
import { KINESIS_AWS_ALIAS, type StreamRef } from '../model.ts';

/** A parsed key identifier. */
export interface KeyId {
  readonly form: 'arn' | 'id' | 'alias' | 'alias-arn';
  /** null for a bare id or alias, which is looked up in the stream's own region. */
  readonly region: string | null;
  /** The alias name without its ARN, `alias/…`; null for a key ARN or key id. */
  readonly alias: string | null;
}

const KEY_RESOURCE = /^key\/[A-Za-z0-9-]+$/;
const ID = /^(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|mrk-[0-9a-f-]{32,36})$/i;
const ALIAS = /^alias\/[A-Za-z0-9/_-]+$/;

/** Parses a key identifier; null if KMS has no such form. Source: KMS API, `DescribeKey` KeyId. */
export function parseKeyId(text: string): KeyId | null {
  if (ID.test(text)) return { form: 'id', region: null, alias: null };
  if (ALIAS.test(text)) return { form: 'alias', region: null, alias: text };
  const arn = parseArn(text);
  if (arn?.service !== 'kms') return null;
  const { region, resource } = arn;
  if (ALIAS.test(resource)) return { form: 'alias-arn', region, alias: resource };
  return KEY_RESOURCE.test(resource) ? { form: 'arn', region, alias: null } : null;
}

/** Whether the text is an alias that AWS made for a key it manages. Nobody can repoint those. */
export function isAwsAlias(text: string): boolean {
  return parseKeyId(text)?.alias?.startsWith('alias/aws/') ?? false;
}

/** Whether the text is AWS' alias for Kinesis in this scope. */
export function isKinesisAwsAlias(text: string, scope: ArnScope): boolean {
  return text === KINESIS_AWS_ALIAS || text === kmsArn(scope, KINESIS_AWS_ALIAS);
}

/** Whether the text is an alias that the account made itself, and may repoint at any time. */
export function isCustomerAlias(text: string): boolean {
  return parseKeyId(text)?.alias?.startsWith('alias/aws/') === false;
}

/**
 * The key ARN that a text stands for without a call to KMS: a key ARN, or a key id in this scope. Otherwise null, also for a
 * key id whose scope is not known.
 */
export function certainArn(text: string, scope: ArnScope | null): string | null {
  const form = parseKeyId(text)?.form;
  if (form === 'arn') return text;
  return form === 'id' && scope !== null ? kmsArn(scope, `key/${text.toLowerCase()}`) : null;
}

/**
 * The scope of the key ids and aliases of the request, which belong to the account of the credentials. Null if that may be
 * another account than the stream's: only a data stream that is given by its ARN can be in another account.
 */
export function requestScope({ kind, arn }: StreamRef, streamScope: ArnScope): ArnScope | null {
  return arn === null || kind === 'firehose' ? streamScope : null;
}

/** A key id or alias name as an ARN of this scope; an ARN is returned unchanged. */
export function arnInScope(text: string, scope: ArnScope): string {
  if (parseKeyId(text)?.form === 'alias') return kmsArn(scope, text);
  return certainArn(text, scope) ?? text;
}

/** KMS through the SDK. */

import { DescribeKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { isSameResource } from '../encryption/arn.ts';
import { parseKeyId } from '../encryption/keys/key-id.ts';
import type { KeyDescription, KeyType } from '../encryption/model.ts';
import type { KeyService } from '../encryption/ports.ts';
import { Fields } from './answers.ts';
import type { Connection } from './connection.ts';

export function kmsKeys(connection: Connection): KeyService {
  const client = new KMSClient(connection.config);
  return {
    async describe(id, signal) {
      const call = { action: 'kms:DescribeKey', resource: id, region: connection.config.region };
      const answer = await connection.call(call, { signal }, (attach, options) =>
        client.send(attach(new DescribeKeyCommand({ KeyId: id })), options)
      );
      return toKeyDescription(id, new Fields(call, answer).structure('KeyMetadata'));
    }
  };
}

/**
 * Converts the answer for a key that was requested by this id. `Enabled` is not read: it is false in the KeyState Updating, in
 * which the key works.
 */
export function toKeyDescription(id: string, metadata: Fields): KeyDescription {
  const arn = metadata.text('Arn');
  if (parseKeyId(arn)?.form !== 'arn') throw metadata.malformed("the answer's Arn is not the ARN of a key");
  if (!isAbout(arn, id)) throw metadata.malformed('the answer describes another key');
  return {
    arn,
    type: KEY_TYPES.get(metadata.text('KeyManager')) ?? null,
    state: metadata.text('KeyState'),
    usage: metadata.optionalText('KeyUsage'),
    spec: metadata.optionalText('KeySpec'),
    deletionDate: metadata.optionalDate('DeletionDate'),
    validTo: metadata.optionalDate('ValidTo')
  };
}

/** Whether a key's ARN is that of the key with this id. Only KMS knows which key an alias points to. */
function isAbout(arn: string, id: string): boolean {
  switch (parseKeyId(id)?.form) {
    case 'arn':
      return isSameResource(arn, id);
    case 'id':
      return arn.toLowerCase().endsWith(`:key/${id.toLowerCase()}`);
    case 'alias':
    case 'alias-arn':
      return true;
    default:
      return false;
  }
}

const KEY_TYPES: ReadonlyMap<string, KeyType> = new Map([
  ['AWS', 'aws-owned'],
  ['CUSTOMER', 'customer-managed']
]);

/** The region of the SDK's own configuration, which is that of the profile; empty if it has none. Sends nothing. */
export function configuredRegion(): Promise<string> {
  return new KMSClient({}).config.region().catch(() => '');
}

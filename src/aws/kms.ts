/** KMS through the SDK. */

import { DescribeKeyCommand, type KeyMetadata, KMSClient } from '@aws-sdk/client-kms';
import type { KeyDescription } from '../encryption/model.ts';
import type { KeyService } from '../encryption/ports.ts';
import { optionalDate, required } from './answers.ts';
import type { Connection } from './connection.ts';
import type { Call } from './errors.ts';

export function kmsKeys(connection: Connection): KeyService {
  const client = new KMSClient(connection.config);
  return {
    async describe(id, signal) {
      const call = { action: 'kms:DescribeKey', resource: id, region: connection.config.region };
      const { KeyMetadata: metadata } = await connection.call(call, { signal }, (attach, options) =>
        client.send(attach(new DescribeKeyCommand({ KeyId: id })), options)
      );
      return toKeyDescription(call, required(call, metadata));
    }
  };
}

/** KeyManager is AWS or CUSTOMER. `Enabled` is not read: it is false in the KeyState Updating, in which the key works. */
export function toKeyDescription(call: Call, metadata: KeyMetadata): KeyDescription {
  return {
    arn: metadata.Arn ?? '',
    type: metadata.KeyManager === 'AWS' ? 'aws-owned' : 'customer-managed',
    state: metadata.KeyState ?? 'unknown',
    usage: metadata.KeyUsage ?? null,
    spec: metadata.KeySpec ?? null,
    deletionDate: optionalDate(call, metadata.DeletionDate),
    validTo: optionalDate(call, metadata.ValidTo)
  };
}

/** The region of the SDK's own configuration, which is that of the profile; empty if it has none. Sends nothing. */
export function configuredRegion(): Promise<string> {
  return new KMSClient({}).config.region().catch(() => '');
}

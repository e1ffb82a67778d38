import { DescribeKeyCommand, type KeyMetadata, KMSClient } from '@aws-sdk/client-kms';
import type { KeyDescription } from '../encryption/model.ts';
import type { KeyService } from '../encryption/ports.ts';
import { addMiddleware, callAws, required } from './calls.ts';
import type { Connection } from './clients.ts';

/** The keys of KMS. */
export function kmsKeys(connection: Connection): KeyService {
  const client = new KMSClient(connection.config);
  addMiddleware(client, 'kms', connection);
  return {
    async describe(id, signal) {
      const call = { action: 'kms:DescribeKey', resource: id, region: connection.config.region };
      const { KeyMetadata: metadata } = await callAws(call, signal, (options) =>
        client.send(new DescribeKeyCommand({ KeyId: id }), options)
      );
      return readMetadata(required(call, metadata));
    }
  };
}

/** Reads what DescribeKey tells. Any KeyManager but AWS is the account's own. */
export function readMetadata(metadata: KeyMetadata): KeyDescription {
  return {
    arn: metadata.Arn ?? '',
    type: metadata.KeyManager === 'AWS' ? 'aws-owned' : 'customer-managed',
    enabled: metadata.Enabled ?? false,
    state: metadata.KeyState ?? 'unknown',
    usage: metadata.KeyUsage ?? null,
    spec: metadata.KeySpec ?? null
  };
}

/** The region of the SDK's own configuration: that of the profile. Rejects where it has none. No request is sent. */
export function configuredRegion(): Promise<string> {
  return new KMSClient({}).config.region();
}

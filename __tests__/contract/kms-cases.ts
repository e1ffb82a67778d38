/** The behavior of KMS for keys and aliases. */

import { CreateAliasCommand, DescribeKeyCommand, type KeyMetadata } from '@aws-sdk/client-kms';
import { type ContractCase, MISSING_ALIAS, MISSING_ID, outcome } from './contract-case.ts';
import type { RunningEmulator } from './servers.ts';

async function describeKey({ clients }: RunningEmulator, keyId: string): Promise<Partial<KeyMetadata>> {
  return (await clients.kms.send(new DescribeKeyCommand({ KeyId: keyId }))).KeyMetadata ?? {};
}

export const KMS_CASES: readonly ContractCase[] = [
  {
    name: 'a key is found by id, key ARN, alias name and alias ARN',
    service: 'kms',
    expected: ['same', 'same', 'same', 'same'],
    async observe(server) {
      const { id, arn, alias, aliasArn } = server.keys;
      const found: string[] = [];
      for (const form of [id, arn, alias, aliasArn]) {
        found.push((await describeKey(server, form)).Arn === arn ? 'same' : 'different');
      }
      return found;
    }
  },
  {
    name: 'a key has the members that encryption depends on',
    service: 'kms',
    expected: {
      Enabled: true,
      KeyState: 'Enabled',
      KeyUsage: 'ENCRYPT_DECRYPT',
      KeySpec: 'SYMMETRIC_DEFAULT',
      KeyManager: 'CUSTOMER',
      MultiRegion: false
    },
    async observe(server) {
      const key = await describeKey(server, server.keys.id);
      const { Enabled, KeyState, KeyUsage, KeySpec, KeyManager, MultiRegion } = key;
      return { Enabled, KeyState, KeyUsage, KeySpec, KeyManager, MultiRegion };
    }
  },
  {
    name: 'a multi-Region key has an id that begins with mrk-',
    service: 'kms',
    expected: { id: true, MultiRegion: true },
    async observe(server) {
      const { KeyId, MultiRegion } = await describeKey(server, server.keys.multiRegionId);
      return { id: /^mrk-[0-9a-f]{32}$/.test(KeyId ?? ''), MultiRegion };
    }
  },
  {
    name: 'a key that does not exist is a NotFoundException',
    service: 'kms',
    expected: ['NotFoundException', 'NotFoundException', 'NotFoundException'],
    async observe(server) {
      const missing = [MISSING_ID, MISSING_ALIAS, 'no-key-at-all'];
      const outcomes: string[] = [];
      for (const keyId of missing) outcomes.push(await outcome(describeKey(server, keyId)));
      return outcomes;
    }
  },
  {
    name: 'a key ARN of another region is a NotFoundException',
    service: 'kms',
    expected: 'NotFoundException',
    observe: (server) => outcome(describeKey(server, server.keys.arn.replace('us-east-1', 'eu-west-1')))
  },
  {
    name: 'alias/aws/kinesis exists without being created',
    service: 'kms',
    expected: { outcome: 'accepted', KeyManager: 'AWS' },
    async observe(server) {
      const found = await outcome(describeKey(server, 'alias/aws/kinesis'));
      return found === 'accepted'
        ? { outcome: found, KeyManager: (await describeKey(server, 'alias/aws/kinesis')).KeyManager }
        : { outcome: found };
    }
  },
  {
    name: 'a duplicate alias and the prefix alias/aws/ are rejected',
    service: 'kms',
    expected: ['AlreadyExistsException', 'InvalidAliasNameException'],
    async observe({ clients, keys }) {
      const createAlias = (name: string) =>
        clients.kms.send(new CreateAliasCommand({ AliasName: name, TargetKeyId: keys.id }));
      return [await outcome(createAlias(keys.alias)), await outcome(createAlias('alias/aws/contract'))];
    }
  }
];

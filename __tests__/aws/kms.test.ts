import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type LocalAws, startLocalAws } from '../../local-aws/server.ts';
import { kmsKeys, toKeyDescription } from '../../src/aws/kms.ts';
import type { KeyService } from '../../src/encryption/ports.ts';
import { connectTo } from './local-connection.ts';

describe('toKeyDescription', () => {
  test('derives the key type from KeyManager', () => {
    expect(toKeyDescription({ KeyId: 'k', KeyManager: 'AWS' }).type).toBe('aws-owned');
    expect(toKeyDescription({ KeyId: 'k', KeyManager: 'CUSTOMER' }).type).toBe('customer-managed');
  });

  test('uses null for missing fields and treats a key without Enabled as disabled', () => {
    expect(toKeyDescription({ KeyId: 'k' })).toMatchObject({
      usage: null,
      spec: null,
      enabled: false,
      state: 'unknown'
    });
  });
});

describe('KMS over HTTP', () => {
  let aws: LocalAws;
  let keys: KeyService;
  const { signal } = new AbortController();

  beforeAll(async () => {
    aws = await startLocalAws();
    keys = kmsKeys(connectTo(aws));
  });
  afterAll(() => aws.close());

  test('returns the same description for every form of a key identifier', async () => {
    const key = aws.kms.createKey();
    aws.kms.createAlias('alias/app', key);
    const description = {
      arn: key.arn,
      type: 'customer-managed',
      enabled: true,
      state: 'Enabled',
      usage: 'ENCRYPT_DECRYPT',
      spec: 'SYMMETRIC_DEFAULT'
    };
    const forms = [key.arn, key.arn.split('/')[1] ?? '', 'alias/app', 'arn:aws:kms:us-east-1:111122223333:alias/app'];
    for (const form of forms) expect(await keys.describe(form, signal)).toEqual(description);
  });

  test('rejects as missing for an unknown key, and as denied with the permission for a forbidden one', async () => {
    await expect(keys.describe('alias/none', signal)).rejects.toMatchObject({ errorKind: 'missing' });
    const { arn } = aws.kms.createKey({ denied: true });
    await expect(keys.describe(arn, signal)).rejects.toMatchObject({
      errorKind: 'denied',
      message: expect.stringContaining('Grant kms:DescribeKey on')
    });
  });
});

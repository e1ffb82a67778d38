import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type LocalAws, startLocalAws } from '../../local-aws/server.ts';
import { kmsKeys, toKeyDescription } from '../../src/aws/kms.ts';
import type { KeyService } from '../../src/encryption/ports.ts';
import { connectTo } from './local-connection.ts';

const CALL = { action: 'kms:DescribeKey', resource: 'k', region: 'us-east-1' };

describe('toKeyDescription', () => {
  test('derives the key type from KeyManager', () => {
    expect(toKeyDescription(CALL, { KeyId: 'k', KeyManager: 'AWS' }).type).toBe('aws-owned');
    expect(toKeyDescription(CALL, { KeyId: 'k', KeyManager: 'CUSTOMER' }).type).toBe('customer-managed');
  });

  test('uses null for missing fields', () => {
    expect(toKeyDescription(CALL, { KeyId: 'k' })).toMatchObject({
      usage: null,
      spec: null,
      deletionDate: null,
      validTo: null,
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
      state: 'Enabled',
      usage: 'ENCRYPT_DECRYPT',
      spec: 'SYMMETRIC_DEFAULT',
      deletionDate: null,
      validTo: null
    };
    const forms = [key.arn, key.arn.split('/')[1] ?? '', 'alias/app', 'arn:aws:kms:us-east-1:111122223333:alias/app'];
    for (const form of forms) expect(await keys.describe(form, signal)).toEqual(description);
  });

  test('returns when a key is deleted and when its material expires', async () => {
    const deletionAt = Date.UTC(2026, 11, 4, 9, 30);
    const validTo = Date.UTC(2027, 0, 15);
    const { arn } = aws.kms.createKey({ state: 'PendingDeletion', deletionAt, validTo });
    expect(await keys.describe(arn, signal)).toMatchObject({
      state: 'PendingDeletion',
      deletionDate: new Date(deletionAt),
      validTo: new Date(validTo)
    });
  });

  test('takes an answer with a date that is out of range for no answer', async () => {
    const { arn } = aws.kms.createKey({ validTo: 1e300 });
    await expect(keys.describe(arn, signal)).rejects.toMatchObject({
      errorKind: 'unanswered',
      message: expect.stringContaining('no valid date')
    });
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

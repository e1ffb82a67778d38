import {
  CreateAliasCommand,
  CreateKeyCommand,
  type CreateKeyCommandInput,
  DescribeKeyCommand,
  type KeyMetadata
} from '@aws-sdk/client-kms';
import { describe, expect, test } from '@jest/globals';
import { ACCOUNT, type Fixture, REGION, rejection, startFixture } from './fixture.ts';

async function describeKey({ clients }: Fixture, keyId: string): Promise<KeyMetadata | undefined> {
  return (await clients.kms.send(new DescribeKeyCommand({ KeyId: keyId }))).KeyMetadata;
}

const PREFIX = `arn:aws:kms:${REGION}:${ACCOUNT}`;
const MISSING = '12345678-1234-1234-1234-123456789012';

describe('DescribeKey', () => {
  test('finds a key by id, key ARN, alias name and alias ARN', async () => {
    await using fixture = await startFixture();
    const key = fixture.aws.kms.createKey();
    const aliasArn = fixture.aws.kms.createAlias('alias/orders', key);

    for (const form of [key.id, key.arn, 'alias/orders', aliasArn]) {
      expect(await describeKey(fixture, form)).toMatchObject({
        Arn: key.arn,
        KeyId: key.id,
        AWSAccountId: ACCOUNT,
        Enabled: true,
        KeyState: 'Enabled',
        KeyUsage: 'ENCRYPT_DECRYPT',
        KeySpec: 'SYMMETRIC_DEFAULT',
        KeyManager: 'CUSTOMER',
        MultiRegion: false
      });
    }
    expect(key.arn).toBe(`${PREFIX}:key/${key.id}`);
    expect(aliasArn).toBe(`${PREFIX}:alias/orders`);
  });

  test('finds the multi-Region key of this region by its mrk- id', async () => {
    await using fixture = await startFixture();
    const local = fixture.aws.kms.createKey({ multiRegion: true });
    fixture.aws.kms.createKey({ id: local.id, region: 'eu-west-1' });

    expect(local.id).toMatch(/^mrk-[0-9a-f]{32}$/);
    expect(await describeKey(fixture, local.id)).toMatchObject({ Arn: local.arn, MultiRegion: true });
  });

  test.each(['Disabled', 'PendingDeletion', 'PendingImport'] as const)(
    'returns the key state %s as soon as it changes',
    async (state) => {
      await using fixture = await startFixture();
      const key = fixture.aws.kms.createKey();
      key.state = state;

      expect(await describeKey(fixture, key.id)).toMatchObject({ KeyState: state, Enabled: false });
    }
  );

  test('resolves an alias to its current key', async () => {
    await using fixture = await startFixture();
    fixture.aws.kms.createAlias('alias/orders', fixture.aws.kms.createKey());
    const second = fixture.aws.kms.createKey();
    fixture.aws.kms.createAlias('alias/orders', second);

    expect(await describeKey(fixture, 'alias/orders')).toMatchObject({ Arn: second.arn });
  });

  test('creates the AWS managed key of Kinesis once, on first use', async () => {
    await using fixture = await startFixture();

    const first = await describeKey(fixture, 'alias/aws/kinesis');

    expect(first).toMatchObject({ KeyManager: 'AWS', Enabled: true });
    expect(await describeKey(fixture, `${PREFIX}:alias/aws/kinesis`)).toEqual(first);
    expect(await describeKey(fixture, first?.KeyId ?? '')).toEqual(first);
  });

  test('finds keys and aliases of other accounts by ARN only', async () => {
    await using fixture = await startFixture();
    const key = fixture.aws.kms.createKey({ accountId: '444455556666' });
    const aliasArn = fixture.aws.kms.createAlias('alias/shared', key);

    expect(await describeKey(fixture, key.arn)).toMatchObject({ AWSAccountId: '444455556666' });
    expect(await describeKey(fixture, aliasArn)).toMatchObject({ Arn: key.arn });
    expect((await rejection(describeKey(fixture, key.id))).name).toBe('NotFoundException');
    expect((await rejection(describeKey(fixture, 'alias/shared'))).name).toBe('NotFoundException');
  });

  test.each([
    ['a key id', MISSING, 'NotFoundException', `Key '${PREFIX}:key/${MISSING}' does not exist`],
    ['a key ARN', `${PREFIX}:key/${MISSING}`, 'NotFoundException', `Key '${PREFIX}:key/${MISSING}' does not exist`],
    ['an alias', 'alias/missing', 'NotFoundException', `Alias ${PREFIX}:alias/missing is not found.`],
    ['an invalid key id', 'orders', 'NotFoundException', "Invalid keyId 'orders'"],
    [
      'an ARN of another region',
      `arn:aws:kms:eu-west-1:${ACCOUNT}:key/${MISSING}`,
      'NotFoundException',
      'Invalid arn eu-west-1'
    ],
    ['an ARN of another service', 'arn:aws:s3:::orders', 'InvalidArnException', 'Invalid ARN: arn:aws:s3:::orders']
  ])('rejects %s that does not resolve to a key', async (_, keyId, name, message) => {
    await using fixture = await startFixture();

    expect(await rejection(describeKey(fixture, keyId))).toMatchObject({ name, message });
  });

  test('can be denied for one key, in every form', async () => {
    await using fixture = await startFixture();
    const key = fixture.aws.kms.createKey({ denied: true });
    fixture.aws.kms.createAlias('alias/orders', key);

    for (const form of [key.id, key.arn, 'alias/orders']) {
      expect(await rejection(describeKey(fixture, form))).toMatchObject({
        name: 'AccessDeniedException',
        message: `User: arn:aws:sts::${ACCOUNT}:assumed-role/deploy/github-actions is not authorized to perform: kms:DescribeKey on resource: ${key.arn} because no identity-based policy allows the kms:DescribeKey action`
      });
    }
    key.denied = false;
    expect(await describeKey(fixture, key.id)).toMatchObject({ Arn: key.arn });
  });

  test('can be denied by the key policy of another account', async () => {
    await using fixture = await startFixture();
    const key = fixture.aws.kms.createKey({ denied: true, accountId: '444455556666' });

    const { name, message } = await rejection(describeKey(fixture, key.arn));

    expect(name).toBe('AccessDeniedException');
    expect(message).toContain('no resource-based policies allow access');
  });

  test('can be denied for every key, whether or not the key exists', async () => {
    await using fixture = await startFixture();
    fixture.aws.kms.describeKeyDenied = true;

    for (const form of [fixture.aws.kms.createKey().id, MISSING, 'alias/aws/kinesis']) {
      expect((await rejection(describeKey(fixture, form))).name).toBe('AccessDeniedException');
    }
  });
});

describe('CreateKey and CreateAlias', () => {
  test('take effect immediately, and reject a duplicate alias', async () => {
    await using fixture = await startFixture();
    const { KeyMetadata } = await fixture.clients.kms.send(new CreateKeyCommand({ MultiRegion: true }));
    const alias = new CreateAliasCommand({ AliasName: 'alias/orders', TargetKeyId: KeyMetadata?.KeyId ?? '' });
    await fixture.clients.kms.send(alias);

    expect(KeyMetadata).toMatchObject({ MultiRegion: true, KeyState: 'Enabled' });
    expect(await describeKey(fixture, 'alias/orders')).toEqual(KeyMetadata);
    expect((await rejection(fixture.clients.kms.send(alias))).name).toBe('AlreadyExistsException');
  });

  test('create signing keys and keys that are pending import', async () => {
    await using fixture = await startFixture();
    const create = async (input: CreateKeyCommandInput) =>
      (await fixture.clients.kms.send(new CreateKeyCommand(input))).KeyMetadata;

    expect(await create({ KeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY' })).toMatchObject({
      KeySpec: 'RSA_2048',
      KeyUsage: 'SIGN_VERIFY'
    });
    expect(await create({ Origin: 'EXTERNAL' })).toMatchObject({ KeyState: 'PendingImport', Origin: 'EXTERNAL' });
  });

  test.each(['orders', 'alias/aws/orders'])('reject the alias name %s', async (name) => {
    await using fixture = await startFixture();
    const target = fixture.aws.kms.createKey().id;
    const request = fixture.clients.kms.send(new CreateAliasCommand({ AliasName: name, TargetKeyId: target }));

    expect((await rejection(request)).name).toBe('InvalidAliasNameException');
  });
});

import {
  CreateAliasCommand,
  CreateKeyCommand,
  type CreateKeyCommandInput,
  DescribeKeyCommand,
  type KeyMetadata
} from '@aws-sdk/client-kms';
import { describe, expect, test } from '@jest/globals';
import { ACCOUNT, REGION, refusal, type Scene, scene } from './harness.ts';

async function describeKey({ clients }: Scene, keyId: string): Promise<KeyMetadata | undefined> {
  return (await clients.kms.send(new DescribeKeyCommand({ KeyId: keyId }))).KeyMetadata;
}

const PREFIX = `arn:aws:kms:${REGION}:${ACCOUNT}`;
const MISSING = '12345678-1234-1234-1234-123456789012';

describe('DescribeKey', () => {
  test('finds a key by its id, its ARN, an alias and the alias’ ARN', async () => {
    await using here = await scene();
    const key = here.aws.kms.createKey();
    const aliasArn = here.aws.kms.createAlias('alias/orders', key);

    for (const form of [key.id, key.arn, 'alias/orders', aliasArn]) {
      expect(await describeKey(here, form)).toMatchObject({
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
    await using here = await scene();
    const local = here.aws.kms.createKey({ multiRegion: true });
    here.aws.kms.createKey({ id: local.id, region: 'eu-west-1' });

    expect(local.id).toMatch(/^mrk-[0-9a-f]{32}$/);
    expect(await describeKey(here, local.id)).toMatchObject({ Arn: local.arn, MultiRegion: true });
  });

  test.each(['Disabled', 'PendingDeletion', 'PendingImport'] as const)(
    'tells that a key is %s, from the moment it is',
    async (state) => {
      await using here = await scene();
      const key = here.aws.kms.createKey();
      key.state = state;

      expect(await describeKey(here, key.id)).toMatchObject({ KeyState: state, Enabled: false });
    }
  );

  test('follows an alias that is pointed to another key', async () => {
    await using here = await scene();
    here.aws.kms.createAlias('alias/orders', here.aws.kms.createKey());
    const second = here.aws.kms.createKey();
    here.aws.kms.createAlias('alias/orders', second);

    expect(await describeKey(here, 'alias/orders')).toMatchObject({ Arn: second.arn });
  });

  test('makes the AWS managed key of Kinesis when it is first asked for, and only once', async () => {
    await using here = await scene();

    const first = await describeKey(here, 'alias/aws/kinesis');

    expect(first).toMatchObject({ KeyManager: 'AWS', Enabled: true });
    expect(await describeKey(here, `${PREFIX}:alias/aws/kinesis`)).toEqual(first);
    expect(await describeKey(here, first?.KeyId ?? '')).toEqual(first);
  });

  test('finds keys and aliases of other accounts by ARN only', async () => {
    await using here = await scene();
    const key = here.aws.kms.createKey({ accountId: '444455556666' });
    const aliasArn = here.aws.kms.createAlias('alias/shared', key);

    expect(await describeKey(here, key.arn)).toMatchObject({ AWSAccountId: '444455556666' });
    expect(await describeKey(here, aliasArn)).toMatchObject({ Arn: key.arn });
    expect((await refusal(describeKey(here, key.id))).name).toBe('NotFoundException');
    expect((await refusal(describeKey(here, 'alias/shared'))).name).toBe('NotFoundException');
  });

  test.each([
    ['a key id', MISSING, 'NotFoundException', `Key '${PREFIX}:key/${MISSING}' does not exist`],
    ['a key ARN', `${PREFIX}:key/${MISSING}`, 'NotFoundException', `Key '${PREFIX}:key/${MISSING}' does not exist`],
    ['an alias', 'alias/missing', 'NotFoundException', `Alias ${PREFIX}:alias/missing is not found.`],
    ['no key id at all', 'orders', 'NotFoundException', "Invalid keyId 'orders'"],
    [
      'an ARN of another region',
      `arn:aws:kms:eu-west-1:${ACCOUNT}:key/${MISSING}`,
      'NotFoundException',
      'Invalid arn eu-west-1'
    ],
    ['an ARN of another service', 'arn:aws:s3:::orders', 'InvalidArnException', 'Invalid ARN: arn:aws:s3:::orders']
  ])('refuses %s that stands for no key', async (_, keyId, name, message) => {
    await using here = await scene();

    expect(await refusal(describeKey(here, keyId))).toMatchObject({ name, message });
  });

  test('of one key can be denied, however it is asked for', async () => {
    await using here = await scene();
    const key = here.aws.kms.createKey({ denied: true });
    here.aws.kms.createAlias('alias/orders', key);

    for (const form of [key.id, key.arn, 'alias/orders']) {
      expect(await refusal(describeKey(here, form))).toMatchObject({
        name: 'AccessDeniedException',
        message: `User: arn:aws:sts::${ACCOUNT}:assumed-role/deploy/github-actions is not authorized to perform: kms:DescribeKey on resource: ${key.arn} because no identity-based policy allows the kms:DescribeKey action`
      });
    }
    key.denied = false;
    expect(await describeKey(here, key.id)).toMatchObject({ Arn: key.arn });
  });

  test('of another account’s key is denied by that key’s policy', async () => {
    await using here = await scene();
    const key = here.aws.kms.createKey({ denied: true, accountId: '444455556666' });

    const { name, message } = await refusal(describeKey(here, key.arn));

    expect(name).toBe('AccessDeniedException');
    expect(message).toContain('no resource-based policies allow access');
  });

  test('can be denied as a whole, whether or not there is such a key', async () => {
    await using here = await scene();
    here.aws.kms.describeKeyDenied = true;

    for (const form of [here.aws.kms.createKey().id, MISSING, 'alias/aws/kinesis']) {
      expect((await refusal(describeKey(here, form))).name).toBe('AccessDeniedException');
    }
  });
});

describe('keys and aliases made by request', () => {
  test('are there at once, and an alias is made once only', async () => {
    await using here = await scene();
    const { KeyMetadata } = await here.clients.kms.send(new CreateKeyCommand({ MultiRegion: true }));
    const alias = new CreateAliasCommand({ AliasName: 'alias/orders', TargetKeyId: KeyMetadata?.KeyId ?? '' });
    await here.clients.kms.send(alias);

    expect(KeyMetadata).toMatchObject({ MultiRegion: true, KeyState: 'Enabled' });
    expect(await describeKey(here, 'alias/orders')).toEqual(KeyMetadata);
    expect((await refusal(here.clients.kms.send(alias))).name).toBe('AlreadyExistsException');
  });

  test('may be asymmetric, for signing, or wait for their material', async () => {
    await using here = await scene();
    const create = async (input: CreateKeyCommandInput) =>
      (await here.clients.kms.send(new CreateKeyCommand(input))).KeyMetadata;

    expect(await create({ KeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY' })).toMatchObject({
      KeySpec: 'RSA_2048',
      KeyUsage: 'SIGN_VERIFY'
    });
    expect(await create({ Origin: 'EXTERNAL' })).toMatchObject({ KeyState: 'PendingImport', Origin: 'EXTERNAL' });
  });

  test.each(['orders', 'alias/aws/orders'])('may not be an alias named %s', async (name) => {
    await using here = await scene();
    const target = here.aws.kms.createKey().id;
    const request = here.clients.kms.send(new CreateAliasCommand({ AliasName: name, TargetKeyId: target }));

    expect((await refusal(request)).name).toBe('InvalidAliasNameException');
  });
});

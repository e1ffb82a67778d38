import type { GetResourcesCommandInput } from '@aws-sdk/client-resource-groups-tagging-api';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  ACCOUNT,
  AWS_KEY,
  DAY_MS,
  DESTINATION,
  type Fixture,
  outcome,
  REGION,
  rejection,
  startFixture
} from './fixture.ts';

let fixture: Fixture;
beforeEach(async () => {
  fixture = await startFixture();
});
afterEach(() => fixture.aws.close());

const PREFIX = `arn:aws:kms:${REGION}:${ACCOUNT}`;
const MISSING = '12345678-1234-1234-1234-123456789012';
const OTHER_ACCOUNT = '444455556666';

describe('DescribeKey', () => {
  const describeKey = (id: string) => fixture.calls.describeKey(id);

  test('finds the multi-Region key of this region by its id', async () => {
    const { id, arn } = fixture.aws.kms.createKey({ multiRegion: true });
    fixture.aws.kms.createKey({ id, region: 'eu-west-1' });
    expect(id).toMatch(/^mrk-[0-9a-f]{32}$/);
    expect(await describeKey(id)).toMatchObject({ Arn: arn, MultiRegion: true });
  });

  test('returns the state of a key as soon as it changes, when it is deleted, and when its material expires', async () => {
    const key = fixture.aws.kms.createKey({ validTo: Date.UTC(2026, 6, 1) });
    expect(await describeKey(key.id)).toMatchObject({ KeyState: 'Enabled', Enabled: true });
    key.state = 'PendingDeletion';
    const expected = { KeyState: 'PendingDeletion', Enabled: false, Origin: 'EXTERNAL' };
    const DeletionDate = new Date(fixture.clock.ms + 30 * DAY_MS);
    const ValidTo = new Date(Date.UTC(2026, 6, 1));
    expect(await describeKey(key.id)).toMatchObject({ ...expected, DeletionDate, ValidTo });
  });

  test('resolves an alias to its current key', async () => {
    fixture.aws.kms.createAlias('alias/orders', fixture.aws.kms.createKey());
    const second = fixture.aws.kms.createKey();
    fixture.aws.kms.createAlias('alias/orders', second);
    expect(await describeKey('alias/orders')).toMatchObject({ Arn: second.arn });
  });

  test('creates the AWS managed key of Kinesis once, on first use', async () => {
    const first = await describeKey(AWS_KEY);
    expect(first).toMatchObject({ KeyManager: 'AWS', Enabled: true });
    for (const form of [`${PREFIX}:${AWS_KEY}`, first.KeyId ?? '']) expect(await describeKey(form)).toEqual(first);
  });

  test('finds keys and aliases of other accounts by ARN only', async () => {
    const key = fixture.aws.kms.createKey({ accountId: OTHER_ACCOUNT });
    const aliasArn = fixture.aws.kms.createAlias('alias/shared', key);
    expect(await describeKey(key.arn)).toMatchObject({ AWSAccountId: OTHER_ACCOUNT });
    expect(await describeKey(aliasArn)).toMatchObject({ Arn: key.arn });
    for (const form of [key.id, 'alias/shared']) expect(await outcome(describeKey(form))).toBe('NotFoundException');
  });

  test.each([
    [MISSING, 'NotFoundException', `Key '${PREFIX}:key/${MISSING}' does not exist`],
    ['alias/missing', 'NotFoundException', `Alias ${PREFIX}:alias/missing is not found.`],
    ['orders', 'NotFoundException', "Invalid keyId 'orders'"],
    [`arn:aws:kms:eu-west-1:${ACCOUNT}:key/${MISSING}`, 'NotFoundException', 'Invalid arn eu-west-1'],
    ['arn:aws:s3:::orders', 'InvalidArnException', 'Invalid ARN: arn:aws:s3:::orders']
  ])('rejects %s, which does not resolve to a key', async (keyId, name, message) => {
    expect(await rejection(describeKey(keyId))).toMatchObject({ name, message });
  });

  test('can be denied for a key in every form, in another account by its policy', async () => {
    const name = 'AccessDeniedException';
    const key = fixture.aws.kms.createKey({ denied: true });
    fixture.aws.kms.createAlias('alias/orders', key);
    const message = `User: arn:aws:sts::${ACCOUNT}:assumed-role/deploy/github-actions is not authorized to perform: kms:DescribeKey on resource: ${key.arn} because no identity-based policy allows the kms:DescribeKey action`;
    for (const form of [key.id, key.arn, 'alias/orders']) {
      expect(await rejection(describeKey(form))).toMatchObject({ name, message });
    }
    const other = fixture.aws.kms.createKey({ denied: true, accountId: OTHER_ACCOUNT });
    const byPolicy = expect.stringContaining('no resource-based policies allow access');
    expect(await rejection(describeKey(other.arn))).toMatchObject({ name, message: byPolicy });
  });
});

describe('GetResources', () => {
  async function get(input: GetResourcesCommandInput): Promise<{ names: (string | undefined)[]; token: string }> {
    const { ResourceTagMappingList: list = [], PaginationToken: token = 'none' } =
      await fixture.calls.tagging.getResources(input);
    return { names: list.map(({ ResourceARN }) => ResourceARN?.split(':')[5]), token };
  }

  const ALL = ['deliverystream/clicks', 'stream/returns', 'stream/orders'];
  const BOTH_TYPES = { ResourceTypeFilters: ['kinesis:stream', 'firehose:deliverystream'] };

  test.each<[string, GetResourcesCommandInput, string[]]>([
    ['a value in another case', { TagFilters: [{ Key: 'team', Values: ['Shop'] }] }, []],
    ['a tag named like an Object property', { TagFilters: [{ Key: 'constructor' }] }, []],
    ['a tag without a value', { TagFilters: [{ Key: 'bare', Values: [''] }] }, ['deliverystream/clicks']],
    ['no filter', {}, ALL],
    ['both types', BOTH_TYPES, ALL],
    ['one type', { ResourceTypeFilters: ['kinesis:stream'] }, ['stream/returns', 'stream/orders']],
    ['a service', { ResourceTypeFilters: ['firehose'] }, ['deliverystream/clicks']],
    ['another type', { ResourceTypeFilters: ['kinesis:consumer'] }, []]
  ])('finds resources, the newest first, by %s', async (_, input, names) => {
    fixture.aws.kinesis.create({ name: 'orders', tags: { team: 'shop' } });
    fixture.aws.kinesis.create({ name: 'returns', tags: { team: 'shop' } });
    fixture.aws.kinesis.create({ name: 'plain' });
    const Tags = [{ Key: 'team', Value: 'web' }, { Key: 'bare' }];
    await fixture.calls.firehose.createDeliveryStream({ DeliveryStreamName: 'clicks', ...DESTINATION, Tags });
    expect(await get(input)).toEqual({ names, token: '' });
  });

  test('lists a resource after its last tag was removed', async () => {
    const stream = fixture.aws.kinesis.create({ name: 'orders', tags: { team: 'shop' } });
    stream.tags = {};
    const { ResourceTagMappingList } = await fixture.calls.tagging.getResources({});
    expect(ResourceTagMappingList).toEqual([{ ResourceARN: stream.arn, Tags: [] }]);
  });

  test('has pages of 100 resources or of ResourcesPerPage, whose tokens are valid for 15 minutes', async () => {
    for (let index = 0; index < 150; index += 1) fixture.aws.kinesis.create({ name: `stream-${index}`, tags: {} });
    const first = await get({});
    fixture.clock.advance(15 * 60_000);
    const last = await get({ PaginationToken: first.token });
    expect([first.names.length, last.names.length, last.token]).toEqual([100, 50, '']);
    expect(new Set([...first.names, ...last.names]).size).toBe(150);
    expect((await get({ ResourcesPerPage: 7, PaginationToken: '' })).names).toEqual(first.names.slice(0, 7));
    fixture.clock.advance(1);
    expect(await outcome(get({ PaginationToken: first.token }))).toBe('PaginationTokenExpiredException');
  });
});

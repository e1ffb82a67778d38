import { describe, expect, test } from '@jest/globals';
import { AWS_KEY, DAY_MS, type Fixture, outcome, rejection, startFixture } from './fixture.ts';

/** The kinds of streams, in the terms that they share. Each creates or calls the stream `orders`. */
const KINDS = [
  {
    kind: 'data stream',
    awsKey: AWS_KEY,
    plain: 'NONE',
    encrypted: 'KMS',
    create: ({ aws }: Fixture, key?: string) => aws.kinesis.create({ name: 'orders', ...(key && { keyId: key }) }),
    createIn: ({ aws }: Fixture, status: string) => aws.kinesis.create({ name: 'orders', status }),
    createChanging: ({ aws }: Fixture, keyId: string, ms: number) =>
      aws.kinesis.create({ name: 'orders', changing: { keyId, ms } }),
    start: ({ calls }: Fixture, key: string) => calls.startKinesis(key),
    put: ({ calls }: Fixture) => calls.putKinesis(),
    statusOf: async ({ calls }: Fixture) => (await calls.describeKinesis()).StreamStatus,
    statuses: ['UPDATING', 'ACTIVE'],
    disabled: { name: 'KMSDisabledException' }
  },
  {
    kind: 'delivery stream',
    awsKey: 'aws-owned',
    plain: false,
    encrypted: true,
    create: ({ aws }: Fixture, key?: string) => aws.firehose.create({ name: 'orders', ...(key && { key }) }),
    createIn: ({ aws }: Fixture, streamStatus: string) => aws.firehose.create({ name: 'orders', streamStatus }),
    createChanging: ({ aws }: Fixture, key: string, ms: number) =>
      aws.firehose.create({ name: 'orders', changing: { key, ms } }),
    start: ({ calls }: Fixture, key: string) => calls.startFirehose(key),
    put: ({ calls }: Fixture) => calls.putFirehose(),
    statusOf: async ({ calls }: Fixture) => (await calls.encryption())?.Status,
    statuses: ['ENABLING', 'ENABLED'],
    disabled: { name: 'InvalidKMSResourceException', code: 'DisabledException' }
  }
];

describe.each(KINDS)('a change of a $kind', ({ awsKey, plain, encrypted, create, start, put, statusOf, ...kind }) => {
  test('takes the duration of the account, or that of the stream', async () => {
    await using fixture = await startFixture();
    const stream = create(fixture);
    for (const ms of [1_000, 60_000, Number.POSITIVE_INFINITY]) {
      stream.changeMs = ms;
      await start(fixture, awsKey === AWS_KEY ? AWS_KEY : fixture.aws.kms.createKey().arn);
      fixture.clock.advance(Math.min(ms, 365 * DAY_MS) - 1);
      expect(await statusOf(fixture)).toBe(kind.statuses[0]);
      fixture.clock.advance(1);
      expect(await statusOf(fixture)).toBe(kind.statuses[ms === Number.POSITIVE_INFINITY ? 0 : 1]);
    }
  });

  test('leaves records unencrypted until five seconds after encryption is first enabled', async () => {
    await using fixture = await startFixture();
    create(fixture);
    const records = [await put(fixture)];
    await start(fixture, awsKey);
    for (const ms of [0, 1000 + 4999, 1]) {
      fixture.clock.advance(ms);
      records.push(await put(fixture));
    }
    expect(records).toEqual([plain, plain, plain, encrypted]);
  });

  test('from one key to another leaves no record unencrypted', async () => {
    await using fixture = await startFixture();
    create(fixture, fixture.aws.kms.createKey().arn);
    const records = [await put(fixture)];
    await start(fixture, awsKey);
    records.push(await put(fixture));
    fixture.clock.advance(1000);
    expect([...records, await put(fixture)]).toEqual([encrypted, encrypted, encrypted]);
  });

  test('is rejected while another change is in progress, which continues', async () => {
    await using fixture = await startFixture();
    kind.createChanging(fixture, awsKey, 5000);
    const { arn } = fixture.aws.kms.createKey();
    expect(await outcome(start(fixture, arn))).toBe('ResourceInUseException');
    fixture.clock.advance(5000);
    expect(await statusOf(fixture)).toBe(kind.statuses[1]);
    await start(fixture, arn);
  });

  test.each(['CREATING', 'DELETING', 'UPDATING'])('is rejected while the stream is %s', async (status) => {
    await using fixture = await startFixture();
    kind.createIn(fixture, status);
    expect(await outcome(start(fixture, awsKey))).toBe('ResourceInUseException');
    fixture.clock.advance(DAY_MS);
    expect(await outcome(start(fixture, awsKey))).toBe('ResourceInUseException');
  });

  test('cannot make records of a disabled key accepted', async () => {
    await using fixture = await startFixture();
    const key = fixture.aws.kms.createKey();
    create(fixture, key.arn);
    expect(await put(fixture)).toBe(encrypted);
    key.state = 'Disabled';
    expect(await rejection(put(fixture))).toMatchObject(kind.disabled);
  });
});

describe('a change of a data stream', () => {
  test('shows the previous key until it ends, or the new one with showsNewKeyAtOnce', async () => {
    for (const showsNewKeyAtOnce of [false, true]) {
      await using fixture = await startFixture({ showsNewKeyAtOnce });
      const { arn } = fixture.aws.kms.createKey();
      fixture.aws.kinesis.create({ name: 'orders', keyId: AWS_KEY });
      await fixture.calls.startKinesis(arn);
      const KeyId = showsNewKeyAtOnce ? arn : AWS_KEY;
      expect(await fixture.calls.describeKinesis()).toMatchObject({ StreamStatus: 'UPDATING', KeyId });
      fixture.clock.advance(1000);
      expect(await fixture.calls.describeKinesis()).toMatchObject({ StreamStatus: 'ACTIVE', KeyId: arn });
    }
  });

  test('can end in ACTIVE with the previous key in force', async () => {
    await using fixture = await startFixture({ changeMs: 0 });
    const { id } = fixture.aws.kms.createKey();
    fixture.aws.kinesis.create({ name: 'orders', keyId: id, changeResult: 'reverted' });
    await fixture.calls.startKinesis(AWS_KEY);
    expect(await fixture.calls.describeKinesis()).toMatchObject({ StreamStatus: 'ACTIVE', KeyId: id });
  });

  test('does not restore a stream that is deleted during the change', async () => {
    await using fixture = await startFixture();
    const stream = fixture.aws.kinesis.create({ name: 'orders' });
    await fixture.calls.startKinesis(AWS_KEY);
    stream.status = 'DELETING';
    fixture.clock.advance(1000);
    expect(await fixture.calls.describeKinesis()).toMatchObject({ StreamStatus: 'DELETING' });
  });

  test('returns a seeded EncryptionType until it ends', async () => {
    await using fixture = await startFixture({ changeMs: 0 });
    fixture.aws.kinesis.create({ name: 'orders', encryptionType: null });
    fixture.aws.kinesis.create({ name: 'odd', encryptionType: 'AES' });
    expect(await fixture.calls.describeKinesis()).not.toHaveProperty('EncryptionType');
    expect(await fixture.calls.describeKinesis('odd')).toMatchObject({ EncryptionType: 'AES' });
    await fixture.calls.startKinesis(AWS_KEY);
    expect(await fixture.calls.describeKinesis()).toMatchObject({ EncryptionType: 'KMS' });
  });
});

describe('a change of a delivery stream', () => {
  const FAILURE = { type: 'CREATE_KMS_GRANT_FAILED', details: 'no grant' };
  const DESCRIPTION = { Type: 'CREATE_KMS_GRANT_FAILED', Details: 'no grant' };

  test('shows the requested key, or with showsKeyInForce the previous one until it ends', async () => {
    for (const showsKeyInForce of [false, true]) {
      await using fixture = await startFixture({ showsKeyInForce });
      const previous = fixture.aws.kms.createKey();
      const disabled = fixture.aws.kms.createKey({ state: 'Disabled' });
      fixture.aws.firehose.create({ name: 'orders', key: previous.arn });
      await fixture.calls.startFirehose(disabled.arn);
      const KeyARN = showsKeyInForce ? previous.arn : disabled.arn;
      expect(await fixture.calls.encryption()).toMatchObject({ Status: 'ENABLING', KeyARN });
      fixture.clock.advance(1000);
      expect(await fixture.calls.encryption()).toMatchObject({ Status: 'ENABLING_FAILED', KeyARN });
    }
  });

  test('that fails keeps the previous key in force, or leaves records unencrypted without one', async () => {
    await using fixture = await startFixture();
    const [previous, disabled] = [fixture.aws.kms.createKey(), fixture.aws.kms.createKey({ state: 'Disabled' })];
    fixture.aws.firehose.create({ name: 'encrypted', key: previous.arn });
    fixture.aws.firehose.create({ name: 'plain' });
    for (const name of ['encrypted', 'plain']) await fixture.calls.startFirehose(disabled.arn, name);
    fixture.clock.advance(60_000);
    expect(await fixture.calls.putFirehose('encrypted')).toBe(true);
    expect(await fixture.calls.putFirehose('plain')).toBe(false);
    expect(fixture.aws.firehose.get('encrypted').key).toBe(previous.arn);
  });

  test('is decided by the key at the end of the change, not at the call, and can be tried again', async () => {
    await using fixture = await startFixture();
    const disabledLater = fixture.aws.kms.createKey();
    const allowedLater = fixture.aws.kms.createKey({ refusedToServices: true });
    for (const name of ['bad', 'good']) fixture.aws.firehose.create({ name });
    await fixture.calls.startFirehose(disabledLater.arn, 'bad');
    await fixture.calls.startFirehose(allowedLater.arn, 'good');
    disabledLater.state = 'Disabled';
    allowedLater.refusedToServices = false;
    fixture.clock.advance(1000);
    allowedLater.refusedToServices = true;
    expect(await fixture.calls.encryption('bad')).toMatchObject({ Status: 'ENABLING_FAILED' });
    expect(await fixture.calls.encryption('good')).toMatchObject({ Status: 'ENABLED' });
    disabledLater.state = 'Enabled';
    await fixture.calls.startFirehose(disabledLater.arn, 'bad');
    fixture.clock.advance(1000);
    disabledLater.state = 'Disabled';
    const KeyType = 'CUSTOMER_MANAGED_CMK';
    expect(await fixture.calls.encryption('bad')).toEqual({ Status: 'ENABLED', KeyARN: disabledLater.arn, KeyType });
  });

  test('can be seeded to fail, always or the first times, with its reason in either place', async () => {
    await using fixture = await startFixture({ changeMs: 0 });
    fixture.aws.firehose.create({ name: 'always', changeFails: FAILURE });
    fixture.aws.firehose.create({ name: 'twice', changeFails: { ...FAILURE, times: 2, onStream: true } });
    const failures: unknown[] = [];
    for (let attempt = 0; attempt < 3; attempt += 1) {
      for (const name of ['always', 'twice']) await fixture.calls.startFirehose('aws-owned', name);
      const { FailureDescription, DeliveryStreamEncryptionConfiguration: encryption } =
        await fixture.calls.describeFirehose('twice');
      expect(await fixture.calls.describeFirehose('always')).not.toHaveProperty('FailureDescription');
      expect((await fixture.calls.encryption('always'))?.FailureDescription).toEqual(DESCRIPTION);
      expect(encryption).not.toHaveProperty('FailureDescription');
      failures.push(encryption?.Status, FailureDescription);
    }
    expect(failures).toEqual(['ENABLING_FAILED', DESCRIPTION, 'ENABLING_FAILED', DESCRIPTION, 'ENABLED', undefined]);
  });

  test.each(['SUSPENDED', 'ENABLING_FAILED', 'DISABLING_FAILED'])('ends a seeded status %s', async (status) => {
    await using fixture = await startFixture({ changeMs: 0 });
    const { arn: KeyARN } = fixture.aws.kms.createKey();
    fixture.aws.firehose.create({ name: 'orders', key: KeyARN, status });
    const key = { KeyARN, KeyType: 'CUSTOMER_MANAGED_CMK' };
    expect(await fixture.calls.encryption()).toEqual({ Status: status, ...key });
    await fixture.calls.startFirehose(KeyARN);
    expect(await fixture.calls.encryption()).toEqual({ Status: 'ENABLED', ...key });
  });
});

describe('a key that a service cannot use', () => {
  const DENIED = ['KMSAccessDeniedException', 'KMS_ACCESS_DENIED', 'AccessDeniedException'] as const;
  const STATE = ['KMSInvalidStateException', 'INVALID_KMS_KEY', 'KMSInvalidStateException'] as const;
  const KIND = ['InvalidArgumentException', 'INVALID_KMS_KEY', undefined] as const;

  test.each([
    ['disabled', { state: 'Disabled' }, 'KMSDisabledException', 'DISABLED_KMS_KEY', 'DisabledException'],
    ['pending deletion', { state: 'PendingDeletion' }, ...STATE],
    ['pending import', { state: 'PendingImport' }, ...STATE],
    ['unavailable', { state: 'Unavailable' }, ...STATE],
    ['not allowed for the service', { refusedToServices: true }, ...DENIED],
    ["another service's AWS managed key", { manager: 'AWS' }, ...DENIED],
    ['asymmetric', { spec: 'RSA_2048', usage: 'ENCRYPT_DECRYPT' }, ...KIND],
    ['for signing', { usage: 'SIGN_VERIFY' }, ...KIND],
    ['in another region', { region: 'eu-west-1' }, 'KMSNotFoundException', 'KMS_KEY_NOT_FOUND', 'NotFoundException']
  ] as const)('because it is %s', async (_, seed, kinesisError, failureType, code) => {
    await using fixture = await startFixture();
    const { arn } = fixture.aws.kms.createKey(seed);
    fixture.aws.kinesis.create({ name: 'orders' });
    fixture.aws.firehose.create({ name: 'orders' });
    expect(await outcome(fixture.calls.startKinesis(arn))).toBe(kinesisError);
    expect(fixture.aws.writes()).toEqual([]);
    await fixture.calls.startFirehose(arn);
    fixture.clock.advance(1000);
    expect(await fixture.calls.encryption()).toMatchObject({
      Status: 'ENABLING_FAILED',
      FailureDescription: { Type: failureType, Details: expect.stringMatching(/\S/) }
    });

    await using checking = await startFixture({ checksKeysAtOnce: true });
    checking.aws.firehose.create({ name: 'orders' });
    const name = code === undefined ? 'InvalidArgumentException' : 'InvalidKMSResourceException';
    const error = await rejection(checking.calls.startFirehose(checking.aws.kms.createKey(seed).arn));
    expect({ name: error.name, code: error.code }).toEqual({ name, code });
    expect(await checking.calls.encryption()).toEqual({ Status: 'DISABLED' });
    await checking.calls.startFirehose(checking.aws.kms.createKey().arn);
  });

  test('is not one that the caller may not describe, that is updating, or of another account', async () => {
    await using fixture = await startFixture({ changeMs: 0 });
    fixture.aws.kinesis.create({ name: 'orders' });
    for (const seed of [{ denied: true }, { state: 'Updating' }, { accountId: '444455556666' }] as const) {
      const { arn } = fixture.aws.kms.createKey(seed);
      await fixture.calls.startKinesis(arn);
      expect(fixture.aws.kinesis.get('orders').keyId).toBe(arn);
    }
  });
});

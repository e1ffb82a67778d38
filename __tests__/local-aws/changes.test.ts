import { describe, expect, test } from '@jest/globals';
import { ACCOUNT, AWS_KEY, DAY_MS, type Fixture, outcome, REGION, rejection, startFixture } from './fixture.ts';

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
    for (const ms of [stream.changeMs, 60_000, Number.POSITIVE_INFINITY]) {
      stream.changeMs = ms;
      await start(fixture, awsKey === AWS_KEY ? AWS_KEY : fixture.aws.kms.createKey().arn);
      fixture.clock.advance(Math.min(ms, 365 * DAY_MS) - 1);
      expect(await statusOf(fixture)).toBe(kind.statuses[0]);
      fixture.clock.advance(1);
      expect(await statusOf(fixture)).toBe(kind.statuses[ms === Number.POSITIVE_INFINITY ? 0 : 1]);
    }
  });

  test('leaves records unencrypted until five seconds after encryption is first enabled, but not later', async () => {
    await using fixture = await startFixture();
    create(fixture);
    const records = [await put(fixture)];
    await start(fixture, awsKey);
    for (const ms of [0, 1000 + 4999, 1]) {
      fixture.clock.advance(ms);
      records.push(await put(fixture));
    }
    await start(fixture, fixture.aws.kms.createKey().arn);
    for (const ms of [0, 1000]) {
      fixture.clock.advance(ms);
      records.push(await put(fixture));
    }
    expect(records).toEqual([plain, plain, plain, encrypted, encrypted, encrypted]);
  });

  test('is rejected while another change is in progress, which continues', async () => {
    await using fixture = await startFixture();
    kind.createChanging(fixture, awsKey, 5000);
    const { arn } = fixture.aws.kms.createKey();
    expect(await outcome(start(fixture, arn))).toBe('ResourceInUseException');
    fixture.clock.advance(5000);
    expect(await statusOf(fixture)).toBe(kind.statuses[1]);
    expect(await outcome(start(fixture, arn))).toBe('accepted');
  });

  test.each(['CREATING', 'DELETING'])('is rejected while the stream is %s', async (status) => {
    await using fixture = await startFixture();
    kind.createIn(fixture, status);
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

test('a change of a data stream shows the previous key until it ends, and does not end a deletion', async () => {
  await using fixture = await startFixture();
  const { arn } = fixture.aws.kms.createKey();
  const stream = fixture.aws.kinesis.create({ name: 'orders', keyId: AWS_KEY });
  await fixture.calls.startKinesis(arn);
  expect(await fixture.calls.describeKinesis()).toMatchObject({ StreamStatus: 'UPDATING', KeyId: AWS_KEY });
  stream.status = 'DELETING';
  fixture.clock.advance(1000);
  expect(await fixture.calls.describeKinesis()).toMatchObject({ StreamStatus: 'DELETING', KeyId: arn });
});

describe('a change of a delivery stream', () => {
  test('without a key is one to the AWS owned key', async () => {
    await using fixture = await startFixture({ changeMs: 0 });
    fixture.aws.firehose.create({ name: 'orders' });
    await fixture.calls.startFirehose(undefined);
    expect(await fixture.calls.encryption()).toEqual({ Status: 'ENABLED', KeyType: 'AWS_OWNED_CMK' });
  });

  test('that fails shows the requested key, and keeps the previous key in force, or no encryption', async () => {
    await using fixture = await startFixture();
    const [previous, disabled] = [fixture.aws.kms.createKey(), fixture.aws.kms.createKey({ state: 'Disabled' })];
    fixture.aws.firehose.create({ name: 'encrypted', key: previous.arn });
    fixture.aws.firehose.create({ name: 'plain' });
    for (const name of ['encrypted', 'plain']) {
      await fixture.calls.startFirehose(disabled.arn, name);
      expect(await fixture.calls.encryption(name)).toMatchObject({ Status: 'ENABLING', KeyARN: disabled.arn });
    }
    fixture.clock.advance(60_000);
    for (const name of ['encrypted', 'plain']) {
      expect(await fixture.calls.encryption(name)).toMatchObject({ Status: 'ENABLING_FAILED', KeyARN: disabled.arn });
      expect(await fixture.calls.putFirehose(name)).toBe(name === 'encrypted');
    }
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
    const KeyType = 'CUSTOMER_MANAGED_CMK';
    expect(await fixture.calls.encryption('bad')).toEqual({ Status: 'ENABLED', KeyARN: disabledLater.arn, KeyType });
  });

  test('can be seeded to fail the first times, with its reason in either place', async () => {
    await using fixture = await startFixture({ changeMs: 0 });
    const FailureDescription = { Type: 'CREATE_KMS_GRANT_FAILED', Details: 'no grant' };
    const failure = { type: 'CREATE_KMS_GRANT_FAILED', details: 'no grant', times: 2 };
    fixture.aws.firehose.create({ name: 'orders', changeFails: failure });
    fixture.aws.firehose.create({ name: 'clicks', changeFails: { ...failure, onStream: true } });
    for (let attempt = 0; attempt < 2; attempt += 1) {
      for (const name of ['orders', 'clicks']) await fixture.calls.startFirehose('aws-owned', name);
      expect(await fixture.calls.encryption('orders')).toMatchObject({ Status: 'ENABLING_FAILED', FailureDescription });
      const { DeliveryStreamEncryptionConfiguration, ...stream } = await fixture.calls.describeFirehose('clicks');
      expect(stream).toMatchObject({ FailureDescription });
      expect(DeliveryStreamEncryptionConfiguration).not.toHaveProperty('FailureDescription');
    }
    await fixture.calls.startFirehose('aws-owned', 'clicks');
    expect(await fixture.calls.encryption('clicks')).toEqual({ Status: 'ENABLED', KeyType: 'AWS_OWNED_CMK' });
    expect(await fixture.calls.describeFirehose('clicks')).not.toHaveProperty('FailureDescription');
  });
});

describe('a key that a service cannot use', () => {
  const MISSING_KEY = `arn:aws:kms:${REGION}:${ACCOUNT}:key/12345678-1234-1234-1234-123456789012`;
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
    ['missing', null, 'KMSNotFoundException', 'KMS_KEY_NOT_FOUND', 'NotFoundException'],
    ['in another region', { region: 'eu-west-1' }, 'KMSNotFoundException', 'KMS_KEY_NOT_FOUND', 'NotFoundException']
  ] as const)('because it is %s', async (_, seed, kinesisError, failureType, code) => {
    await using fixture = await startFixture();
    const arn = seed === null ? MISSING_KEY : fixture.aws.kms.createKey(seed).arn;
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
    const requested = seed === null ? MISSING_KEY : checking.aws.kms.createKey(seed).arn;
    const error = await rejection(checking.calls.startFirehose(requested));
    expect({ name: error.name, code: error.code }).toEqual({ name, code });
    expect(await checking.calls.encryption()).toEqual({ Status: 'DISABLED' });
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

import { describe, expect, test } from '@jest/globals';
import { DAY_MS } from '../../local-aws/account.ts';
import { ACCOUNT, AWS_KEY, outcome, REGION, rejection, startFixture } from './fixture.ts';

test('records stay unencrypted until five seconds after encryption was first enabled, but not after a change of the key', async () => {
  await using fixture = await startFixture();
  const { aws, calls, advance } = fixture;
  aws.kinesis.create({ name: 'orders' });
  aws.firehose.create({ name: 'orders' });
  const put = async (afterMs: number) => {
    advance(afterMs);
    return [await calls.putKinesis(), await calls.putFirehose()];
  };
  await calls.startKinesis(AWS_KEY);
  await calls.startFirehose('aws-owned');
  const plain = ['NONE', false];
  const encrypted = ['KMS', true];
  expect([await put(0), await put(1000 + 4999), await put(1)]).toEqual([plain, plain, encrypted]);
  const { arn } = aws.kms.createKey();
  await calls.startKinesis(arn);
  await calls.startFirehose(arn);
  expect([await put(0), await put(1000)]).toEqual([encrypted, encrypted]);
});

test('a change is rejected while the stream is created, deleted or changed by another caller', async () => {
  await using fixture = await startFixture();
  const { aws, calls, advance } = fixture;
  const { arn } = aws.kms.createKey();
  for (const status of ['CREATING', 'DELETING']) {
    aws.kinesis.create({ name: status, status });
    aws.firehose.create({ name: status, streamStatus: status });
  }
  aws.kinesis.create({ name: 'changing', changing: { keyId: AWS_KEY, ms: 5000 } });
  aws.firehose.create({ name: 'changing', changing: { key: 'aws-owned', ms: 5000 } });
  const start = async (name: string) => [
    await outcome(calls.startKinesis(arn, name)),
    await outcome(calls.startFirehose(arn, name))
  ];
  const rejected = ['ResourceInUseException', 'ResourceInUseException'];
  for (const name of ['CREATING', 'DELETING', 'changing']) expect(await start(name)).toEqual(rejected);
  advance(5000);
  expect(await start('changing')).toEqual(['accepted', 'accepted']);
});

test('a data stream shows the previous key until a change ends', async () => {
  await using fixture = await startFixture();
  const { aws, calls, advance } = fixture;
  const { arn } = aws.kms.createKey();
  aws.kinesis.create({ name: 'orders', keyId: AWS_KEY });
  await calls.startKinesis(arn);
  expect(await calls.describeKinesis()).toMatchObject({ StreamStatus: 'UPDATING', KeyId: AWS_KEY });
  advance(1000);
  expect(await calls.describeKinesis()).toMatchObject({ StreamStatus: 'ACTIVE', KeyId: arn });
});

test('a delivery stream whose change failed shows the requested key, is on the previous one, and can be changed again', async () => {
  await using fixture = await startFixture();
  const { aws, calls, advance } = fixture;
  const [previous, requested] = [aws.kms.createKey(), aws.kms.createKey()];
  const stream = aws.firehose.create({ name: 'orders', key: previous.arn });
  const KeyARN = requested.arn;
  await calls.startFirehose(KeyARN);
  requested.state = 'Disabled';
  expect(await calls.encryption()).toMatchObject({ Status: 'ENABLING', KeyARN });
  advance(1000);
  expect(await calls.encryption()).toMatchObject({ Status: 'ENABLING_FAILED', KeyARN });
  expect([stream.key, await calls.putFirehose()]).toEqual([previous.arn, true]);
  requested.state = 'Enabled';
  await calls.startFirehose(KeyARN);
  advance(1000);
  expect(await calls.encryption()).toEqual({ Status: 'ENABLED', KeyARN, KeyType: 'CUSTOMER_MANAGED_CMK' });
});

describe('a key that a service cannot use is rejected by Kinesis, fails the change of Firehose, and its records', () => {
  const STATE = ['KMSInvalidStateException', 'INVALID_KMS_KEY', 'KMSInvalidStateException'] as const;
  const DENIED = ['KMSAccessDeniedException', 'KMS_ACCESS_DENIED', 'AccessDeniedException'] as const;
  test.each([
    ['disabled', { state: 'Disabled' }, 'KMSDisabledException', 'DISABLED_KMS_KEY', 'DisabledException'],
    ['pending deletion', { state: 'PendingDeletion' }, ...STATE],
    ['not allowed for the service', { refusedToServices: true }, ...DENIED],
    ['for signing', { usage: 'SIGN_VERIFY' }, 'InvalidArgumentException', 'INVALID_KMS_KEY', undefined],
    ['missing', null, 'KMSNotFoundException', 'KMS_KEY_NOT_FOUND', 'NotFoundException']
  ] as const)('%s', async (_, seed, kinesisError, failureType, code) => {
    await using fixture = await startFixture();
    const { aws, calls, advance } = fixture;
    const missing = `arn:aws:kms:${REGION}:${ACCOUNT}:key/12345678-1234-1234-1234-123456789012`;
    const arn = seed === null ? missing : aws.kms.createKey(seed).arn;
    aws.kinesis.create({ name: 'orders' });
    aws.firehose.create({ name: 'orders' });
    aws.firehose.create({ name: 'encrypted', key: arn });
    expect(await outcome(calls.startKinesis(arn))).toBe(kinesisError);
    expect(aws.writes()).toEqual([]);
    await calls.startFirehose(arn);
    advance(1000);
    const FailureDescription = { Type: failureType, Details: expect.stringMatching(/\S/) };
    expect(await calls.encryption()).toMatchObject({ Status: 'ENABLING_FAILED', FailureDescription });
    const error = await rejection(calls.putFirehose('encrypted'));
    const name = code === undefined ? 'InvalidArgumentException' : 'InvalidKMSResourceException';
    expect([error.name, error.code]).toEqual([name, code]);
  });
});

describe('the limit of 25 in a rolling 24 hours', () => {
  const TOO_MANY = { name: 'LimitExceededException', message: expect.stringMatching(/25 .*24 hours/) };

  test('of a data stream counts successful changes', async () => {
    await using fixture = await startFixture({ changeMs: 0 });
    const { aws, calls, advance } = fixture;
    const stream = aws.kinesis.create({ name: 'orders', changeResult: 'reverted' });
    for (let change = 0; change < 26; change += 1) await calls.startKinesis(AWS_KEY);
    expect(await calls.describeKinesis()).toMatchObject({ StreamStatus: 'ACTIVE', EncryptionType: 'NONE' });
    stream.changeResult = 'applied';
    for (let change = 0; change < 25; change += 1) await calls.startKinesis(AWS_KEY);
    advance(DAY_MS - 1);
    expect(await rejection(calls.startKinesis(AWS_KEY))).toMatchObject(TOO_MANY);
    advance(1);
    await calls.startKinesis(AWS_KEY);
  });

  test('of a delivery stream counts calls, rejected ones too', async () => {
    await using fixture = await startFixture();
    const { aws, calls, advance } = fixture;
    aws.firehose.create({ name: 'orders', key: 'aws-owned' });
    for (let call = 0; call < 25; call += 1) {
      expect(await outcome(calls.startFirehose('aws-owned'))).toBe('InvalidArgumentException');
    }
    const { arn } = aws.kms.createKey();
    advance(DAY_MS - 1);
    expect(await rejection(calls.startFirehose(arn))).toMatchObject(TOO_MANY);
    advance(1);
    await calls.startFirehose(arn);
  });
});

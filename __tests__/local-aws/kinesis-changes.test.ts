import { describe, expect, test } from '@jest/globals';
import { DAY_MS, rejection, startFixture } from './fixture.ts';
import { AWS_KEY, describeStream, putRecord, start } from './kinesis-calls.ts';

describe('a change of a data stream', () => {
  test('shows UPDATING with the previous state, then ACTIVE with the new key', async () => {
    await using fixture = await startFixture();
    fixture.aws.kinesis.create({ name: 'orders' });

    await start(fixture, AWS_KEY);
    fixture.clock.advance(999);
    const during = await describeStream(fixture);
    fixture.clock.advance(1);
    const after = await describeStream(fixture);

    expect(during).toMatchObject({ StreamStatus: 'UPDATING', EncryptionType: 'NONE' });
    expect(during).not.toHaveProperty('KeyId');
    expect(after).toMatchObject({ StreamStatus: 'ACTIVE', EncryptionType: 'KMS', KeyId: AWS_KEY });
  });

  test('shows the previous key until a key change ends', async () => {
    await using fixture = await startFixture();
    const key = fixture.aws.kms.createKey();
    fixture.aws.kinesis.create({ name: 'orders', keyId: AWS_KEY });

    await start(fixture, key.arn);

    expect(await describeStream(fixture)).toMatchObject({ StreamStatus: 'UPDATING', KeyId: AWS_KEY });
  });

  test('shows the new key immediately with the option showsNewKeyAtOnce', async () => {
    await using fixture = await startFixture({ showsNewKeyAtOnce: true });
    fixture.aws.kinesis.create({ name: 'orders' });

    await start(fixture, AWS_KEY);

    expect(await describeStream(fixture)).toMatchObject({
      StreamStatus: 'UPDATING',
      EncryptionType: 'KMS',
      KeyId: AWS_KEY
    });
  });

  test('returns each form of a key exactly as requested', async () => {
    await using fixture = await startFixture({ changeMs: 0 });
    const key = fixture.aws.kms.createKey();
    const replica = fixture.aws.kms.createKey({ multiRegion: true });
    const aliasArn = fixture.aws.kms.createAlias('alias/orders', key);
    fixture.aws.kinesis.create({ name: 'orders' });

    for (const form of [key.id, key.arn, 'alias/orders', aliasArn, replica.id, replica.arn, AWS_KEY]) {
      await start(fixture, form);
      expect(await describeStream(fixture)).toMatchObject({ StreamStatus: 'ACTIVE', KeyId: form });
    }
  });

  test('is rejected while another change is in progress, which continues', async () => {
    await using fixture = await startFixture();
    const key = fixture.aws.kms.createKey();
    fixture.aws.kinesis.create({ name: 'orders', changing: { keyId: key.arn, ms: 5000 } });

    const { name, message } = await rejection(start(fixture, AWS_KEY));
    fixture.clock.advance(5000);

    expect(name).toBe('ResourceInUseException');
    expect(message).toContain('UPDATING');
    expect(await describeStream(fixture)).toMatchObject({ StreamStatus: 'ACTIVE', KeyId: key.arn });
  });

  test.each(['CREATING', 'DELETING', 'UPDATING'])('is rejected while the stream is %s', async (status) => {
    await using fixture = await startFixture();
    fixture.aws.kinesis.create({ name: 'orders', status });

    expect((await rejection(start(fixture, AWS_KEY))).name).toBe('ResourceInUseException');
    fixture.clock.advance(DAY_MS);
    expect(await describeStream(fixture)).toMatchObject({ StreamStatus: status });
  });

  test('can end in ACTIVE with the previous key in force', async () => {
    await using fixture = await startFixture();
    const key = fixture.aws.kms.createKey();
    fixture.aws.kinesis.create({ name: 'orders', keyId: key.id, changeResult: 'reverted' });

    await start(fixture, AWS_KEY);
    fixture.clock.advance(1000);

    expect(await describeStream(fixture)).toMatchObject({ StreamStatus: 'ACTIVE', KeyId: key.id });
  });

  test('can be configured never to end', async () => {
    await using fixture = await startFixture({ changeMs: Number.POSITIVE_INFINITY });
    fixture.aws.kinesis.create({ name: 'orders' });

    await start(fixture, AWS_KEY);
    fixture.clock.advance(365 * DAY_MS);

    expect(await describeStream(fixture)).toMatchObject({ StreamStatus: 'UPDATING', EncryptionType: 'NONE' });
  });

  test('uses the duration of the stream rather than that of the account', async () => {
    await using fixture = await startFixture();
    fixture.aws.kinesis.create({ name: 'slow', changeMs: 60_000 });

    await start(fixture, AWS_KEY, 'slow');
    fixture.clock.advance(59_999);
    expect(await describeStream(fixture, 'slow')).toMatchObject({ StreamStatus: 'UPDATING' });
    fixture.clock.advance(1);
    expect(await describeStream(fixture, 'slow')).toMatchObject({ StreamStatus: 'ACTIVE' });
  });

  test('does not restore a stream that is deleted during the change', async () => {
    await using fixture = await startFixture();
    const stream = fixture.aws.kinesis.create({ name: 'orders' });

    await start(fixture, AWS_KEY);
    stream.status = 'DELETING';
    fixture.clock.advance(1000);

    expect(await describeStream(fixture)).toMatchObject({ StreamStatus: 'DELETING' });
  });
});

describe('the key of a data stream', () => {
  test.each([
    ['disabled', { state: 'Disabled' }, 'KMSDisabledException'],
    ['pending deletion', { state: 'PendingDeletion' }, 'KMSInvalidStateException'],
    ['pending import', { state: 'PendingImport' }, 'KMSInvalidStateException'],
    ['unavailable', { state: 'Unavailable' }, 'KMSInvalidStateException'],
    ['not allowed for the service', { refusedToServices: true }, 'KMSAccessDeniedException'],
    ["another service's AWS managed key", { manager: 'AWS' }, 'KMSAccessDeniedException'],
    ['asymmetric', { spec: 'RSA_2048' }, 'InvalidArgumentException'],
    ['for signing', { usage: 'SIGN_VERIFY' }, 'InvalidArgumentException'],
    ['in another region', { region: 'eu-west-1' }, 'KMSNotFoundException']
  ] as const)('is rejected if it is %s', async (_, seed, error) => {
    await using fixture = await startFixture();
    const key = fixture.aws.kms.createKey(seed);
    fixture.aws.kinesis.create({ name: 'orders' });

    expect((await rejection(start(fixture, key.arn))).name).toBe(error);
    expect(await describeStream(fixture)).toMatchObject({ StreamStatus: 'ACTIVE', EncryptionType: 'NONE' });
    expect(fixture.aws.writes()).toEqual([]);
  });

  test.each(['alias/missing', '12345678-1234-1234-1234-123456789012', 'no-key-at-all'])(
    'is rejected if it does not exist: %s',
    async (keyId) => {
      await using fixture = await startFixture();
      fixture.aws.kinesis.create({ name: 'orders' });

      expect((await rejection(start(fixture, keyId))).name).toBe('KMSNotFoundException');
    }
  );

  test('can be a key that the caller may not describe, or a key of another account', async () => {
    await using fixture = await startFixture({ changeMs: 0 });
    const denied = fixture.aws.kms.createKey({ denied: true });
    const foreign = fixture.aws.kms.createKey({ accountId: '444455556666' });
    fixture.aws.kinesis.create({ name: 'orders' });

    await start(fixture, denied.arn);
    await start(fixture, foreign.arn);

    expect(fixture.aws.kinesis.get('orders').keyId).toBe(foreign.arn);
  });

  test('rejects records once it is disabled', async () => {
    await using fixture = await startFixture();
    const key = fixture.aws.kms.createKey();
    fixture.aws.kinesis.create({ name: 'orders', keyId: key.arn });

    expect(await putRecord(fixture)).toBe('KMS');
    key.state = 'Disabled';

    expect((await rejection(putRecord(fixture))).name).toBe('KMSDisabledException');
  });
});

describe('the limit of 25 successful changes in a rolling 24 hours', () => {
  test('rejects the next change, and is named in the message', async () => {
    await using fixture = await startFixture({ changeMs: 1000 });
    fixture.aws.kinesis.create({ name: 'orders' });
    for (let change = 0; change < 25; change += 1) {
      await start(fixture, AWS_KEY);
      fixture.clock.advance(1000);
    }

    const { name, message } = await rejection(start(fixture, AWS_KEY));
    expect(name).toBe('LimitExceededException');
    expect(message).toMatch(/25 .*24 hours/);

    // The first change ended 24 seconds ago.
    fixture.clock.advance(DAY_MS - 24_000 - 1);
    expect((await rejection(start(fixture, AWS_KEY))).name).toBe('LimitExceededException');
    fixture.clock.advance(1);
    await start(fixture, AWS_KEY);
  });

  test('does not count changes that were rejected or reverted', async () => {
    await using fixture = await startFixture({ changeMs: 0 });
    const stream = fixture.aws.kinesis.create({ name: 'orders', changeResult: 'reverted' });
    for (let change = 0; change < 25; change += 1) {
      await start(fixture, AWS_KEY);
      await rejection(start(fixture, 'alias/missing'));
    }
    stream.changeResult = 'applied';
    await start(fixture, AWS_KEY);

    expect(await describeStream(fixture)).toMatchObject({ EncryptionType: 'KMS' });
  });
});

describe('records', () => {
  test('are unencrypted until five seconds after encryption is first enabled', async () => {
    await using fixture = await startFixture();
    fixture.aws.kinesis.create({ name: 'orders' });
    const types: unknown[] = [await putRecord(fixture)];

    await start(fixture, AWS_KEY);
    types.push(await putRecord(fixture));
    fixture.clock.advance(1000 + 4999);
    types.push(await putRecord(fixture));
    fixture.clock.advance(1);
    types.push(await putRecord(fixture));

    expect(types).toEqual(['NONE', 'NONE', 'NONE', 'KMS']);
  });

  test('are encrypted throughout a key change', async () => {
    await using fixture = await startFixture();
    const key = fixture.aws.kms.createKey();
    fixture.aws.kinesis.create({ name: 'orders', keyId: key.id });

    const types: unknown[] = [await putRecord(fixture)];
    await start(fixture, AWS_KEY);
    types.push(await putRecord(fixture));
    fixture.clock.advance(1000);
    types.push(await putRecord(fixture));

    expect(types).toEqual(['KMS', 'KMS', 'KMS']);
  });
});

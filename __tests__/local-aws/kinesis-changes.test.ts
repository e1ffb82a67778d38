import { describe, expect, test } from '@jest/globals';
import { DAY_MS, refusal, scene } from './harness.ts';
import { AWS_KEY, describeStream, putRecord, start } from './kinesis-calls.ts';

describe('a change of a data stream', () => {
  test('goes through UPDATING, with the old state shown, to ACTIVE with the new key', async () => {
    await using here = await scene();
    here.aws.kinesis.create({ name: 'orders' });

    await start(here, AWS_KEY);
    here.clock.advance(999);
    const during = await describeStream(here);
    here.clock.advance(1);
    const after = await describeStream(here);

    expect(during).toMatchObject({ StreamStatus: 'UPDATING', EncryptionType: 'NONE' });
    expect(during).not.toHaveProperty('KeyId');
    expect(after).toMatchObject({ StreamStatus: 'ACTIVE', EncryptionType: 'KMS', KeyId: AWS_KEY });
  });

  test('shows the old key while it moves to another one', async () => {
    await using here = await scene();
    const key = here.aws.kms.createKey();
    here.aws.kinesis.create({ name: 'orders', keyId: AWS_KEY });

    await start(here, key.arn);

    expect(await describeStream(here)).toMatchObject({ StreamStatus: 'UPDATING', KeyId: AWS_KEY });
  });

  test('shows the new key at once in an account told to do so', async () => {
    await using here = await scene({ showsNewKeyAtOnce: true });
    here.aws.kinesis.create({ name: 'orders' });

    await start(here, AWS_KEY);

    expect(await describeStream(here)).toMatchObject({
      StreamStatus: 'UPDATING',
      EncryptionType: 'KMS',
      KeyId: AWS_KEY
    });
  });

  test('echoes each form of a key exactly as it was given', async () => {
    await using here = await scene({ changeMs: 0 });
    const key = here.aws.kms.createKey();
    const replica = here.aws.kms.createKey({ multiRegion: true });
    const aliasArn = here.aws.kms.createAlias('alias/orders', key);
    here.aws.kinesis.create({ name: 'orders' });

    for (const form of [key.id, key.arn, 'alias/orders', aliasArn, replica.id, replica.arn, AWS_KEY]) {
      await start(here, form);
      expect(await describeStream(here)).toMatchObject({ StreamStatus: 'ACTIVE', KeyId: form });
    }
  });

  test('is refused while another one is in flight, which goes on undisturbed', async () => {
    await using here = await scene();
    const key = here.aws.kms.createKey();
    here.aws.kinesis.create({ name: 'orders', changing: { keyId: key.arn, ms: 5000 } });

    const { name, message } = await refusal(start(here, AWS_KEY));
    here.clock.advance(5000);

    expect(name).toBe('ResourceInUseException');
    expect(message).toContain('UPDATING');
    expect(await describeStream(here)).toMatchObject({ StreamStatus: 'ACTIVE', KeyId: key.arn });
  });

  test.each(['CREATING', 'DELETING', 'UPDATING'])('is refused while the stream is %s', async (status) => {
    await using here = await scene();
    here.aws.kinesis.create({ name: 'orders', status });

    expect((await refusal(start(here, AWS_KEY))).name).toBe('ResourceInUseException');
    here.clock.advance(DAY_MS);
    expect(await describeStream(here)).toMatchObject({ StreamStatus: status });
  });

  test('may end ACTIVE with the old key in force', async () => {
    await using here = await scene();
    const key = here.aws.kms.createKey();
    here.aws.kinesis.create({ name: 'orders', keyId: key.id, changeResult: 'comes-back' });

    await start(here, AWS_KEY);
    here.clock.advance(1000);

    expect(await describeStream(here)).toMatchObject({ StreamStatus: 'ACTIVE', KeyId: key.id });
  });

  test('may never end', async () => {
    await using here = await scene({ changeMs: Number.POSITIVE_INFINITY });
    here.aws.kinesis.create({ name: 'orders' });

    await start(here, AWS_KEY);
    here.clock.advance(365 * DAY_MS);

    expect(await describeStream(here)).toMatchObject({ StreamStatus: 'UPDATING', EncryptionType: 'NONE' });
  });

  test('takes as long as its stream says rather than the account', async () => {
    await using here = await scene();
    here.aws.kinesis.create({ name: 'slow', changeMs: 60_000 });

    await start(here, AWS_KEY, 'slow');
    here.clock.advance(59_999);
    expect(await describeStream(here, 'slow')).toMatchObject({ StreamStatus: 'UPDATING' });
    here.clock.advance(1);
    expect(await describeStream(here, 'slow')).toMatchObject({ StreamStatus: 'ACTIVE' });
  });

  test('does not bring a stream back that is deleted in the middle of it', async () => {
    await using here = await scene();
    const stream = here.aws.kinesis.create({ name: 'orders' });

    await start(here, AWS_KEY);
    stream.status = 'DELETING';
    here.clock.advance(1000);

    expect(await describeStream(here)).toMatchObject({ StreamStatus: 'DELETING' });
  });
});

describe('the key of a data stream', () => {
  test.each([
    ['disabled', { state: 'Disabled' }, 'KMSDisabledException'],
    ['pending deletion', { state: 'PendingDeletion' }, 'KMSInvalidStateException'],
    ['pending import', { state: 'PendingImport' }, 'KMSInvalidStateException'],
    ['unavailable', { state: 'Unavailable' }, 'KMSInvalidStateException'],
    ['refused to the service', { refusedToServices: true }, 'KMSAccessDeniedException'],
    ["another service's AWS managed key", { manager: 'AWS' }, 'KMSAccessDeniedException'],
    ['asymmetric', { spec: 'RSA_2048' }, 'InvalidArgumentException'],
    ['for signing', { usage: 'SIGN_VERIFY' }, 'InvalidArgumentException'],
    ['in another region', { region: 'eu-west-1' }, 'KMSNotFoundException']
  ] as const)('that is %s is refused', async (_, seed, error) => {
    await using here = await scene();
    const key = here.aws.kms.createKey(seed);
    here.aws.kinesis.create({ name: 'orders' });

    expect((await refusal(start(here, key.arn))).name).toBe(error);
    expect(await describeStream(here)).toMatchObject({ StreamStatus: 'ACTIVE', EncryptionType: 'NONE' });
    expect(here.aws.writes()).toEqual([]);
  });

  test.each(['alias/missing', '12345678-1234-1234-1234-123456789012', 'no-key-at-all'])(
    'that does not exist (%s) is refused',
    async (keyId) => {
      await using here = await scene();
      here.aws.kinesis.create({ name: 'orders' });

      expect((await refusal(start(here, keyId))).name).toBe('KMSNotFoundException');
    }
  );

  test('may be one whose DescribeKey the caller is denied, or of another account', async () => {
    await using here = await scene({ changeMs: 0 });
    const denied = here.aws.kms.createKey({ denied: true });
    const foreign = here.aws.kms.createKey({ accountId: '444455556666' });
    here.aws.kinesis.create({ name: 'orders' });

    await start(here, denied.arn);
    await start(here, foreign.arn);

    expect(here.aws.kinesis.get('orders').keyId).toBe(foreign.arn);
  });

  test('that is disabled while in force stops records', async () => {
    await using here = await scene();
    const key = here.aws.kms.createKey();
    here.aws.kinesis.create({ name: 'orders', keyId: key.arn });

    expect(await putRecord(here)).toBe('KMS');
    key.state = 'Disabled';

    expect((await refusal(putRecord(here))).name).toBe('KMSDisabledException');
  });
});

describe('25 successful changes in a rolling 24 hours', () => {
  test('are the limit, and the message says which', async () => {
    await using here = await scene({ changeMs: 1000 });
    here.aws.kinesis.create({ name: 'orders' });
    for (let change = 0; change < 25; change += 1) {
      await start(here, AWS_KEY);
      here.clock.advance(1000);
    }

    const { name, message } = await refusal(start(here, AWS_KEY));
    expect(name).toBe('LimitExceededException');
    expect(message).toMatch(/25 .*24 hours/);

    // The first of them ended 24 seconds ago.
    here.clock.advance(DAY_MS - 24_000 - 1);
    expect((await refusal(start(here, AWS_KEY))).name).toBe('LimitExceededException');
    here.clock.advance(1);
    await start(here, AWS_KEY);
  });

  test('do not count changes that were refused or came to nothing', async () => {
    await using here = await scene({ changeMs: 0 });
    const stream = here.aws.kinesis.create({ name: 'orders', changeResult: 'comes-back' });
    for (let change = 0; change < 25; change += 1) {
      await start(here, AWS_KEY);
      await refusal(start(here, 'alias/missing'));
    }
    stream.changeResult = 'applies';
    await start(here, AWS_KEY);

    expect(await describeStream(here)).toMatchObject({ EncryptionType: 'KMS' });
  });
});

describe('records', () => {
  test('are encrypted from five seconds after a first enabling', async () => {
    await using here = await scene();
    here.aws.kinesis.create({ name: 'orders' });
    const seen: unknown[] = [await putRecord(here)];

    await start(here, AWS_KEY);
    seen.push(await putRecord(here));
    here.clock.advance(1000 + 4999);
    seen.push(await putRecord(here));
    here.clock.advance(1);
    seen.push(await putRecord(here));

    expect(seen).toEqual(['NONE', 'NONE', 'NONE', 'KMS']);
  });

  test('are encrypted all along while the key changes', async () => {
    await using here = await scene();
    const key = here.aws.kms.createKey();
    here.aws.kinesis.create({ name: 'orders', keyId: key.id });

    const seen: unknown[] = [await putRecord(here)];
    await start(here, AWS_KEY);
    seen.push(await putRecord(here));
    here.clock.advance(1000);
    seen.push(await putRecord(here));

    expect(seen).toEqual(['KMS', 'KMS', 'KMS']);
  });
});

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type LocalAws, startLocalAws } from '../../local-aws/server.ts';
import { Fields } from '../../src/aws/answers.ts';
import type { Aws } from '../../src/aws/aws.ts';
import { toKeyDescription } from '../../src/aws/kms.ts';
import { MalformedAnswer } from '../../src/encryption/ports.ts';
import { customerKey } from '../support/account.ts';
import { openOn } from './local-connection.ts';

const ID = '1234abcd-12ab-34cd-56ef-1234567890ab';
const ARN = `arn:aws:kms:us-east-1:111122223333:key/${ID}`;
const DESCRIPTION = customerKey(ARN, { usage: null, spec: null });

/** What the answer for this id says. */
function describeKey(fields: Record<string, unknown>, id = ARN) {
  const call = { action: 'kms:DescribeKey', resource: id, region: 'us-east-1' };
  return toKeyDescription(id, new Fields(call, { Arn: ARN, KeyState: 'Enabled', KeyManager: 'CUSTOMER', ...fields }));
}

describe('the answer of DescribeKey', () => {
  test.each([
    [{ KeyManager: 'AWS' }, { type: 'aws-owned' }],
    [{ KeyManager: 'CUSTOMER', KeyUsage: null }, {}],
    [{ KeyManager: 'PARTNER' }, { type: null }],
    [{ KeyUsage: 'SIGN_VERIFY' }, { usage: 'SIGN_VERIFY' }],
    [{ KeySpec: 'RSA_2048' }, { spec: 'RSA_2048' }]
  ])('with %j is read', (fields, expected) => {
    expect(describeKey(fields)).toEqual({ ...DESCRIPTION, ...expected });
  });

  test.each([ID, ID.toUpperCase(), ARN, ARN.replace('arn:aws:', 'arn:aws-us-gov:'), 'alias/app'])(
    'is believed for %s',
    (id) => {
      expect(describeKey({}, id)).toEqual(DESCRIPTION);
    }
  );

  test.each<[string, Record<string, unknown>, string, string]>([
    ['no ARN', { Arn: undefined }, ARN, 'the answer has no Arn'],
    ['an ARN of an alias', { Arn: 'arn:aws:kms:us-east-1:111122223333:alias/a' }, 'alias/a', 'is not the ARN of a key'],
    ['no state', { KeyState: null }, ARN, 'the answer has no KeyState'],
    ['no manager', { KeyManager: '' }, ARN, 'the answer has no KeyManager'],
    ['a usage that is a list', { KeyUsage: [] }, ARN, "the answer's KeyUsage is a list, not a text"],
    ['an id that is none', {}, 'MOON', 'the answer describes another key'],
    ['a key with another id', {}, ID.replace('1', '9'), 'the answer describes another key'],
    ['a key of another account', {}, ARN.replace('1111', '9999'), 'the answer describes another key']
  ])('is not believed with %s', (_, fields, id, defect) => {
    expect(() => describeKey(fields, id)).toThrow(MalformedAnswer);
    expect(() => describeKey(fields, id)).toThrow(defect);
  });
});

describe('KMS over HTTP', () => {
  let aws: LocalAws;
  let run: Aws;
  const { signal } = new AbortController();

  beforeAll(async () => {
    aws = await startLocalAws();
    run = await openOn(aws);
  });
  afterAll(async () => {
    run.close();
    await aws.close();
  });

  test('returns the description of a key, when it is deleted and when its material expires', async () => {
    const deletionDate = new Date(Date.UTC(2026, 11, 4, 9, 30));
    const validTo = new Date(Date.UTC(2027, 0, 15));
    const times = { deletionAt: deletionDate.getTime(), validTo: validTo.getTime() };
    const key = aws.kms.createKey({ state: 'PendingDeletion', ...times });
    aws.kms.createAlias('alias/app', key);
    const expected = customerKey(key.arn, { state: 'PendingDeletion', deletionDate, validTo });
    for (const form of [key.arn, 'alias/app']) expect(await run.keys.describe(form, signal)).toEqual(expected);
  });

  test('rejects for a key that is unknown or forbidden, and for a date that is out of range', async () => {
    await expect(run.keys.describe('alias/none', signal)).rejects.toMatchObject({ errorKind: 'missing' });
    const { arn: forbidden } = aws.kms.createKey({ denied: true });
    const message = expect.stringContaining('Grant kms:DescribeKey on');
    await expect(run.keys.describe(forbidden, signal)).rejects.toMatchObject({ errorKind: 'denied', message });
    const { arn: odd } = aws.kms.createKey({ validTo: 1e300 });
    await expect(run.keys.describe(odd, signal)).rejects.toMatchObject({
      errorKind: 'unanswered',
      message: expect.stringContaining("the answer's ValidTo is out of range, not a valid date")
    });
  });
});

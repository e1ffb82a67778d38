import { describe, expect, jest, test } from '@jest/globals';
import type { RunRequest, StreamRef } from '../src/encryption/model.ts';
import { BadInputs, readRequest } from '../src/inputs.ts';
import { ACCOUNT, AWS_ALIAS, aliasArn, keyArn, NEW, NEW_ID, oneKey, REGION, STREAM_ARN } from './support/words.ts';

type Inputs = Readonly<Record<string, string>>;

/** The fewest inputs that make a request. */
const LEAST = { 'stream-kind': 'kinesis', 'stream-name': 'orders' };

const IN_REGION = { AWS_REGION: REGION };

const NO_PROFILE = () => Promise.reject(new Error('Region is missing'));

function read(
  inputs: Inputs,
  env: Inputs = IN_REGION,
  profileRegion: () => Promise<string> = NO_PROFILE
): Promise<RunRequest> {
  return readRequest({ input: (name) => inputs[name] ?? '', env, profileRegion });
}

/** The request that the fewest inputs and these make. */
function readWith(inputs: Inputs): Promise<RunRequest> {
  return read({ ...LEAST, ...inputs });
}

function streamIn({ selection: { choices } }: RunRequest): StreamRef {
  const [choice] = choices;
  if (choice?.by !== 'name') throw new Error('No stream was named');
  return choice.stream;
}

async function faultsOf(inputs: Inputs, env: Inputs = IN_REGION): Promise<readonly string[]> {
  const request = await read(inputs, env).catch((error: unknown) => error);
  if (request instanceof BadInputs) return request.faults;
  throw new Error(`No fault was found: ${JSON.stringify(request)}`);
}

/** The one fault that the fewest inputs and these have. */
async function faultOf(inputs: Inputs): Promise<string> {
  const [fault = '', ...others] = await faultsOf({ ...LEAST, ...inputs });
  expect(others).toEqual([]);
  return fault;
}

describe('the defaults', () => {
  const request = {
    region: REGION,
    selection: {
      kinds: ['kinesis'],
      choices: [{ by: 'name', stream: { kind: 'kinesis', name: 'orders', arn: null } }],
      tags: []
    },
    mode: 'encrypt',
    asked: { which: 'any' },
    from: null,
    wait: true,
    timeoutMs: 600_000,
    settleMs: 5_000,
    verifyRecords: false,
    reportPath: null
  };

  test('stand for what is left out, or arrives empty from an unset variable', async () => {
    expect(await read(LEAST)).toEqual(request);
  });

  test('of action.yml make the same request', async () => {
    const defaults = {
      mode: 'encrypt',
      'key-type': 'any',
      wait: 'true',
      'timeout-seconds': '600',
      'settle-seconds': '5',
      'verify-records': 'false'
    };
    expect(await readWith(defaults)).toEqual(request);
  });
});

describe('region', () => {
  test.each([
    ['the input', { region: 'us-east-1' }, { AWS_REGION: 'us-east-2', AWS_DEFAULT_REGION: 'us-west-1' }, 'us-east-1'],
    ['AWS_REGION', {}, { AWS_REGION: 'us-east-2', AWS_DEFAULT_REGION: 'us-west-1' }, 'us-east-2'],
    ['AWS_DEFAULT_REGION', {}, { AWS_REGION: '', AWS_DEFAULT_REGION: 'us-west-1' }, 'us-west-1'],
    ["the profile's", {}, {}, 'eu-west-1']
  ])('is %s, in this order', async (_, inputs, env, region) => {
    const request = await read({ ...LEAST, ...inputs }, env, () => Promise.resolve('eu-west-1'));
    expect(request.region).toBe(region);
  });

  test('of the profile is asked for only where nothing else tells it', async () => {
    const profileRegion = jest.fn(NO_PROFILE);
    await read(LEAST, IN_REGION, profileRegion);
    expect(profileRegion).not.toHaveBeenCalled();
  });

  test('that nothing tells is a fault that names the ways out', async () => {
    expect(await faultsOf(LEAST, {})).toEqual([expect.stringMatching(/^Input region is missing: .*AWS_REGION/)]);
  });

  test.each(['us-gov-west-1', 'cn-north-1', 'us-iso-east-1', 'ap-southeast-7', 'eusc-de-east-1'])(
    '%s is one',
    async (region) => {
      expect((await readWith({ region })).region).toBe(region);
    }
  );

  test.each(['Frankfurt', 'eu-central', 'eu-central-1.example.com', 'eu-central-1/', 'EU-CENTRAL-1', 'a b'])(
    '"%s" is none',
    async (region) => {
      expect(await faultOf({ region })).toContain(`Input region is "${region}"`);
    }
  );
});

describe('the stream', () => {
  test.each(['kinesis', 'firehose'] as const)('%s, by its name', async (kind) => {
    const request = await read({ 'stream-kind': kind, 'stream-name': 'a.B_c-9' });
    expect(streamIn(request)).toEqual({ kind, name: 'a.B_c-9', arn: null });
  });

  test.each(['kinesis', 'firehose'] as const)('by an ARN, which tells its kind: %s', async (kind) => {
    const stream = { kind, name: 'orders', arn: STREAM_ARN[kind] };
    expect(streamIn(await read({ 'stream-name': STREAM_ARN[kind] }))).toEqual(stream);
    expect(streamIn(await read({ 'stream-kind': kind, 'stream-name': STREAM_ARN[kind] }))).toEqual(stream);
  });

  test('by an ARN of another partition', async () => {
    const arn = `arn:aws-cn:kinesis:cn-north-1:${ACCOUNT}:stream/orders`;
    expect(streamIn(await read({ 'stream-name': arn, region: 'cn-north-1' }))).toMatchObject({ arn });
  });

  test('without a name is a fault', async () => {
    expect(await faultsOf({ 'stream-kind': 'kinesis' })).toEqual([expect.stringContaining('stream-name is missing')]);
  });

  test('by its name, without a kind, is a fault that names what is allowed', async () => {
    expect(await faultsOf({ 'stream-name': 'orders' })).toEqual([
      expect.stringMatching(/stream-kind is missing.*kinesis or firehose/)
    ]);
  });

  test('without a kind, no name is a fault that some kind has', async () => {
    expect(await faultsOf({ 'stream-name': 'o'.repeat(128) })).toEqual([expect.stringContaining('stream-kind')]);
  });

  test('of an unknown kind is a fault that names what is allowed', async () => {
    expect(await faultOf({ 'stream-kind': 'kafka' })).toBe(
      'Input stream-kind is "kafka": allowed are kinesis, firehose'
    );
  });

  test.each([
    ['firehose', STREAM_ARN.kinesis, 'this is a kinesis stream, but stream-kind says firehose'],
    ['kinesis', STREAM_ARN.firehose, 'this is a firehose stream, but stream-kind says kinesis']
  ])('%s, with an ARN of the other kind, is a fault', async (kind, arn, words) => {
    expect(await faultOf({ 'stream-kind': kind, 'stream-name': arn })).toContain(words);
  });

  test('of another region than the run is a fault that names both', async () => {
    const fault = await faultOf({ 'stream-name': STREAM_ARN.kinesis, region: 'us-east-1' });
    expect(fault).toContain(`"${STREAM_ARN.kinesis}"`);
    expect(fault).toContain(REGION);
    expect(fault).toContain('us-east-1');
  });

  test.each([
    ['kinesis', 'my orders'],
    ['kinesis', 'orders/1'],
    ['kinesis', 'o'.repeat(129)],
    ['firehose', 'o'.repeat(65)],
    ['firehose', 'órdenes']
  ])('%s, named "%s", is a fault that names the rule', async (kind, name) => {
    expect(await faultOf({ 'stream-kind': kind, 'stream-name': name })).toMatch(/stream-name is .* 1 to \d+ letters/);
  });

  test.each([
    ['kinesis', 'o'.repeat(128)],
    ['firehose', 'o'.repeat(64)]
  ])('%s, with the longest name that there is', async (kind, name) => {
    expect(streamIn(await read({ 'stream-kind': kind, 'stream-name': name })).name).toBe(name);
  });

  test.each([
    'arn:aws:kinesis',
    STREAM_ARN.kinesis.replace(':stream/', ':deliverystream/'),
    STREAM_ARN.firehose.replace(':deliverystream/', ':stream/'),
    STREAM_ARN.kinesis.replace('kinesis', 'sqs'),
    STREAM_ARN.kinesis.replace(ACCOUNT, ''),
    `${STREAM_ARN.kinesis}/consumer/one:1`,
    STREAM_ARN.firehose.replace('orders', 'o'.repeat(65))
  ])('by "%s", which is no ARN of a stream, is a fault', async (arn) => {
    expect(await faultsOf({ 'stream-name': arn })).toEqual([expect.stringContaining('not the ARN of a')]);
  });

  test.each(['orders\npayments', 'orders,payments'])('is one: "%s" is a fault', async (names) => {
    expect(await faultOf({ 'stream-name': names })).toContain('give one stream');
  });
});

describe('mode', () => {
  test.each(['encrypt', 'plan', 'check'])('%s is one', async (mode) => {
    expect((await readWith({ mode })).mode).toBe(mode);
  });

  test.each(['dry-run', 'Encrypt', 'encrypt,check'])('"%s" is a fault that names what is allowed', async (mode) => {
    expect(await faultOf({ mode })).toBe(`Input mode is "${mode}": allowed are encrypt, plan, check`);
  });
});

describe('the key asked', () => {
  test.each([
    ['nothing', {}, { which: 'any' }],
    ['any', { 'key-type': 'any' }, { which: 'any' }],
    ['the AWS key', { 'key-type': 'aws-owned' }, { which: 'aws-owned' }],
    ['the AWS key', { 'key-type': 'AWS_OWNED_CMK' }, { which: 'aws-owned' }],
    ['the AWS key', { 'key-type': 'Aws-Owned' }, { which: 'aws-owned' }],
    ['any customer key, in check', { 'key-type': 'customer-managed', mode: 'check' }, { which: 'customer-managed' }],
    [
      'any customer key, in check',
      { 'key-type': 'customer_managed_cmk', mode: 'check' },
      { which: 'customer-managed' }
    ],
    ['one key, whoever manages it', { 'key-id': NEW }, oneKey(NEW)],
    ['one key, of the customer', { 'key-id': NEW, 'key-type': 'customer-managed' }, oneKey(NEW, true)],
    ['one key, of the customer', { 'key-id': NEW, 'key-type': 'CUSTOMER_MANAGED_CMK' }, oneKey(NEW, true)],
    ['one key, in check', { 'key-id': NEW, 'key-type': 'customer-managed', mode: 'check' }, oneKey(NEW, true)]
  ])('%s (%j)', async (_, inputs: Inputs, asked) => {
    expect((await readWith(inputs)).asked).toEqual(asked);
  });

  test.each([
    NEW,
    NEW_ID,
    'mrk-0123456789abcdef0123456789abcdef',
    'alias/orders',
    aliasArn('alias/orders'),
    keyArn('mrk-0123456789abcdef0123456789abcdef')
  ])('in the form %s, for both kinds', async (id) => {
    for (const kind of ['kinesis', 'firehose']) {
      expect((await readWith({ 'stream-kind': kind, 'key-id': id })).asked).toEqual(oneKey(id));
    }
  });

  test.each([undefined, 'aws-owned'])("the ARN of Kinesis' own alias may be another account's: %s", async (type) => {
    const id = aliasArn(AWS_ALIAS);
    expect((await readWith({ 'key-id': id, ...(type && { 'key-type': type }) })).asked).toEqual(oneKey(id));
  });

  test.each([{ 'key-id': AWS_ALIAS }, { 'key-id': AWS_ALIAS, 'key-type': 'aws-owned' }])(
    "Kinesis' own alias is the AWS key: %j",
    async (inputs) => {
      expect((await readWith(inputs)).asked).toEqual({ which: 'aws-owned' });
      expect((await read({ 'stream-name': STREAM_ARN.kinesis, ...inputs })).asked).toEqual({ which: 'aws-owned' });
    }
  );

  test.each(['kms', 'AWS', 'constructor', '__proto__'])('of the unknown type "%s" is a fault', async (type) => {
    expect(await faultOf({ 'key-type': type })).toBe(
      `Input key-type is "${type}": allowed are aws-owned, customer-managed, any`
    );
  });

  test.each(['encrypt', 'plan'])('customer-managed requires key-id in mode %s', async (mode) => {
    expect(await faultOf({ mode, 'key-type': 'customer-managed' })).toContain('key-id is missing');
  });

  test.each([NEW, NEW_ID, 'alias/orders'])('aws-owned with %s is a fault', async (id) => {
    expect(await faultOf({ 'key-type': 'aws-owned', 'key-id': id })).toContain(`key-id is "${id}": key-type aws-owned`);
  });

  test.each(['my-key', 'alias/', `${NEW}/`, STREAM_ARN.kinesis])(
    '"%s" is no key: a fault that names the forms',
    async (id) => {
      expect(await faultOf({ 'key-id': id })).toMatch(/give a key ARN, a key id, an alias name .* or an alias ARN/);
    }
  );

  test.each([keyArn(NEW_ID, { region: 'us-east-1' }), aliasArn('alias/orders', { region: 'us-east-1' })])(
    '%s, of another region than the run, is a fault that names both',
    async (id) => {
      const fault = await faultOf({ 'key-id': id });
      expect(fault).toContain('is in us-east-1');
      expect(fault).toContain(`the run is in ${REGION}`);
    }
  );

  test.each([AWS_ALIAS, aliasArn(AWS_ALIAS)])('customer-managed with %s is a fault', async (id) => {
    for (const kind of ['kinesis', 'firehose']) {
      expect(await faultOf({ 'stream-kind': kind, 'key-type': 'customer-managed', 'key-id': id })).toContain(
        'this is an AWS managed key'
      );
    }
  });

  test.each(['any', 'aws-owned'])('Firehose takes no AWS managed key (key-type %s)', async (type) => {
    for (const id of [AWS_ALIAS, aliasArn(AWS_ALIAS), 'alias/aws/firehose']) {
      expect(await faultOf({ 'stream-kind': 'firehose', 'key-type': type, 'key-id': id })).toContain(
        'Firehose takes no AWS managed key'
      );
    }
  });

  test('of AWS for another service is a fault', async () => {
    expect(await faultOf({ 'key-id': 'alias/aws/s3' })).toContain(AWS_ALIAS);
  });
});

describe('wait and verify-records', () => {
  test.each([
    ['true', true],
    ['TRUE', true],
    ['True', true],
    ['false', false],
    ['False', false]
  ])('"%s" is %s', async (text, value) => {
    expect((await readWith({ wait: text })).wait).toBe(value);
    expect((await readWith({ 'verify-records': text })).verifyRecords).toBe(value);
  });

  test.each(['yes', '1', 'truefalse'])('"%s" is a fault', async (text) => {
    expect(await faultOf({ wait: text })).toBe(`Input wait is "${text}": allowed are true, false`);
    expect(await faultOf({ 'verify-records': text })).toContain(`verify-records is "${text}": allowed are true, false`);
  });

  test('verify-records cannot go with wait: false', async () => {
    expect(await faultOf({ 'verify-records': 'true', wait: 'false' })).toContain('cannot go with wait: false');
  });
});

describe('timeout-seconds and settle-seconds', () => {
  test.each([
    ['1', '0', { timeoutMs: 1_000, settleMs: 0 }],
    ['86400', '60', { timeoutMs: 86_400_000, settleMs: 60_000 }],
    ['1.5', '0.25', { timeoutMs: 1_500, settleMs: 250 }],
    ['0090', '05', { timeoutMs: 90_000, settleMs: 5_000 }]
  ])('%s and %s', async (timeout, settle, request) => {
    expect(await readWith({ 'timeout-seconds': timeout, 'settle-seconds': settle })).toMatchObject(request);
  });

  test.each(['0', '0.9', '86401', '-5', '1e3', '0x10', '10s', '1,5', '5 0', 'Infinity', 'NaN', '.'])(
    'timeout-seconds "%s" is a fault that names the range',
    async (text) => {
      expect(await faultOf({ 'timeout-seconds': text })).toMatch(/timeout-seconds is .* from 1 to 86400$/);
    }
  );

  test.each(['60.1', '-1', '5s', 'five'])('settle-seconds "%s" is a fault that names the range', async (text) => {
    expect(await faultOf({ 'settle-seconds': text })).toMatch(/settle-seconds is .* from 0 to 60$/);
  });

  test.each([
    ['10', '10'],
    ['10', '10.5'],
    ['5', '']
  ])('a timeout of "%s" leaves no time to settle for "%s"', async (timeout, settle) => {
    expect(await faultOf({ 'timeout-seconds': timeout, 'settle-seconds': settle })).toMatch(
      /settle-seconds is .*inside timeout-seconds \([\d.]+\) and must be less/
    );
  });

  test('settling may take nearly the whole timeout', async () => {
    expect(await readWith({ 'timeout-seconds': '5.1' })).toMatchObject({ timeoutMs: 5_100, settleMs: 5_000 });
  });
});

describe('all faults are named at once', () => {
  /** The inputs that faults are about, in their order. */
  async function named(inputs: Inputs, env: Inputs = IN_REGION): Promise<string[]> {
    const faults = await faultsOf(inputs, env);
    return faults.map((fault) => /^Input (\S+) is/.exec(fault)?.[1] ?? fault);
  }

  test('one of each input', async () => {
    const inputs = {
      region: 'here',
      'stream-kind': 'kafka',
      'stream-name': 'my orders',
      mode: 'dry-run',
      'key-type': 'kms',
      'key-id': 'my-key',
      wait: 'yes',
      'timeout-seconds': '0',
      'settle-seconds': '61',
      'verify-records': 'no'
    };
    expect(await named(inputs)).toEqual(Object.keys(inputs));
  });

  test.each([
    ['a missing kind, and a name that no kind has', { 'stream-name': 'my orders' }, ['stream-kind', 'stream-name']],
    ['an unknown kind, and no name', { 'stream-kind': 'kafka' }, ['stream-kind', 'stream-name']],
    [
      'an unknown kind, and an ARN of another region',
      { 'stream-kind': 'kafka', 'stream-name': STREAM_ARN.kinesis, region: 'us-east-1' },
      ['stream-kind', 'stream-name']
    ],
    [
      'an ARN of the other kind and of another region',
      { 'stream-kind': 'firehose', 'stream-name': STREAM_ARN.kinesis, region: 'us-east-1' },
      ['stream-name', 'stream-name']
    ],
    ['an unknown key-type, and no key', { ...LEAST, 'key-type': 'kms', 'key-id': 'my-key' }, ['key-type', 'key-id']],
    [
      'an unknown key-type, and a key of another region',
      { ...LEAST, 'key-type': 'kms', 'key-id': keyArn(NEW_ID, { region: 'us-east-1' }) },
      ['key-type', 'key-id']
    ],
    ['no region, and an ARN', { 'stream-name': 'arn:aws:kinesis', region: 'x' }, ['region', 'stream-name']]
  ])('%s', async (_, inputs: Inputs, names) => {
    expect(await named(inputs)).toEqual(names);
  });

  test('aws-owned with what is no key is told to take none, so that another form is not tried', async () => {
    expect(await faultOf({ 'key-type': 'aws-owned', 'key-id': 'my-key' })).toContain('takes no key-id');
  });

  test('Firehose with an AWS alias of another region is told to take none, so that another region is not tried', async () => {
    const id = aliasArn(AWS_ALIAS, { region: 'us-east-1' });
    expect(await faultOf({ 'stream-kind': 'firehose', 'key-id': id })).toContain('Firehose takes no AWS managed key');
  });

  test('as one message with a line each', async () => {
    await expect(read({ mode: 'x', ...LEAST, wait: 'y' })).rejects.toThrow(/^Input mode .*\nInput wait .*$/);
  });
});

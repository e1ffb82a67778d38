import { describe, expect, test } from '@jest/globals';
import type { AskedKey, Look } from '../../src/encryption/model.ts';
import {
  ACCOUNT,
  AWS_ALIAS,
  AWS_MANAGED,
  aliasArn,
  customerKey,
  disabledKey,
  keyArn,
  NEW,
  NEW_ID,
  OLD,
  OLD_ID,
  OTHER_ACCOUNT,
  STREAM_ARN,
  THIRD
} from '../support/account.ts';
import {
  active,
  deleting,
  disabled,
  enabled,
  enabling,
  enablingFailed,
  fedByKinesis,
  GRANT_FAILED,
  notCreated,
  suspended,
  updating
} from '../support/looks.ts';
import { oneKey } from '../support/requests.ts';
import { type Scene, scene } from '../support/scene.ts';
import { endsAs, refuses, shows, takes } from '../support/simulated-stream.ts';

const AWS_OWNED: AskedKey = { which: 'aws-owned' };

/** The keys that starts were sent with. */
function sent({ stream }: Scene): string[] {
  return stream.starts.map(({ key }) => key.id);
}

describe('nothing asked', () => {
  test.each([
    ['a data stream with a customer key', active(OLD)],
    ['a data stream with the AWS key', active(AWS_ALIAS)],
    ['a data stream with an alias', active('alias/old')],
    ['a delivery stream with a customer key', enabled(OLD)],
    ['a delivery stream with the AWS owned key', enabled()]
  ])('%s stays as it is', async (_, look) => {
    const here = scene(look);
    const result = await here.secure();
    expect(sent(here)).toEqual([]);
    expect(result).toMatchObject({
      outcome: 'unchanged',
      changed: false,
      encrypted: 'true',
      status: look.status,
      key: { id: look.key?.id },
      previousKey: { id: look.key?.id },
      changedTo: null
    });
  });

  test.each([
    ['data stream', active(), AWS_ALIAS, 'ACTIVE'],
    ['delivery stream', disabled(), '', 'ENABLED']
  ])('a %s that is not encrypted gets the AWS key', async (_, look, id, status) => {
    const here = scene(look);
    const result = await here.secure();
    expect(sent(here)).toEqual([id]);
    expect(result).toMatchObject({
      outcome: 'enabled',
      changed: true,
      encrypted: 'true',
      status,
      key: { type: 'aws-owned', id },
      previousKey: null,
      changedTo: { type: 'aws-owned', id }
    });
  });

  test.each([enablingFailed(), suspended(), { ...active(OLD), status: 'MENDING', phase: 'unclear' } as const])(
    'an unclear state ($status) is failed without a write, encrypted unknown',
    async (look) => {
      const here = scene(look);
      const result = await here.secure();
      expect(sent(here)).toEqual([]);
      expect(result).toMatchObject({
        outcome: 'failed',
        changed: false,
        encrypted: 'unknown',
        status: look.status,
        message: expect.stringContaining('name a key-type or key-id')
      });
    }
  );
});

describe('a key asked', () => {
  test.each([
    ['its ARN', NEW],
    ['its id', NEW_ID],
    ['an alias', 'alias/new'],
    ['an alias ARN', aliasArn('alias/new')]
  ])('by %s: a data stream and a delivery stream both get its ARN, and the change is proved', async (_, id) => {
    for (const here of [scene(active(OLD)), scene(enabled(OLD))]) {
      here.keys.add(customerKey(NEW), 'alias/new', aliasArn('alias/new'));
      const result = await here.secure({ asked: oneKey(id) });
      expect(sent(here)).toEqual([NEW]);
      expect(result).toMatchObject({
        outcome: 'rekeyed',
        changed: true,
        encrypted: 'true',
        key: { id: NEW },
        previousKey: { id: OLD },
        message: expect.stringMatching(new RegExp(`was encrypted with ${OLD}; now .* with ${NEW}`))
      });
    }
  });

  test.each([
    [NEW, NEW],
    [NEW, NEW_ID],
    [NEW, 'alias/new'],
    [NEW_ID, NEW],
    [NEW_ID, NEW_ID],
    [NEW_ID, 'alias/new']
  ])('Kinesis reports %s, and %s is asked: the same key, so no write is spent', async (inForce, asked) => {
    const here = scene(active(inForce));
    const result = await here.secure({ asked: oneKey(asked) });
    expect(sent(here)).toEqual([]);
    expect(result).toMatchObject({ outcome: 'unchanged', changed: false, key: { id: inForce } });
  });

  test('a stream that was not encrypted is enabled with the key', async () => {
    const here = scene(active());
    expect(await here.secure({ asked: oneKey(NEW) })).toMatchObject({
      outcome: 'enabled',
      key: { id: NEW },
      previousKey: null
    });
  });

  test('a stream with the AWS key moves to the key', async () => {
    const here = scene(enabled());
    expect(await here.secure({ asked: oneKey(NEW) })).toMatchObject({
      outcome: 'rekeyed',
      previousKey: { type: 'aws-owned', id: '' },
      changedTo: { type: 'customer-managed', id: NEW }
    });
  });

  test('the AWS key asked: a stream with a customer key moves to it', async () => {
    const here = scene(active(OLD));
    expect(await here.secure({ asked: AWS_OWNED })).toMatchObject({
      outcome: 'rekeyed',
      key: { type: 'aws-owned', id: AWS_ALIAS },
      previousKey: { type: 'customer-managed', id: OLD }
    });
    expect(sent(here)).toEqual([AWS_ALIAS]);
  });

  test('an alias in force is no proof: the key itself is sent, once, and it is said', async () => {
    const here = scene(active('alias/new'));
    const first = await here.secure({ asked: oneKey('alias/new') });
    const second = await here.secure({ asked: oneKey('alias/new') });
    expect(sent(here)).toEqual([NEW]);
    expect(first).toMatchObject({
      outcome: 'rekeyed',
      previousKey: { id: 'alias/new' },
      key: { id: NEW },
      message: expect.stringContaining('may have been repointed')
    });
    expect(second).toMatchObject({ outcome: 'unchanged' });
  });

  test('a repointed alias: the key it points to now is sent', async () => {
    const here = scene(active('alias/rotating'));
    here.keys.add(customerKey(THIRD), 'alias/rotating');
    await here.secure({ asked: oneKey('alias/rotating') });
    expect(sent(here)).toEqual([THIRD]);
  });

  test('the key asked is in force but disabled: unchanged, with a warning', async () => {
    const here = scene(active(NEW));
    here.keys.add(disabledKey(NEW));
    expect(await here.secure({ asked: oneKey(NEW) })).toMatchObject({
      outcome: 'unchanged',
      warnings: [expect.stringContaining(`${NEW} is disabled`)]
    });
  });

  test.each([
    ['disabled', disabledKey(NEW)],
    ['pending deletion', customerKey(NEW, { enabled: false, state: 'PendingDeletion' })],
    ['asymmetric', customerKey(NEW, { spec: 'RSA_2048' })],
    ['for signing', customerKey(NEW, { usage: 'SIGN_VERIFY' })],
    ['of another region', customerKey(keyArn(NEW_ID, { region: 'us-east-1' }))]
  ])('a new key that is %s is found before a change is spent', async (_, key) => {
    const here = scene(active(OLD));
    here.keys.add(key);
    expect(await here.secure({ asked: oneKey(NEW_ID) })).toMatchObject({
      outcome: 'failed',
      changed: false,
      encrypted: 'true',
      key: { id: OLD },
      message: expect.stringContaining('No change was sent')
    });
    expect(sent(here)).toEqual([]);
  });

  test('a key that does not exist: failed, nothing sent', async () => {
    const here = scene(active());
    expect(await here.secure({ asked: oneKey('alias/nowhere') })).toMatchObject({
      outcome: 'failed',
      encrypted: 'false',
      message: 'there is no key alias/nowhere'
    });
    expect(sent(here)).toEqual([]);
  });

  test.each([
    ['Kinesis', active(OLD)],
    ['Firehose', enabled(OLD)]
  ])('%s: customer-managed with the ARN of an AWS managed key is an error', async (_, look) => {
    const here = scene(look);
    const result = await here.secure({ asked: oneKey(AWS_MANAGED, true) });
    expect(result).toMatchObject({ outcome: 'failed', message: expect.stringContaining('customer-managed') });
    expect(sent(here)).toEqual([]);
  });

  test('the AWS managed key asked by its ARN, and in force by its alias, is the same key', async () => {
    const here = scene(active(AWS_ALIAS));
    expect(await here.secure({ asked: oneKey(AWS_MANAGED) })).toMatchObject({ outcome: 'unchanged' });
    expect(sent(here)).toEqual([]);
  });

  test('the AWS key asked, and in force by its ARN, is the same key', async () => {
    const here = scene(active(AWS_MANAGED));
    expect(await here.secure({ asked: AWS_OWNED })).toMatchObject({ outcome: 'unchanged' });
  });

  test('Kinesis: the stream is told apart by the ARN asked, and no key is looked up twice', async () => {
    const here = scene(active(OLD));
    await here.secure({ asked: oneKey('alias/new') });
    expect(here.stream.looksMs.length).toBeGreaterThan(2);
    expect(here.keys.asked).toEqual(['alias/new', OLD]);
  });

  test("nothing is asked of KMS where the services' own words are enough", async () => {
    const here = scene(enabled());
    await here.secure({ asked: AWS_OWNED });
    const there = scene(active(AWS_ALIAS));
    await there.secure();
    expect([...here.keys.asked, ...there.keys.asked]).toEqual([]);
  });

  test('Firehose: the configuration in force is never sent again', async () => {
    for (const [look, asked] of [
      [enabled(), AWS_OWNED],
      [enabled(NEW), oneKey('alias/new')],
      [enabled(NEW), oneKey(NEW, true)]
    ] as const) {
      const here = scene(look);
      expect(await here.secure({ asked })).toMatchObject({ outcome: 'unchanged', changed: false });
      expect(sent(here)).toEqual([]);
    }
  });

  test('from a state that tells nothing of the key, it is put in force', async () => {
    for (const look of [enablingFailed(), suspended()]) {
      const here = scene(look);
      expect(await here.secure({ asked: oneKey(NEW) })).toMatchObject({
        outcome: 'rekeyed',
        encrypted: 'true',
        key: { id: NEW },
        previousKey: null
      });
    }
  });
});

describe('without kms:DescribeKey', () => {
  test.each([
    ['the ARN asked is in force', active(NEW), NEW],
    ['the id asked is in force', active(NEW_ID), NEW_ID],
    ['the ARN is in force and its id is asked', active(NEW), NEW_ID],
    ['the ARN asked is in force', enabled(NEW), NEW]
  ])('%s: certain, so unchanged', async (_, look, asked) => {
    const here = scene(look);
    here.keys.denyAll();
    expect(await here.secure({ asked: oneKey(asked) })).toMatchObject({ outcome: 'unchanged' });
    expect(sent(here)).toEqual([]);
  });

  test.each([
    ['not encrypted', active(), 'enabled'],
    ['another ARN in force', active(OLD), 'rekeyed'],
    ['an alias in force', active('alias/old'), 'rekeyed'],
    ['the AWS key in force', active(AWS_ALIAS), 'rekeyed'],
    ['not encrypted', disabled(), 'enabled'],
    ['another ARN in force', enabled(OLD), 'rekeyed']
  ])('a key ARN can be set: %s', async (_, look, outcome) => {
    const here = scene(look);
    here.keys.denyAll();
    expect(await here.secure({ asked: oneKey(NEW) })).toMatchObject({ outcome, key: { id: NEW } });
    expect(sent(here)).toEqual([NEW]);
  });

  test('an alias asked cannot be judged: failed, and the permission is named', async () => {
    const here = scene(active(OLD));
    here.keys.denyAll();
    expect(await here.secure({ asked: oneKey('alias/new') })).toMatchObject({
      outcome: 'failed',
      changed: false,
      message: expect.stringContaining('kms:DescribeKey alias/new')
    });
    expect(sent(here)).toEqual([]);
  });

  test('the AWS key asked on Kinesis, a key ARN in force: failed, and the permission is named', async () => {
    const here = scene(active(OLD));
    here.keys.denyAll();
    expect(await here.secure({ asked: AWS_OWNED })).toMatchObject({
      outcome: 'failed',
      encrypted: 'true',
      message: expect.stringContaining(`kms:DescribeKey ${OLD}`)
    });
    expect(sent(here)).toEqual([]);
  });

  test('nothing asked: an encrypted stream stays as it is', async () => {
    const here = scene(active(OLD));
    here.keys.denyAll();
    expect(await here.secure()).toMatchObject({ outcome: 'unchanged', key: { type: null, id: OLD } });
  });
});

describe('a stream that cannot be secured', () => {
  test.each([
    ['kinesis', active()],
    ['firehose', disabled()]
  ] as const)("%s: the ARN of another account's never acts on the stream of that name here", async (kind, look) => {
    const here = scene(look);
    const arn = STREAM_ARN[kind].replace(ACCOUNT, OTHER_ACCOUNT);
    const result = await here.secure({ stream: { kind, name: 'orders', arn }, asked: oneKey(NEW) });
    expect(sent(here)).toEqual([]);
    expect(result).toMatchObject({ outcome: 'failed', changed: false, arn, encrypted: 'unknown', key: null });
    expect(result.message).toContain(ACCOUNT);
    expect(result.message).toContain(OTHER_ACCOUNT);
  });

  test('asked by its own ARN, the stream is secured', async () => {
    const here = scene(active());
    const stream = { kind: 'kinesis', name: 'orders', arn: STREAM_ARN.kinesis } as const;
    expect(await here.secure({ stream })).toMatchObject({ outcome: 'enabled', arn: STREAM_ARN.kinesis });
  });

  test('that does not exist is failed', async () => {
    const here = scene(active());
    here.stream.nextLooks(refuses('missing', 'there is no stream orders in eu-central-1'));
    expect(await here.secure()).toMatchObject({
      outcome: 'failed',
      changed: false,
      encrypted: 'unknown',
      arn: null,
      status: null,
      key: null,
      message: 'there is no stream orders in eu-central-1. No change was sent. Running again is safe'
    });
  });

  test('that the role may not look at is failed', async () => {
    const here = scene(active());
    here.stream.nextLooks(refuses('denied', 'grant kinesis:DescribeStreamSummary'));
    expect(await here.secure()).toMatchObject({
      outcome: 'failed',
      message: 'grant kinesis:DescribeStreamSummary. No change was sent. Running again is safe'
    });
    expect(here.stream.looksMs).toHaveLength(1);
  });

  test.each([
    ['that is being deleted is failed', deleting(), 'the stream is being deleted'],
    ['that could not be created is failed', notCreated(), 'KMS_ACCESS_DENIED']
  ])('%s', async (_, look, words) => {
    const here = scene(look);
    const result = await here.secure({ asked: oneKey(NEW) });
    expect(result).toMatchObject({ outcome: 'failed', message: expect.stringContaining(words) });
    expect(sent(here)).toEqual([]);
  });

  test('that is deleted while its change is under way is failed, and nobody is said to have overtaken it', async () => {
    const here = scene(active(OLD));
    here.stream.nextStarts(shows(deleting()));
    const { outcome, changed, message } = await here.secure({ asked: oneKey(NEW) });
    expect({ outcome, changed }).toEqual({ outcome: 'failed', changed: true });
    expect(message).toBe(`the change to ${NEW} was sent, but the stream is being deleted`);
  });

  test('whose source is not Direct PUT has no encryption of its own: not-applicable, encrypted unknown', async () => {
    const here = scene(fedByKinesis());
    expect(await here.secure({ asked: oneKey(NEW) })).toMatchObject({
      outcome: 'not-applicable',
      changed: false,
      encrypted: 'unknown',
      key: null,
      message: expect.stringContaining('KinesisStreamAsSource')
    });
    expect(sent(here)).toEqual([]);
  });
});

test('whatever is told of the encryption of a delivery stream fed by something else, it is not its own', async () => {
  const here = scene({ ...enabled(OLD), phase: 'not-applicable', source: 'MSKAsSource' });
  expect(await here.secure()).toMatchObject({ outcome: 'not-applicable', encrypted: 'unknown', key: null });
});

describe('an earlier change in flight', () => {
  test('is waited out; where it ends as asked, nothing is sent', async () => {
    const here = scene(updating(OLD));
    here.stream.show(active(NEW), 20_000);
    const result = await here.secure({ asked: oneKey(NEW) });
    expect(sent(here)).toEqual([]);
    expect(result).toMatchObject({ outcome: 'unchanged', changed: false, encrypted: 'true', key: { id: NEW } });
    expect(here.log.join('\n')).toContain('an earlier change is in flight');
  });

  test('has a key in transit, which is not looked up', async () => {
    const here = scene(updating(OLD));
    here.stream.show(active(NEW), 20_000);
    await here.secure({ asked: oneKey(NEW) });
    expect(here.keys.asked).toEqual([NEW]);
  });

  test('is waited out; where it ends otherwise, the change is sent then', async () => {
    const here = scene(enabling());
    here.stream.show(enabled(OLD), 20_000);
    const result = await here.secure({ asked: oneKey(NEW) });
    expect(result).toMatchObject({ outcome: 'rekeyed', previousKey: { id: OLD }, key: { id: NEW } });
    expect(here.stream.starts).toHaveLength(1);
    expect(here.stream.starts[0]?.atMs).toBeGreaterThanOrEqual(20_000);
  });

  test('that ends in failure leaves nobody able to tell: the change is sent, and is a move', async () => {
    const here = scene(enabling());
    here.stream.show(enablingFailed(), 3_000);
    expect(await here.secure({ asked: oneKey(NEW) })).toMatchObject({ outcome: 'rekeyed', previousKey: null });
  });

  test('a stream that is still being created is waited for', async () => {
    const here = scene({ ...updating(), status: 'CREATING' });
    here.stream.show(active(), 8_000);
    expect(await here.secure()).toMatchObject({ outcome: 'enabled' });
  });

  test('the key in force before our change is the one the earlier change put there', async () => {
    const here = scene(active(OLD));
    here.stream.nextStarts((stream) => {
      stream.show(updating(OLD));
      stream.show(active(THIRD), 4_000);
      refuses('busy')();
    });
    const result = await here.secure({ asked: oneKey(NEW) });
    expect(sent(here)).toEqual([NEW, NEW]);
    expect(result).toMatchObject({ outcome: 'rekeyed', previousKey: { id: THIRD }, key: { id: NEW } });
  });
});

describe('a Firehose change that fails', () => {
  test('keeps the old key, and says so with the type and the details of the failure', async () => {
    const here = scene(enabled(OLD));
    here.stream.nextStarts(endsAs(2_000, enablingFailed()));
    const result = await here.secure({ asked: oneKey(NEW) });
    expect(result).toMatchObject({
      outcome: 'failed',
      changed: true,
      status: 'ENABLING_FAILED',
      encrypted: 'true',
      key: { type: 'customer-managed', id: OLD },
      previousKey: { type: 'customer-managed', id: OLD },
      changedTo: { id: NEW }
    });
    expect(result.message).toContain(GRANT_FAILED);
    expect(result.message).toContain(`still encrypted with ${OLD}`);
    expect(here.stream.starts).toHaveLength(1);
  });

  test('of the AWS owned key to a customer key: it is still encrypted with the AWS owned key', async () => {
    const here = scene(enabled());
    here.stream.nextStarts(endsAs(2_000, enablingFailed()));
    expect(await here.secure({ asked: oneKey(NEW) })).toMatchObject({
      outcome: 'failed',
      encrypted: 'true',
      key: { type: 'aws-owned', id: '' }
    });
  });

  test('at first enabling leaves it not encrypted', async () => {
    const here = scene(disabled());
    here.stream.nextStarts(endsAs(2_000, enablingFailed()));
    expect(await here.secure({ asked: oneKey(NEW) })).toMatchObject({
      outcome: 'failed',
      changed: true,
      encrypted: 'false',
      key: null,
      previousKey: null,
      message: expect.stringContaining('still not encrypted')
    });
  });

  test('after an attempt that had failed before: nobody can tell what is in force', async () => {
    const here = scene(enablingFailed('DISABLED_KMS_KEY: it was disabled'));
    here.stream.nextStarts(endsAs(2_000, enablingFailed()));
    expect(await here.secure({ asked: oneKey(NEW) })).toMatchObject({
      outcome: 'failed',
      encrypted: 'unknown',
      key: null,
      previousKey: null,
      message: expect.stringContaining(GRANT_FAILED)
    });
  });

  test('before anyone saw it under way is noticed by the new failure, at the next look', async () => {
    const here = scene(enabled(OLD));
    here.stream.nextStarts((stream) => stream.show(enablingFailed()));
    const result = await here.secure({ asked: oneKey(NEW) });
    expect(result).toMatchObject({ outcome: 'failed', encrypted: 'true', key: { id: OLD } });
    expect(result.durationSeconds).toBeLessThan(1);
  });

  test('just as the attempt before it, and unseen, is believed five seconds after the start', async () => {
    const here = scene(enablingFailed());
    here.stream.nextStarts((stream) => stream.show(enablingFailed()));
    const result = await here.secure({ asked: oneKey(NEW) });
    expect(result).toMatchObject({ outcome: 'failed', encrypted: 'unknown' });
    expect(result.durationSeconds).toBeGreaterThanOrEqual(5);
    expect(result.durationSeconds).toBeLessThan(6);
  });

  test('again as before is no proof while the new attempt is under way', async () => {
    const here = scene(enablingFailed());
    here.stream.nextStarts(takes(10_000));
    expect(await here.secure({ asked: oneKey(NEW) })).toMatchObject({ outcome: 'rekeyed', key: { id: NEW } });
  });
});

describe('mode plan', () => {
  test('sends no write, and says from what to what', async () => {
    const here = scene(active(OLD));
    const result = await here.secure({ mode: 'plan', asked: oneKey('alias/new') });
    expect(sent(here)).toEqual([]);
    expect(result).toMatchObject({
      outcome: 'planned',
      changed: false,
      encrypted: 'true',
      key: { id: OLD },
      previousKey: { id: OLD },
      changedTo: null,
      message: `is encrypted with ${OLD}; would get ${NEW}`
    });
  });

  test('what is as asked is unchanged', async () => {
    const here = scene(active(NEW));
    expect(await here.secure({ mode: 'plan', asked: oneKey(NEW) })).toMatchObject({ outcome: 'unchanged' });
  });

  test('what encrypt would refuse fails', async () => {
    const here = scene(active(OLD));
    here.keys.add(disabledKey(NEW));
    expect(await here.secure({ mode: 'plan', asked: oneKey(NEW) })).toMatchObject({ outcome: 'failed' });
  });

  test('a change in flight is waited out, and nothing is settled or written', async () => {
    const here = scene(updating());
    here.stream.show(active(NEW), 1_000);
    const result = await here.secure({ mode: 'plan', asked: oneKey(NEW), verifyRecords: true });
    expect(result.outcome).toBe('unchanged');
    expect(result.durationSeconds).toBeLessThan(1.2);
    expect(here.stream.recordsMs).toEqual([]);
  });
});

describe('wait: false', () => {
  test.each([
    ['a first enabling', active(), { encrypted: 'false', key: null, previousKey: null }],
    ['a key change of Kinesis', active(OLD), { encrypted: 'true', key: { id: OLD }, previousKey: { id: OLD } }],
    ['a first enabling of Firehose', disabled(), { encrypted: 'false', key: null, previousKey: null }],
    ['a key change of Firehose', enabled(OLD), { encrypted: 'unknown', key: { id: OLD }, previousKey: { id: OLD } }]
  ])('%s is started, and not waited for', async (_, look: Look, told) => {
    const here = scene(look);
    const result = await here.secure({ wait: false, asked: oneKey(NEW) });
    expect(result).toMatchObject({ outcome: 'started', changed: true, changedTo: { id: NEW }, ...told });
    expect(result.durationSeconds).toBe(0);
    expect(here.stream.looksMs).toHaveLength(1);
  });

  test('an earlier change in flight is still waited out first', async () => {
    const here = scene(updating(OLD));
    here.stream.show(active(OLD), 9_000);
    const result = await here.secure({ wait: false, asked: oneKey(NEW) });
    expect(result.outcome).toBe('started');
    expect(here.stream.starts[0]?.atMs).toBeGreaterThanOrEqual(9_000);
  });

  test('what is as asked is unchanged', async () => {
    const here = scene(active(OLD_ID));
    expect(await here.secure({ wait: false, asked: oneKey(OLD) })).toMatchObject({ outcome: 'unchanged' });
  });
});

test('the result tells kind, name, ARN, region, duration and for how long the old key is needed', async () => {
  const here = scene(active(OLD));
  here.stream.nextStarts(takes(2_000));
  const result = await here.secure({ asked: oneKey(NEW), settleMs: 1_250 });
  expect(result).toMatchObject({
    kind: 'kinesis',
    name: 'orders',
    arn: STREAM_ARN.kinesis,
    region: 'eu-central-1',
    oldKeyNeededHours: 48,
    warnings: []
  });
  expect(result.durationSeconds).toBe(Math.round(here.clock.now()) / 1000);
});

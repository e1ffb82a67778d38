/** The behavior of Kinesis that encryption and the selection of streams depend on. */

import { AWS_KEY, outcome } from '../local-aws/fixture.ts';
import { type ContractCase, letters, newName, pollUntil } from './contract-case.ts';
import type { RunningEmulator } from './servers.ts';

const INSTANT = 'It completes every change immediately.';

async function waitUntilActive({ calls }: RunningEmulator, name: string) {
  const { StreamStatus, EncryptionType, KeyId } = await pollUntil(
    () => calls.describeKinesis(name),
    ({ StreamStatus }) => StreamStatus === 'ACTIVE'
  );
  return { StreamStatus, EncryptionType, KeyId };
}

async function create(server: RunningEmulator, name = newName('stream')): Promise<string> {
  await server.calls.kinesis.createStream({ StreamName: name, ShardCount: 1 });
  await waitUntilActive(server, name);
  return name;
}

/** Encrypts a stream with each form of a key, and returns the forms as Describe returns them. */
async function describedForms(server: RunningEmulator, forms: readonly string[]): Promise<unknown[]> {
  const name = await create(server);
  const described: unknown[] = [];
  for (const form of forms) {
    await server.calls.startKinesis(form, name);
    const { KeyId } = await waitUntilActive(server, name);
    described.push(KeyId === form ? 'as requested' : KeyId);
  }
  return described;
}

const CASES: readonly Omit<ContractCase, 'service'>[] = [
  {
    name: 'a new stream is CREATING, then ACTIVE, and its name is taken',
    aws: ['CREATING', 'ACTIVE', 'ResourceInUseException'],
    moto: [['ACTIVE', 'ACTIVE', 'ResourceInUseException'], INSTANT],
    isTransient: true,
    async observe(server) {
      const stream = { StreamName: newName('new'), ShardCount: 1 };
      await server.calls.kinesis.createStream(stream);
      const { StreamStatus } = await server.calls.describeKinesis(stream.StreamName);
      const active = await waitUntilActive(server, stream.StreamName);
      return [StreamStatus, active.StreamStatus, await outcome(server.calls.kinesis.createStream(stream))];
    }
  },
  {
    name: 'a new stream is not encrypted and has no key',
    aws: { EncryptionType: 'NONE', KeyId: undefined, RetentionPeriodHours: 24, OpenShardCount: 1, arn: true },
    async observe(server) {
      const name = await create(server);
      const { EncryptionType, KeyId, RetentionPeriodHours, OpenShardCount, StreamARN } =
        await server.calls.describeKinesis(name);
      const arn = new RegExp(`^arn:aws:kinesis:us-east-1:\\d{12}:stream/${name}$`).test(StreamARN ?? '');
      return { EncryptionType, KeyId, RetentionPeriodHours, OpenShardCount, arn };
    }
  },
  {
    name: 'a stream can be named by its ARN',
    aws: true,
    async observe(server) {
      const { StreamName, StreamARN } = await server.calls.describeKinesis(await create(server));
      const byArn = await server.calls.kinesis.describeStreamSummary({ StreamARN });
      return byArn.StreamDescriptionSummary?.StreamName === StreamName;
    }
  },
  {
    name: 'Describe and Start fail for a stream that does not exist',
    aws: ['ResourceNotFoundException', 'ResourceNotFoundException'],
    async observe({ calls }) {
      return [await outcome(calls.describeKinesis('none')), await outcome(calls.startKinesis(AWS_KEY, 'none'))];
    }
  },
  {
    name: 'a request without a stream is rejected',
    aws: 'InvalidArgumentException',
    moto: ['ResourceNotFoundException', 'It looks up the stream before it validates the input.'],
    observe: ({ calls }) => outcome(calls.kinesis.describeStreamSummary({}))
  },
  {
    name: 'during a change the stream is UPDATING, and another Start is rejected',
    aws: ['UPDATING', 'ResourceInUseException'],
    moto: [['ACTIVE', 'accepted'], INSTANT],
    isTransient: true,
    async observe(server) {
      const name = await create(server);
      await server.calls.startKinesis(AWS_KEY, name);
      const { StreamStatus } = await server.calls.describeKinesis(name);
      return [StreamStatus, await outcome(server.calls.startKinesis(server.keys.id, name))];
    }
  },
  {
    name: 'after a change the stream is ACTIVE with the new key',
    aws: { StreamStatus: 'ACTIVE', EncryptionType: 'KMS', KeyId: AWS_KEY },
    async observe(server) {
      const name = await create(server);
      await server.calls.startKinesis(AWS_KEY, name);
      return waitUntilActive(server, name);
    }
  },
  {
    name: 'each form of a key is returned as requested',
    aws: Array(5).fill('as requested'),
    observe: (server) => {
      const { id, arn, alias, aliasArn } = server.keys;
      return describedForms(server, [id, arn, alias, aliasArn, AWS_KEY]);
    }
  },
  {
    name: 'the id of a multi-Region key is accepted and returned',
    aws: ['as requested'],
    'kinesis-local': ['InvalidArgumentException', 'It accepts only GUIDs as key ids.'],
    observe: (server) => describedForms(server, [server.keys.multiRegionId]).catch((error) => error.name)
  },
  {
    name: 'Start with encryption type NONE is rejected',
    aws: 'InvalidArgumentException',
    moto: ['accepted', 'It ignores the encryption type.'],
    async observe(server) {
      const stream = { StreamName: await create(server), KeyId: AWS_KEY };
      return outcome(server.calls.kinesis.startStreamEncryption({ ...stream, EncryptionType: 'NONE' }));
    }
  },
  {
    name: 'PutRecord returns whether the record was encrypted',
    aws: ['NONE', 'KMS'],
    moto: [[undefined, undefined], 'It omits EncryptionType.'],
    async observe(server) {
      const name = await create(server);
      const before = await server.calls.putKinesis(name);
      await server.calls.startKinesis(AWS_KEY, name);
      await waitUntilActive(server, name);
      return [before, await server.calls.putKinesis(name)];
    }
  },
  {
    name: 'the list continues after a name, in order, and is empty after the last one',
    aws: [['a', 'b'], true, ['c'], false, [], false],
    async observe(server) {
      let after = await create(server, newName('zz'));
      // One at a time, because moto lists streams in the order of creation.
      for (const letter of ['a', 'b', 'c']) await create(server, `${after}-${letter}`);
      const pages: unknown[] = [];
      for (let page = 0; page < 3; page += 1) {
        const list = { Limit: 2, ExclusiveStartStreamName: after };
        const { StreamNames, HasMoreStreams } = await server.calls.kinesis.listStreams(list);
        pages.push(letters(StreamNames), HasMoreStreams);
        after = StreamNames?.at(-1) ?? after;
      }
      return pages;
    }
  }
];

export const KINESIS_CASES: readonly ContractCase[] = CASES.map((one) => ({ ...one, service: 'kinesis' }));

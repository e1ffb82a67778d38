/** What Kinesis answers, as far as encryption and choosing streams need it. */

import {
  CreateStreamCommand,
  DescribeStreamSummaryCommand,
  ListStreamsCommand,
  StartStreamEncryptionCommand,
  type StreamDescriptionSummary
} from '@aws-sdk/client-kinesis';
import { AWS_KEY, describeStream, putRecord, start } from '../local-aws/kinesis-calls.ts';
import { type Case, MISSING_ALIAS, MISSING_ID, outcome, until } from './case.ts';
import type { Running } from './servers.ts';

async function active(server: Running, name: string): Promise<Partial<StreamDescriptionSummary>> {
  return until(
    () => describeStream(server, name),
    ({ StreamStatus }) => StreamStatus === 'ACTIVE'
  );
}

async function create(server: Running, name: string): Promise<string> {
  await server.clients.kinesis.send(new CreateStreamCommand({ StreamName: name, ShardCount: 1 }));
  await active(server, name);
  return name;
}

/** Encrypts a stream with each form and answers the forms that Describe does not echo. */
async function notEchoed(server: Running, label: string, forms: readonly string[]): Promise<string[]> {
  const name = await create(server, label);
  const changed: string[] = [];
  for (const form of forms) {
    await start(server, form, name);
    const { KeyId } = await active(server, name);
    if (KeyId !== form) changed.push(`${form} → ${KeyId}`);
  }
  return changed;
}

export const KINESIS_CASES: readonly Case[] = [
  {
    name: 'a new stream is CREATING, then ACTIVE',
    service: 'kinesis',
    expected: ['CREATING', 'ACTIVE'],
    async observe(server) {
      const name = 'new';
      await server.clients.kinesis.send(new CreateStreamCommand({ StreamName: name, ShardCount: 1 }));
      return [(await describeStream(server, name)).StreamStatus, (await active(server, name)).StreamStatus];
    }
  },
  {
    name: 'a new stream is described as not encrypted, with no key',
    service: 'kinesis',
    expected: { EncryptionType: 'NONE', KeyId: undefined, RetentionPeriodHours: 24, OpenShardCount: 1, arn: true },
    async observe(server) {
      const name = await create(server, 'described');
      const { EncryptionType, KeyId, RetentionPeriodHours, OpenShardCount, StreamARN } = await describeStream(
        server,
        name
      );
      const arn = new RegExp(`^arn:aws:kinesis:us-east-1:\\d{12}:stream/${name}$`).test(StreamARN ?? '');
      return { EncryptionType, KeyId, RetentionPeriodHours, OpenShardCount, arn };
    }
  },
  {
    name: 'a description has these members',
    service: 'kinesis',
    expected: [
      'ConsumerCount',
      'EncryptionType',
      'EnhancedMonitoring',
      'OpenShardCount',
      'RetentionPeriodHours',
      'StreamARN',
      'StreamCreationTimestamp',
      'StreamModeDetails',
      'StreamName',
      'StreamStatus'
    ],
    async observe(server) {
      const description = await describeStream(server, await create(server, 'members'));
      return Object.keys(description).sort();
    }
  },
  {
    name: 'a stream can be named by its ARN',
    service: 'kinesis',
    expected: 'same',
    async observe(server) {
      const byName = await describeStream(server, await create(server, 'by-arn'));
      const byArn = await server.clients.kinesis.send(
        new DescribeStreamSummaryCommand({ StreamARN: byName.StreamARN })
      );
      return byArn.StreamDescriptionSummary?.StreamName === byName.StreamName ? 'same' : 'another';
    }
  },
  {
    name: 'a name cannot be given twice',
    service: 'kinesis',
    expected: 'ResourceInUseException',
    async observe(server) {
      const name = await create(server, 'twice');
      return outcome(server.clients.kinesis.send(new CreateStreamCommand({ StreamName: name, ShardCount: 1 })));
    }
  },
  {
    name: 'a stream that does not exist is not found, to describe or to encrypt',
    service: 'kinesis',
    expected: ['ResourceNotFoundException', 'ResourceNotFoundException'],
    async observe(server) {
      const name = 'missing';
      return [await outcome(describeStream(server, name)), await outcome(start(server, AWS_KEY, name))];
    }
  },
  {
    name: 'a name with a blank is a ValidationException',
    service: 'kinesis',
    expected: 'ValidationException',
    observe: (server) => outcome(describeStream(server, 'my orders'))
  },
  {
    name: 'a request that names no stream is refused',
    service: 'kinesis',
    expected: 'InvalidArgumentException',
    observe: ({ clients }) => outcome(clients.kinesis.send(new DescribeStreamSummaryCommand({})))
  },
  {
    name: 'while encryption starts the stream is UPDATING and shows the old state',
    service: 'kinesis',
    expected: { StreamStatus: 'UPDATING', EncryptionType: 'NONE', KeyId: undefined },
    async observe(server) {
      const name = await create(server, 'during');
      await start(server, AWS_KEY, name);
      const { StreamStatus, EncryptionType, KeyId } = await describeStream(server, name);
      return { StreamStatus, EncryptionType, KeyId };
    }
  },
  {
    name: 'when encryption has started the stream is ACTIVE with the key',
    service: 'kinesis',
    expected: { StreamStatus: 'ACTIVE', EncryptionType: 'KMS', KeyId: AWS_KEY },
    async observe(server) {
      const name = await create(server, 'after');
      await start(server, AWS_KEY, name);
      const { StreamStatus, EncryptionType, KeyId } = await active(server, name);
      return { StreamStatus, EncryptionType, KeyId };
    }
  },
  {
    name: 'each form of a key is echoed as it was given',
    service: 'kinesis',
    expected: [],
    observe: (server) =>
      notEchoed(server, 'forms', [server.keys.id, server.keys.arn, server.keys.alias, server.keys.aliasArn, AWS_KEY])
  },
  {
    name: 'the id of a multi-Region key is taken and echoed',
    service: 'kinesis',
    expected: [],
    async observe(server) {
      try {
        return await notEchoed(server, 'multi-region', [server.keys.multiRegionId]);
      } catch (error) {
        return error instanceof Error ? error.name : error;
      }
    }
  },
  {
    name: 'a key that does not exist is refused',
    service: 'kinesis',
    expected: ['KMSNotFoundException', 'KMSNotFoundException'],
    async observe(server) {
      const missing = [MISSING_ID, MISSING_ALIAS];
      const outcomes: string[] = [];
      for (const [index, keyId] of missing.entries()) {
        outcomes.push(await outcome(start(server, keyId, await create(server, `no-key-${index}`))));
      }
      return outcomes;
    }
  },
  {
    name: 'a second start while one is in flight is refused',
    service: 'kinesis',
    expected: 'ResourceInUseException',
    async observe(server) {
      const name = await create(server, 'in-flight');
      await start(server, AWS_KEY, name);
      return outcome(start(server, server.keys.id, name));
    }
  },
  {
    name: 'encryption type NONE cannot be started',
    service: 'kinesis',
    expected: 'InvalidArgumentException',
    async observe(server) {
      const name = await create(server, 'none');
      return outcome(
        server.clients.kinesis.send(
          new StartStreamEncryptionCommand({ StreamName: name, EncryptionType: 'NONE', KeyId: AWS_KEY })
        )
      );
    }
  },
  {
    name: 'PutRecord tells whether the record was encrypted',
    service: 'kinesis',
    expected: ['NONE', 'KMS'],
    async observe(server) {
      const name = await create(server, 'records');
      const before = await putRecord(server, name);
      await start(server, AWS_KEY, name);
      await active(server, name);
      return [before, await putRecord(server, name)];
    }
  },
  {
    name: 'the list goes on after a name, in order',
    service: 'kinesis',
    expected: { first: ['a', 'b'], more: true, second: ['c'], end: false },
    async observe(server) {
      const after = await createList(server, 'names');
      const first = await list(server, after, 2);
      const second = await list(server, first.StreamNames?.at(-1) ?? after, 2);
      return {
        first: letters(first.StreamNames),
        more: first.HasMoreStreams,
        second: letters(second.StreamNames),
        end: second.HasMoreStreams
      };
    }
  },
  {
    name: 'the list after the last name is empty, and says that it is the end',
    service: 'kinesis',
    expected: { names: [], more: false },
    async observe(server) {
      const last = `${await createList(server, 'zz-end')}-c`;
      const { StreamNames, HasMoreStreams } = await list(server, last, 2);
      return { names: StreamNames, more: HasMoreStreams };
    }
  },
  {
    name: 'the list tells the status of each stream',
    service: 'kinesis',
    expected: 'of the streams of the page',
    async observe(server) {
      const { StreamNames, StreamSummaries } = await list(server, await createList(server, 'status'), 3);
      if (StreamSummaries === undefined) return 'of none';
      const named = StreamSummaries.every(({ StreamName = '', StreamStatus }) => {
        return StreamNames?.includes(StreamName) && StreamStatus === 'ACTIVE';
      });
      return named && StreamSummaries.length === 3 ? 'of the streams of the page' : 'of other streams too';
    }
  },
  {
    name: 'the list gives a token for the next page',
    service: 'kinesis',
    expected: 'token',
    async observe(server) {
      const page = await list(server, await createList(server, 'token'), 1);
      return page.NextToken === undefined ? 'none' : 'token';
    }
  }
];

/** Makes four streams whose names come last of all, and answers the first of them. */
async function createList(server: Running, label: string): Promise<string> {
  const first = await create(server, `zz-${label}`);
  // One after the other, as moto lists in the order of making.
  for (const letter of ['a', 'b', 'c']) await create(server, `zz-${label}-${letter}`);
  return first;
}

async function list({ clients }: Running, after: string, limit: number) {
  return clients.kinesis.send(new ListStreamsCommand({ Limit: limit, ExclusiveStartStreamName: after }));
}

function letters(names: readonly string[] | undefined): (string | undefined)[] | undefined {
  return names?.map((name) => name.at(-1));
}

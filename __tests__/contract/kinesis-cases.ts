/** The behavior of Kinesis that encryption and the selection of streams depend on. */

import {
  CreateStreamCommand,
  DescribeStreamSummaryCommand,
  ListStreamsCommand,
  StartStreamEncryptionCommand,
  type StreamDescriptionSummary
} from '@aws-sdk/client-kinesis';
import { AWS_KEY, describeStream, putRecord, start } from '../local-aws/kinesis-calls.ts';
import { type ContractCase, MISSING_ALIAS, MISSING_ID, outcome, pollUntil } from './contract-case.ts';
import type { RunningEmulator } from './servers.ts';

async function waitUntilActive(server: RunningEmulator, name: string): Promise<Partial<StreamDescriptionSummary>> {
  return pollUntil(
    () => describeStream(server, name),
    ({ StreamStatus }) => StreamStatus === 'ACTIVE'
  );
}

async function create(server: RunningEmulator, name: string): Promise<string> {
  await server.clients.kinesis.send(new CreateStreamCommand({ StreamName: name, ShardCount: 1 }));
  await waitUntilActive(server, name);
  return name;
}

/** Encrypts a stream with each form of a key, and returns the forms that Describe returns differently. */
async function changedForms(server: RunningEmulator, label: string, forms: readonly string[]): Promise<string[]> {
  const name = await create(server, label);
  const changed: string[] = [];
  for (const form of forms) {
    await start(server, form, name);
    const { KeyId } = await waitUntilActive(server, name);
    if (KeyId !== form) changed.push(`${form} → ${KeyId}`);
  }
  return changed;
}

export const KINESIS_CASES: readonly ContractCase[] = [
  {
    name: 'a new stream is CREATING, then ACTIVE',
    service: 'kinesis',
    expected: ['CREATING', 'ACTIVE'],
    isTransient: true,
    async observe(server, attempt) {
      const name = `new-${attempt}`;
      await server.clients.kinesis.send(new CreateStreamCommand({ StreamName: name, ShardCount: 1 }));
      return [(await describeStream(server, name)).StreamStatus, (await waitUntilActive(server, name)).StreamStatus];
    }
  },
  {
    name: 'a new stream is not encrypted and has no key',
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
    name: 'a description has the expected members',
    service: 'kinesis',
    expected: [
      'ChannelCount',
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
      return byArn.StreamDescriptionSummary?.StreamName === byName.StreamName ? 'same' : 'different';
    }
  },
  {
    name: 'a duplicate name is rejected',
    service: 'kinesis',
    expected: 'ResourceInUseException',
    async observe(server) {
      const name = await create(server, 'twice');
      return outcome(server.clients.kinesis.send(new CreateStreamCommand({ StreamName: name, ShardCount: 1 })));
    }
  },
  {
    name: 'Describe and Start fail for a stream that does not exist',
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
    name: 'a request without a stream is rejected',
    service: 'kinesis',
    expected: 'InvalidArgumentException',
    observe: ({ clients }) => outcome(clients.kinesis.send(new DescribeStreamSummaryCommand({})))
  },
  {
    name: 'during a change the stream is UPDATING and shows the previous state',
    service: 'kinesis',
    expected: { StreamStatus: 'UPDATING', EncryptionType: 'NONE', KeyId: undefined },
    isTransient: true,
    async observe(server, attempt) {
      const name = await create(server, `during-${attempt}`);
      await start(server, AWS_KEY, name);
      const { StreamStatus, EncryptionType, KeyId } = await describeStream(server, name);
      return { StreamStatus, EncryptionType, KeyId };
    }
  },
  {
    name: 'after a change the stream is ACTIVE with the new key',
    service: 'kinesis',
    expected: { StreamStatus: 'ACTIVE', EncryptionType: 'KMS', KeyId: AWS_KEY },
    async observe(server) {
      const name = await create(server, 'after');
      await start(server, AWS_KEY, name);
      const { StreamStatus, EncryptionType, KeyId } = await waitUntilActive(server, name);
      return { StreamStatus, EncryptionType, KeyId };
    }
  },
  {
    name: 'each form of a key is returned as requested',
    service: 'kinesis',
    expected: [],
    observe: (server) =>
      changedForms(server, 'forms', [server.keys.id, server.keys.arn, server.keys.alias, server.keys.aliasArn, AWS_KEY])
  },
  {
    name: 'the id of a multi-Region key is accepted and returned',
    service: 'kinesis',
    expected: [],
    async observe(server) {
      try {
        return await changedForms(server, 'multi-region', [server.keys.multiRegionId]);
      } catch (error) {
        return error instanceof Error ? error.name : error;
      }
    }
  },
  {
    name: 'a key that does not exist is rejected',
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
    name: 'Start is rejected while a change is in progress',
    service: 'kinesis',
    expected: 'ResourceInUseException',
    isTransient: true,
    async observe(server, attempt) {
      const name = await create(server, `in-flight-${attempt}`);
      await start(server, AWS_KEY, name);
      return outcome(start(server, server.keys.id, name));
    }
  },
  {
    name: 'Start with encryption type NONE is rejected',
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
    name: 'PutRecord returns whether the record was encrypted',
    service: 'kinesis',
    expected: ['NONE', 'KMS'],
    async observe(server) {
      const name = await create(server, 'records');
      const before = await putRecord(server, name);
      await start(server, AWS_KEY, name);
      await waitUntilActive(server, name);
      return [before, await putRecord(server, name)];
    }
  },
  {
    name: 'the list continues after a name, in order',
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
    name: 'the list after the last name is empty and complete',
    service: 'kinesis',
    expected: { names: [], more: false },
    async observe(server) {
      const last = `${await createList(server, 'zz-end')}-c`;
      const { StreamNames, HasMoreStreams } = await list(server, last, 2);
      return { names: StreamNames, more: HasMoreStreams };
    }
  },
  {
    name: 'the list returns the status of each stream',
    service: 'kinesis',
    expected: 'the status of the listed streams',
    async observe(server) {
      const { StreamNames, StreamSummaries } = await list(server, await createList(server, 'status'), 3);
      if (StreamSummaries === undefined) return 'no status';
      const matches = StreamSummaries.every(({ StreamName = '', StreamStatus }) => {
        return StreamNames?.includes(StreamName) && StreamStatus === 'ACTIVE';
      });
      return matches && StreamSummaries.length === 3
        ? 'the status of the listed streams'
        : 'the status of other streams too';
    }
  },
  {
    name: 'the list returns a token for the next page',
    service: 'kinesis',
    expected: 'token',
    async observe(server) {
      const page = await list(server, await createList(server, 'token'), 1);
      return page.NextToken === undefined ? 'none' : 'token';
    }
  }
];

/** Creates four streams whose names sort last, and returns the first name. */
async function createList(server: RunningEmulator, label: string): Promise<string> {
  const first = await create(server, `zz-${label}`);
  // One at a time, because moto lists streams in the order of creation.
  for (const letter of ['a', 'b', 'c']) await create(server, `zz-${label}-${letter}`);
  return first;
}

async function list({ clients }: RunningEmulator, after: string, limit: number) {
  return clients.kinesis.send(new ListStreamsCommand({ Limit: limit, ExclusiveStartStreamName: after }));
}

function letters(names: readonly string[] | undefined): (string | undefined)[] | undefined {
  return names?.map((name) => name.at(-1));
}

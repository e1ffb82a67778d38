/** The calls that the action can send to AWS, as its adapters make them. */

import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { Connection } from '../../src/aws/connection.ts';
import { firehoseStreams } from '../../src/aws/firehose.ts';
import { kinesisStreams } from '../../src/aws/kinesis.ts';
import { kmsKeys } from '../../src/aws/kms.ts';
import { taggedStreams } from '../../src/aws/tagging.ts';
import { awsTarget } from '../../src/encryption/keys/target.ts';
import { KINDS } from '../../src/encryption/model.ts';
import { NEW, REGION } from './account.ts';

/** Makes every call once, without sending it. Returns their IAM actions. */
export async function callsOfAction(): Promise<string[]> {
  const actions: string[] = [];
  const connection: Connection = {
    config: { region: REGION, requestHandler: new NodeHttpHandler(), customUserAgent: [] },
    call: ({ action }) => {
      actions.push(action);
      return Promise.reject(new Error('not sent'));
    },
    close: () => {}
  };
  const { signal } = new AbortController();
  const services = { kinesis: kinesisStreams(connection), firehose: firehoseStreams(connection) };
  const yes = () => true;
  const calls = KINDS.flatMap((kind) => {
    const stream = { kind, name: 'orders', arn: null };
    return [
      services[kind].names(null, signal),
      services[kind].describe(stream, signal),
      services[kind].startEncryption(stream, awsTarget(kind), signal, yes, yes),
      services[kind].putRecord(stream, signal)
    ];
  });
  const tagged = taggedStreams(connection);
  await Promise.allSettled([...calls, kmsKeys(connection).describe(NEW, signal), tagged(KINDS, [], null, signal)]);
  return actions.toSorted();
}

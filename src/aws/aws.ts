/** AWS as a run uses it. A client is loaded when it is first needed, because loading it takes longer than a request. */

import type { StreamKind } from '../encryption/model.ts';
import type { Directory, KeyService, StreamService } from '../encryption/ports.ts';
import type { Connection, ConnectionOptions } from './connection.ts';
import { directory, type ListedStreams } from './directory.ts';
import { assertEnvironment } from './environment.ts';
import { assertRegularFiles, type FileTools, readCaBundle, readSdkFiles } from './files.ts';

export interface Aws {
  /** The streams of a kind; always the same object for a kind. */
  streams(kind: StreamKind): Promise<StreamService>;
  readonly keys: KeyService;
  readonly directory: Directory;
  /** Closes open connections. */
  close(): void;
}

/** Opens AWS for a run. Sends nothing. Rejects if a variable in the environment, or a file that it names, cannot be used. */
export async function openAws(options: Omit<ConnectionOptions, 'caBundle'> & FileTools): Promise<Aws> {
  assertEnvironment(options.env);
  await assertRegularFiles(options);
  const [{ connect }, caBundle] = await Promise.all([import('./connection.ts'), readCaBundle(options)]);
  const connection = connect({ ...options, caBundle });
  const services = new Map<StreamKind, Promise<ListedStreams>>();
  const streams = (kind: StreamKind) => {
    const service = services.get(kind) ?? serviceOf(kind, connection);
    services.set(kind, service);
    return service;
  };
  let kms: Promise<KeyService> | undefined;
  return {
    streams,
    keys: {
      async describe(id, signal) {
        kms ??= import('./kms.ts').then(({ kmsKeys }) => kmsKeys(connection));
        return (await kms).describe(id, signal);
      }
    },
    directory: directory(connection, streams),
    close: () => connection.close()
  };
}

async function serviceOf(kind: StreamKind, connection: Connection): Promise<ListedStreams> {
  if (kind === 'kinesis') return (await import('./kinesis.ts')).kinesisStreams(connection);
  return (await import('./firehose.ts')).firehoseStreams(connection);
}

/** The region of the AWS profile in use; empty if it has none. Rejects if its files do not answer. Sends nothing. */
export async function profileRegion(tools: FileTools): Promise<string> {
  await assertRegularFiles(tools);
  const { configuredRegion } = await import('./kms.ts');
  return readSdkFiles(configuredRegion(), tools);
}

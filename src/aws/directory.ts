import type { StreamKind } from '../encryption/model.ts';
import type { Directory, Page } from '../encryption/services.ts';
import type { Connection } from './clients.ts';

type Names = (next: string | null, signal: AbortSignal) => Promise<Page<string>>;

/** The streams that there are. Of the clients it loads each when it is first needed. */
export function directory(connection: Connection): Directory {
  const names = new Map<StreamKind, Promise<Names>>();
  let tagged: Promise<Directory['tagged']> | undefined;
  return {
    async names(kind, next, signal) {
      const list = names.get(kind) ?? namesOf(kind, connection);
      names.set(kind, list);
      return (await list)(next, signal);
    },
    async tagged(kinds, tags, next, signal) {
      tagged ??= import('./tagging.ts').then(({ taggedStreams }) => taggedStreams(connection));
      return (await tagged)(kinds, tags, next, signal);
    }
  };
}

async function namesOf(kind: StreamKind, connection: Connection): Promise<Names> {
  if (kind === 'kinesis') return (await import('./kinesis.ts')).dataStreamNames(connection);
  return (await import('./firehose.ts')).deliveryStreamNames(connection);
}

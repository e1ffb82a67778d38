import type { StreamKind } from '../encryption/model.ts';
import type { Directory, Page, StreamService } from '../encryption/services.ts';
import type { Connection } from './clients.ts';

/** One service's streams, and the list of their names. */
export interface ListedStreams extends StreamService {
  names(next: string | null, signal: AbortSignal): Promise<Page<string>>;
}

/** The streams that there are. It loads the client of the tagging API when it is first needed. */
export function directory(connection: Connection, streams: (kind: StreamKind) => Promise<ListedStreams>): Directory {
  let tagged: Promise<Directory['tagged']> | undefined;
  return {
    async names(kind, next, signal) {
      return (await streams(kind)).names(next, signal);
    },
    async tagged(kinds, tags, next, signal) {
      tagged ??= import('./tagging.ts').then(({ taggedStreams }) => taggedStreams(connection));
      return (await tagged)(kinds, tags, next, signal);
    }
  };
}

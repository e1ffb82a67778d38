import type { StreamKind } from '../encryption/model.ts';
import type { Directory, Page, StreamService } from '../encryption/ports.ts';
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

/**
 * The name that a list goes on after: each server pages by names, not each gives a token. Null where it has come to its
 * end, which an empty page is, or one that brings nothing new, whatever is said of more.
 */
export function nextName(hasMore: boolean | undefined, last: string | undefined, after: string | null): string | null {
  return hasMore && last !== undefined && last !== after ? last : null;
}

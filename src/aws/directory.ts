/** The lists of streams, by name and by tags. */

import type { StreamKind } from '../encryption/model.ts';
import type { Directory, Page, StreamService } from '../encryption/ports.ts';
import type { Connection } from './connection.ts';

/** The streams of one service, with the list of their names. */
export interface ListedStreams extends StreamService {
  names(next: string | null, signal: AbortSignal): Promise<Page<string>>;
}

/** The client of the tagging API is loaded when it is first needed. */
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
 * The name after which a list continues; not every server returns tokens. Null at the end of the list, and after an empty or
 * repeated page, even if the answer claims more.
 */
export function nextName(hasMore: boolean | undefined, last: string | undefined, after: string | null): string | null {
  return hasMore && last !== undefined && last !== after ? last : null;
}

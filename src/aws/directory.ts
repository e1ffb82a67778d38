/** The lists of streams, by name and by tags. */

import type { StreamKind } from '../encryption/model.ts';
import type { Directory, Page, StreamService } from '../encryption/ports.ts';
import type { Fields } from './answers.ts';
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
 * A page of names. The next one is requested by the last name of this one, because not every server returns tokens. Throws
 * `MalformedAnswer` if the page claims that more follow and names none, or starts over.
 */
export function toPage(page: Fields, list: string, hasMore: string, after: string | null): Page<string> {
  const names = page.texts(list);
  const last = names.at(-1);
  if (after !== null && names.includes(after)) throw page.malformed(`the list starts over after ${after}`);
  // A token says that more follow, too, whatever the flag says.
  const hasToken = last !== undefined && page.optionalText('NextToken') !== null;
  if (!page.flag(hasMore) && !hasToken) return { items: names, next: null };
  if (last === undefined) throw page.malformed('the answer says that more streams follow, but names none');
  return { items: names, next: last };
}

/** The streams of an account to select from, and selections in few words. */

import { select } from '../../src/encryption/fleet/select.ts';
import type { SelectedStream, Selection, Selector, StreamKind, Tag } from '../../src/encryption/model.ts';
import { REGION } from './account.ts';
import { SimulatedDirectory } from './simulated-directory.ts';
import { VirtualClock } from './virtual-clock.ts';

/** The streams that there are, a clock, and the log; each selection is carried out in virtual time. */
export class SelectionScene {
  readonly clock = new VirtualClock();
  readonly directory = new SimulatedDirectory();
  readonly log: string[] = [];

  select(selection: Selection, signal = new AbortController().signal): Promise<SelectedStream[]> {
    const tools = {
      region: REGION,
      directory: this.directory,
      describe: this.directory.look.bind(this.directory),
      clock: this.clock,
      random: () => 0.5,
      log: (line: string) => this.log.push(line),
      signal
    };
    return this.clock.finish(select(selection, tools));
  }

  /** Each stream as it was chosen: `!` where it was named, its ARN where that is known. */
  async chosen(selection: Selection): Promise<string[]> {
    const streams = await this.select(selection);
    return streams.map(({ stream, named }) => `${named ? '!' : ''}${stream.arn ?? stream.name}`);
  }
}

/** One entry as the inputs read it: a glob where there is a wildcard in it, else an ARN or a name. */
export function entry(text: string, kind: StreamKind = 'kinesis'): Selector {
  if (/[*?]/.test(text)) return { by: 'glob', kind, glob: text };
  if (!text.startsWith('arn:')) return { by: 'name', stream: { kind, name: text, arn: null } };
  return { by: 'name', stream: { kind, name: text.replace(/.*\//, ''), arn: text } };
}

/** These entries for data streams, which tags may narrow. */
export function dataStreams(entries: readonly string[], ...tags: Tag[]): Selection {
  return { kinds: ['kinesis'], selectors: entries.map((text) => entry(text)), tags };
}

/** Whatever streams of these kinds have the tags. */
export function byTags(kinds: readonly StreamKind[], ...tags: Tag[]): Selection {
  return { kinds, selectors: [], tags };
}

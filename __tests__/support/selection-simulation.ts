/** An account whose streams can be selected, and helpers for selections. */

import { select } from '../../src/encryption/fleet/select.ts';
import type { SelectedStream, Selection, Selector, StreamKind, Tag } from '../../src/encryption/model.ts';
import { REGION } from './account.ts';
import { SimulatedDirectory } from './simulated-directory.ts';
import { VirtualClock } from './virtual-clock.ts';

/** The streams of an account, simulated on a virtual clock. */
export class SelectionSimulation {
  readonly clock = new VirtualClock();
  readonly directory = new SimulatedDirectory();
  readonly log: string[] = [];

  select(selection: Selection, signal = new AbortController().signal): Promise<readonly SelectedStream[]> {
    const tools = {
      region: REGION,
      directory: this.directory,
      describe: this.directory.describe.bind(this.directory),
      clock: this.clock,
      random: () => 0.5,
      log: (line: string) => this.log.push(line),
      signal
    };
    return this.clock.finish(select(selection, tools));
  }

  /** The name or ARN of each selected stream, with `!` in front if it was named. */
  async selected(selection: Selection): Promise<string[]> {
    const streams = await this.select(selection);
    return streams.map(({ stream, named }) => `${named ? '!' : ''}${stream.arn ?? stream.name}`);
  }
}

/** A selector as the inputs read it: a glob if it has a wildcard, otherwise an ARN or a name. */
export function selector(text: string, kind: StreamKind = 'kinesis'): Selector {
  if (/[*?]/.test(text)) return { by: 'glob', kind, glob: text };
  if (!text.startsWith('arn:')) return { by: 'name', stream: { kind, name: text, arn: null } };
  return { by: 'name', stream: { kind, name: text.replace(/.*\//, ''), arn: text } };
}

/** A selection of data streams by these entries and tags. */
export function dataStreams(entries: readonly string[], ...tags: Tag[]): Selection {
  return { kinds: ['kinesis'], selectors: entries.map((text) => selector(text)), tags };
}

/** A selection of all streams of these kinds with these tags. */
export function byTags(kinds: readonly StreamKind[], ...tags: Tag[]): Selection {
  return { kinds, selectors: [], tags };
}

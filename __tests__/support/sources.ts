import { SourceCache } from '../../src/encryption/stream/source-cache.ts';
import { VirtualClock } from './virtual-clock.ts';

/** The sources of a run without delivery streams that read from one. */
export const NO_SOURCES = new SourceCache({
  dataStreams: () => Promise.reject(new Error('The run has no sources')),
  clock: new VirtualClock(),
  random: () => 0.5
});

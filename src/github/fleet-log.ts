/** The log of the streams of a run. */

import { endedWell, type Result } from '../encryption/model.ts';
import { formatResult, formatTitle } from '../reporting/format-result.ts';
import { group, info } from './log.ts';

/** The log of one stream. */
export interface StreamLog {
  write(line: string): void;
  end(result: Result): void;
}

/**
 * Logs the streams of a run. The log of a single stream appears as it is written; those of several would be interleaved, so
 * each is written as a group when the stream ends. If an earlier stream had the same cause and as many lines to show, the
 * stream ends in a line of its own: another group would say nothing new.
 */
export function fleetLog(streamCount: number): () => StreamLog {
  const lineCounts = new Map<string, number>();
  return () => (streamCount === 1 ? SINGLE : groupedLog(lineCounts));
}

const SINGLE: StreamLog = {
  write: info,
  // The annotation says why a stream ended badly.
  end(result) {
    if (endedWell(result)) info(formatResult(result));
  }
};

function groupedLog(lineCounts: Map<string, number>): StreamLog {
  const lines: string[] = [];
  return {
    write: (line) => lines.push(line),
    end(result) {
      const { cause } = result;
      if (!endedWell(result)) {
        if (lines.length <= (lineCounts.get(cause) ?? -1)) return info(formatTitle(result));
        lineCounts.set(cause, lines.length);
      }
      group(formatTitle(result), [...lines, formatResult(result)]);
    }
  };
}

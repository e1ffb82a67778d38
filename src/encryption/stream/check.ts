/** Mode `check` for one stream: whether it meets the criteria. Nothing is written. */

import type { Result, StreamRequest } from '../model.ts';
import { judge } from './judge.ts';
import { type ResolvedObservation, sourceOfRecords } from './observation.ts';
import { pollUntilAtRest, settle } from './polling.ts';
import type { Verdict } from './result.ts';
import { judgeSource } from './source.ts';
import { runStream, type StreamRun, type StreamTools } from './stream-run.ts';

/** Checks one stream, without a write. Like `encrypt`, never rejects. */
export function check(request: StreamRequest, tools: StreamTools): Promise<Result> {
  return runStream(request, tools, async (run) => {
    const verdict = await judgeRecords(run, await pollUntilAtRest(run));
    if (verdict.outcome === 'compliant' && run.state.waitedForOther) await settle(run);
    return verdict;
  });
}

/** Judges where the records rest: in the stream, or in the source that it reads from. */
async function judgeRecords(run: StreamRun, observation: ResolvedObservation): Promise<Verdict> {
  const source = sourceOfRecords(observation);
  if (source !== null) return judgeSource(source, await run.observeSource(source), run.request);
  const { outcome, why, cause, warnings } = judge(run.request, observation, await run.resolveCriteria(observation));
  return { outcome, message: why, cause, warnings };
}

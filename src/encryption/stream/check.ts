import type { Result, StreamRequest } from '../model.ts';
import { runStream } from './follow.ts';
import { judge } from './judge.ts';
import { pollUntilAtRest, settle } from './polling.ts';
import type { StreamTools } from './stream-run.ts';

/** Judges one stream, with no write of any kind. Never rejects, as `secure`. */
export function check(request: StreamRequest, tools: StreamTools): Promise<Result> {
  return runStream(request, tools, async (course) => {
    const state = await pollUntilAtRest(course);
    const { outcome, why, warnings } = judge(request, state, await course.wanted(state));
    if (outcome === 'compliant' && course.waitedOut) await settle(course);
    return { outcome, message: why, warnings };
  });
}

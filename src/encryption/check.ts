import type { Tools } from './course.ts';
import { follow } from './follow.ts';
import { judge } from './judge.ts';
import type { Request, Result } from './model.ts';
import { settle, untilAtRest } from './watch.ts';

/** Judges one stream, with no write of any kind. Never rejects, as `secure`. */
export function check(request: Request, tools: Tools): Promise<Result> {
  return follow(request, tools, async (course) => {
    const state = await untilAtRest(course);
    const { outcome, why, warnings } = judge(request, state, await course.wanted(state));
    if (outcome === 'compliant' && course.waitedOut) await settle(course);
    return { outcome, message: why, warnings };
  });
}

import type { Result, StreamRequest } from '../model.ts';
import { toResult, type Verdict, verdictOnError } from './result.ts';
import { StreamRun, type StreamTools } from './stream-run.ts';
import { startDeadline } from './timing.ts';

/**
 * Runs one stream's story under its deadline, and makes a result of however it ends. Never rejects: the deadline, a
 * cancelled run, a refusal and a defect of ours all end in a result that tells what is known by then.
 */
export async function runStream(
  request: StreamRequest,
  tools: StreamTools,
  story: (course: StreamRun) => Promise<Verdict>
): Promise<Result> {
  const { clock, cancelled } = tools;
  const beganMs = clock.now();
  const deadline = startDeadline(clock, request.timeoutMs, cancelled);
  const course = new StreamRun(request, tools, deadline);
  const finish = (verdict: Verdict) => toResult(course, verdict, clock.now() - beganMs);
  try {
    const { refusal } = request;
    return finish(refusal === undefined ? await story(course) : { outcome: 'failed', message: refusal });
  } catch (error) {
    const { aborted, reason } = deadline.signal;
    return finish(verdictOnError(course, aborted ? reason : error));
  } finally {
    deadline.stop();
  }
}

/** One run: read the inputs, select the streams, encrypt or check each of them, report. */

import { type Aws, openAws, profileRegion } from './aws/aws.ts';
import { secretsInFiles } from './aws/credential-files.ts';
import { cleanEnvironment } from './aws/environment.ts';
import { readProxies } from './aws/proxy.ts';
import { createDeadline, systemClock } from './encryption/deadline.ts';
import { formatProgress, type Progress, runFleet } from './encryption/fleet/fleet.ts';
import { EmptySelection, select } from './encryption/fleet/select.ts';
import { formatError, formatRequest } from './encryption/format.ts';
import { rejectTargetInFromKeys } from './encryption/keys/from-key.ts';
import { KeyCache } from './encryption/keys/key-cache.ts';
import type { Outcome, RunRequest, SelectedStream } from './encryption/model.ts';
import { Cancelled, TimedOut } from './encryption/ports.ts';
import { check } from './encryption/stream/check.ts';
import { encrypt } from './encryption/stream/encrypt.ts';
import { SourceCache } from './encryption/stream/source-cache.ts';
import { fleetLog } from './github/fleet-log.ts';
import { input } from './github/inputs-outputs.ts';
import { debug, info } from './github/log.ts';
import { publish } from './github/publish.ts';
import { addEnvironment, addPasswords, addSecrets, hideSecretsIn } from './github/secrets.ts';
import { InvalidInputs, readInputs, readReporting } from './inputs/inputs.ts';
import type { EndedRun } from './reporting/ended-run.ts';
import { formatSelected } from './reporting/format-result.ts';
import { VERSION } from './version.ts';

const { env } = process;

/** Runs the action. Never rejects: outputs, summary, annotations and exit code report what goes wrong. */
export async function run(cancelled: AbortSignal): Promise<void> {
  const startedAt = new Date();
  const startedMs = performance.now();
  cleanEnvironment(env);
  const proxies = readProxies(env);
  addEnvironment(env);
  addSecrets(await secretsInFiles({ env, clock: systemClock, cancelled }));
  addPasswords(proxies.secrets);
  hideSecretsIn([process.stdout, process.stderr]);
  const reporting = readReporting(input);
  let request: RunRequest | null = null;
  let ends: StreamEnds = { streams: [], keyArns: new Map() };
  let runOutcome: Outcome | null = null;
  let errors: readonly string[] = [];
  let noStreams: string | null = null;
  try {
    const regionOfProfile = () => profileRegion({ env, clock: systemClock, cancelled });
    request = await readInputs({ input, env, profileRegion: regionOfProfile });
    info(formatRequest(request));
    ends = await runStreams(request, cancelled);
  } catch (cause) {
    ({ runOutcome, errors, noStreams } = endOf(cause, request));
  }
  const durationSeconds = (performance.now() - startedMs) / 1000;
  const times = { startedAt, endedAt: new Date(), durationSeconds };
  const ended = { actionVersion: VERSION, request, ...times, runOutcome, errors, noStreams, ...ends };
  await publish(ended, { ...reporting, proxies }, env, cancelled);
}

/** How the streams of a run ended, and the keys that were looked up for them. */
type StreamEnds = Pick<EndedRun, 'streams' | 'keyArns'>;

async function runStreams(request: RunRequest, cancelled: AbortSignal): Promise<StreamEnds> {
  const options = {
    region: request.region,
    env,
    clock: systemClock,
    debug,
    log: info,
    onSecrets: addSecrets,
    cancelled
  };
  const aws = await openAws(options);
  try {
    const keys = new KeyCache(aws.keys);
    const streams = await selectStreams(request, aws, keys, cancelled);
    info(formatSelected(streams));
    const streamLog = fleetLog(streams.length);
    const runOne = request.mode === 'check' ? check : encrypt;
    const tools = {
      serviceOf: aws.streams,
      maxChanges: request.maxChanges,
      keys,
      sources: new SourceCache({ dataStreams: () => aws.streams('kinesis'), clock: systemClock, random: Math.random }),
      clock: systemClock,
      random: Math.random,
      cancelled,
      onProgress: (progress: Progress) => info(formatProgress(progress))
    };
    const ended = await runFleet(streams, tools, async (selected, streamTools) => {
      const log = streamLog();
      const result = await runOne({ ...request, ...selected }, { ...streamTools, log: log.write });
      log.end(result);
      return { result, endedAt: new Date() };
    });
    return { streams: ended, keyArns: keys.arns() };
  } finally {
    aws.close();
  }
}

/**
 * Selects the streams before anything is changed. Rejects if a key of `from-key-id` turns out to be the target. Both together
 * have a timeout of their own, as long as a stream's.
 */
async function selectStreams(
  request: RunRequest,
  aws: Aws,
  keys: KeyCache,
  cancelled: AbortSignal
): Promise<readonly SelectedStream[]> {
  const { selection, region, timeoutMs } = request;
  const deadline = createDeadline(systemClock, timeoutMs, cancelled);
  deadline.start();
  const { signal } = deadline;
  try {
    await rejectTargetInFromKeys(request, { keys, clock: systemClock, random: Math.random, log: info, signal });
    return await select(selection, {
      region,
      directory: aws.directory,
      describe: async (stream, signal) => (await aws.streams(stream.kind)).describe(stream, signal),
      clock: systemClock,
      random: Math.random,
      log: info,
      signal
    });
  } finally {
    deadline.stop();
  }
}

/** How a run ended that threw this. A selection without streams is an error only if the request says so. */
function endOf(cause: unknown, request: RunRequest | null): Pick<EndedRun, 'runOutcome' | 'errors' | 'noStreams'> {
  if (cause instanceof EmptySelection && request !== null && request.ifNoStreamsFound !== 'error') {
    return { runOutcome: 'not-applicable', errors: [], noStreams: cause.message };
  }
  return { runOutcome: outcomeOf(cause), errors: errorsOf(cause), noStreams: null };
}

function outcomeOf(cause: unknown): Outcome {
  if (cause instanceof Cancelled) return 'cancelled';
  return cause instanceof TimedOut ? 'timed-out' : 'failed';
}

function errorsOf(cause: unknown): readonly string[] {
  if (cause instanceof InvalidInputs) return cause.errors;
  if (cause instanceof Cancelled) return ['The run was cancelled before its streams were known. No change was sent'];
  if (cause instanceof TimedOut) {
    const lastError = cause.message === '' ? '' : `; the last call failed: ${cause.message}`;
    return [
      `Selecting the streams took longer than timeout-seconds${lastError}. No change was sent: run again, or raise timeout-seconds`
    ];
  }
  return [formatError(cause)];
}

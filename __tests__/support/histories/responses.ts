/** How the services respond in a history. */

import type { KeyDescription, Observation } from '../../../src/encryption/model.ts';
import { type ErrorKind, MalformedAnswer, ServiceError } from '../../../src/encryption/ports.ts';
import { AWS_MANAGED, awsManagedKey, customerKey, disabledKey, NEW, OLD, THIRD } from '../account.ts';
import {
  active,
  DATABASE,
  disabled,
  enabled,
  enabling,
  enablingFailed,
  grantNotSpread,
  notCreated,
  suspended,
  updating,
  withSource
} from '../observations.ts';
import { SimulatedKeys } from '../simulated-keys.ts';
import { hangs } from '../simulated-stream.ts';
import type { VirtualClock } from '../virtual-clock.ts';
import {
  type CallBehavior,
  type History,
  KEY_FORMS,
  type KeyName,
  keyIdOf,
  NEW_IN_OTHER_REGION,
  type NewKeyState,
  type StartBehavior,
  type StreamState
} from './history.ts';

/** Simulates the call: returns if it gets a response, and otherwise rejects with the error. */
export async function simulateCall(
  { result, latencyMs }: CallBehavior,
  clock: VirtualClock,
  signal: AbortSignal
): Promise<void> {
  if (result === 'hang') await hangs(signal);
  await simulateLatency(latencyMs, clock, signal);
  if (result === 'response' || result === 'hang') return;
  const message = `the call was ${result}`;
  throw result === 'malformed' ? new MalformedAnswer(message) : new ServiceError(result, message);
}

/** Waits for the latency of a call. If aborted, it rejects with the signal's reason, as the services do. */
export async function simulateLatency(ms: number, clock: VirtualClock, signal: AbortSignal): Promise<void> {
  if (ms === 0) return;
  try {
    await clock.sleep(ms, signal);
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  }
}

/** What the caller of a start receives; `rejection` is the service's reason to reject the request, if any. */
export function startResponse(result: StartBehavior['result'], rejection: ErrorKind | null): 'accepted' | ErrorKind {
  if (result === 'response') return rejection ?? 'accepted';
  const isLost = result === 'request-lost' || result === 'response-lost';
  return isLost || result === 'request-hangs' || result === 'response-hangs' ? 'unanswered' : result;
}

/** What the service reports of a stream in this state. */
export function toObservation({ kind, reportsTargetEarly }: History, state: StreamState): Observation {
  const { status, key } = state;
  const id = key && keyIdOf(key);
  if (kind === 'kinesis') {
    if (status === 'unclear') return { ...active(), phase: 'unclear', encrypted: 'unknown' };
    if (status === 'deleting') return { ...active(), status: 'DELETING', phase: 'deleting' };
    if (status !== 'changing') return active(id);
    return updating(reportsTargetEarly && state.target !== null ? keyIdOf(state.target) : id);
  }
  if (status === 'changing') return enabling();
  if (status === 'failed')
    return state.isGrantFailure ? grantNotSpread() : enablingFailed('DISABLED_KMS_KEY: disabled');
  if (status === 'unclear') return suspended();
  if (status === 'deleting') return { ...disabled(), phase: 'deleting', encrypted: 'unknown' };
  if (status === 'not-created') return notCreated();
  if (status === 'has-source') return withSource(DATABASE);
  return key === null ? disabled() : enabled(key.key === 'aws' ? '' : keyIdOf(key));
}

const NEW_KEY: Readonly<Record<Exclude<NewKeyState, 'missing'>, KeyDescription>> = {
  usable: customerKey(NEW),
  disabled: disabledKey(NEW),
  'pending-deletion': customerKey(NEW, { state: 'PendingDeletion' }),
  asymmetric: customerKey(NEW, { spec: 'RSA_2048' }),
  'other-region': customerKey(NEW_IN_OTHER_REGION)
};

/** A KMS that knows the keys of the history by every form of identifier. */
export function createKeyService(
  { newKeyState, canDescribeKeys, keyLookups }: History,
  clock: VirtualClock
): SimulatedKeys {
  const keys = new SimulatedKeys();
  const add = (name: KeyName, key: KeyDescription) =>
    keys.add(key, ...KEY_FORMS.map((form) => keyIdOf({ key: name, form })));
  add('old', customerKey(OLD));
  add('third', customerKey(THIRD));
  add('aws', awsManagedKey(AWS_MANAGED));
  if (newKeyState !== 'missing') add('new', NEW_KEY[newKeyState]);
  if (!canDescribeKeys) keys.denyAll();
  keys.onNextDescribes(...keyLookups.map((call) => (signal: AbortSignal) => simulateCall(call, clock, signal)));
  return keys;
}

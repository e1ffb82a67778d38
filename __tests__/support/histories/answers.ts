/** How calls fare in a history, and what the services answer to them. */

import type { KeyDescription, Observation } from '../../../src/encryption/model.ts';
import { type ErrorKind, ServiceError } from '../../../src/encryption/ports.ts';
import { AWS_MANAGED, awsManagedKey, customerKey, disabledKey, NEW, OLD, THIRD } from '../account.ts';
import {
  active,
  disabled,
  enabled,
  enabling,
  enablingFailed,
  fedByKinesis,
  grantNotKnownYet,
  notCreated,
  suspended,
  updating
} from '../observations.ts';
import { SimulatedKeys } from '../simulated-keys.ts';
import { hangs, type Step } from '../simulated-stream.ts';
import type { VirtualClock } from '../virtual-clock.ts';
import {
  ELSEWHERE,
  FORMS,
  type History,
  type KeyName,
  type Meeting,
  type NewKeyIs,
  type Standing,
  type StartMeeting,
  written
} from './history.ts';

/** Lets a call fare so: it returns where the call gets an answer. */
export async function meet({ meets, ms }: Meeting, clock: VirtualClock, signal: AbortSignal): Promise<void> {
  if (meets === 'a-hang') await hangs(signal);
  await elapse(ms, clock, signal);
  if (meets === 'an-answer' || meets === 'a-hang') return;
  const errorKind = meets === 'silence' ? 'unanswered' : meets;
  throw new ServiceError(errorKind, `the call was ${errorKind}`);
}

/** Lets the time of a call pass; rejects as a service does, with the signal's reason. */
export async function elapse(ms: number, clock: VirtualClock, signal: AbortSignal): Promise<void> {
  if (ms === 0) return;
  try {
    await clock.sleep(ms, signal);
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  }
}

/** What the caller of a start is told, which the service refused for this reason if any. */
export function whatIsTold(meets: StartMeeting['meets'], refusal: ErrorKind | null): 'accepted' | ErrorKind {
  if (meets === 'an-answer') return refusal ?? 'accepted';
  return meets === 'lost' || meets === 'lost-taken' || meets === 'hang' || meets === 'hang-taken'
    ? 'unanswered'
    : meets;
}

/** What the service tells of a stream that stands so. */
export function lookAt({ kind, showsKeyEarly }: History, standing: Standing): Observation {
  const { key } = standing;
  const id = key === null ? null : written(key);
  if (kind === 'kinesis') {
    switch (standing.is) {
      case 'in-flight':
        return updating(showsKeyEarly && standing.to !== null ? written(standing.to) : id);
      case 'unclear':
        return { ...active(), phase: 'unclear', encrypted: 'unknown' };
      case 'deleting':
        return { ...active(), status: 'DELETING', phase: 'deleting' };
      default:
        return active(id);
    }
  }
  switch (standing.is) {
    case 'at-rest':
      return key === null ? disabled() : enabled(key.key === 'aws' ? '' : (id ?? ''));
    case 'in-flight':
      return enabling();
    case 'failed':
      return standing.forAGrant ? grantNotKnownYet() : enablingFailed('DISABLED_KMS_KEY: it is disabled');
    case 'unclear':
      return suspended();
    case 'deleting':
      return { ...disabled(), phase: 'deleting', encrypted: 'unknown' };
    case 'not-created':
      return notCreated();
    case 'fed':
      return fedByKinesis();
  }
}

const NEW_KEY: Readonly<Record<Exclude<NewKeyIs, 'missing'>, KeyDescription>> = {
  usable: customerKey(NEW),
  disabled: disabledKey(NEW),
  'pending-deletion': customerKey(NEW, { enabled: false, state: 'PendingDeletion' }),
  asymmetric: customerKey(NEW, { spec: 'RSA_2048' }),
  elsewhere: customerKey(ELSEWHERE)
};

/** KMS, which knows the keys of the history by every form of them. */
export function keysOf({ newKeyIs, mayDescribeKeys, lookUps }: History, clock: VirtualClock): SimulatedKeys {
  const keys = new SimulatedKeys();
  const add = (name: KeyName, key: KeyDescription) =>
    keys.add(key, ...FORMS.map((form) => written({ key: name, form })));
  add('old', customerKey(OLD));
  add('third', customerKey(THIRD));
  add('aws', awsManagedKey(AWS_MANAGED));
  if (newKeyIs !== 'missing') add('new', NEW_KEY[newKeyIs]);
  if (!mayDescribeKeys) keys.denyAll();
  const steps: Step[] = lookUps.map((meeting) => (signal) => meet(meeting, clock, signal));
  keys.nextDescribes(...steps);
  return keys;
}

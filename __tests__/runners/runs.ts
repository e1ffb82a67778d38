/** The runs that other runners repeat: each kind once well and once failing. */

import { ENCRYPTED_STATUS, KINDS, type Kind } from '../end-to-end/step.ts';

interface Run {
  readonly title: string;
  readonly kind: Kind;
  readonly inputs: Readonly<Record<string, string>>;
  readonly exitCode: number;
  /** Some of the outputs. */
  readonly outputs: Readonly<Record<string, string>>;
}

/** Each run is for the stream `orders`, which is not encrypted. */
export const RUNS: readonly Run[] = KINDS.flatMap((kind): Run[] => {
  const stream = { 'stream-kind': kind, 'stream-name': 'orders' };
  return [
    {
      title: `encrypts a ${kind} stream`,
      kind,
      inputs: { ...stream, 'key-type': 'aws-owned', 'settle-seconds': '0' },
      exitCode: 0,
      outputs: { outcome: 'enabled', changed: 'true', encrypted: 'true', status: ENCRYPTED_STATUS[kind] }
    },
    {
      title: `fails the check of an unencrypted ${kind} stream`,
      kind,
      inputs: { ...stream, mode: 'check', 'key-type': 'any' },
      exitCode: 1,
      outputs: { outcome: 'non-compliant', changed: 'false', counts: '{"total":1,"non-compliant":1}' }
    }
  ];
});

import { setOutput } from '@actions/core';
import type { Result } from '../encryption/model.ts';
import { allEncrypted, countsOf, worstOutcome } from '../encryption/tally.ts';
import { cut } from './log.ts';

/** The step's outputs by name. Of several streams: the worst outcome, and the values that all have in common. */
export function outputsOf(results: readonly Result[], durationSeconds: number): Readonly<Record<string, string>> {
  return {
    outcome: worstOutcome(results),
    changed: String(results.some(({ changed }) => changed)),
    encrypted: allEncrypted(results),
    status: common(results, ({ status }) => status),
    'key-type': common(results, ({ key }) => key?.type),
    'key-id': common(results, ({ key }) => key?.id),
    'previous-key-type': common(results, ({ previousKey }) => previousKey?.type),
    'previous-key-id': common(results, ({ previousKey }) => previousKey?.id),
    'stream-name': common(results, ({ name }) => name),
    'stream-arn': common(results, ({ arn }) => arn),
    'duration-seconds': durationSeconds.toFixed(3),
    counts: JSON.stringify(countsOf(results)),
    results: JSON.stringify(results.map(reported))
  };
}

/** Sets the step's outputs. */
export function setOutputs(outputs: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(outputs)) setOutput(name, value);
}

function common(results: readonly Result[], value: (result: Result) => string | null | undefined): string {
  const values = new Set(results.map((result) => value(result) ?? ''));
  const [only = ''] = values;
  return values.size === 1 ? cut(only) : '';
}

/** A result by the names that the output promises. An empty key id says that the service shows none, which is told as null. */
function reported({ kind, name, arn, region, outcome, changed, encrypted, status, ...rest }: Result) {
  const { key, previousKey, durationSeconds, message } = rest;
  return {
    kind,
    name,
    arn: cutIfKnown(arn),
    region,
    outcome,
    changed,
    encrypted,
    status: cutIfKnown(status),
    keyType: key?.type ?? null,
    keyId: cutIfKnown(key?.id || null),
    previousKeyType: previousKey?.type ?? null,
    previousKeyId: cutIfKnown(previousKey?.id || null),
    durationSeconds,
    message: cut(message)
  };
}

function cutIfKnown(text: string | null): string | null {
  return text === null ? null : cut(text);
}

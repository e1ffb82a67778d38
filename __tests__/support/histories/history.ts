/** A history is everything that decides one run, as plain data, so that a counterexample is readable. */

import type { Arbitrary } from 'fast-check';
import type { callBehavior, changeBehavior, criteria, histories, startBehavior } from './generators.ts';
import type { KeyName } from './keys.ts';

type ValueOf<Generator> = Generator extends Arbitrary<infer Value> ? Readonly<Value> : never;

export type History = ValueOf<typeof histories>;
export type HistoryCriteria = ValueOf<typeof criteria>;
/** The actual state of the stream, as opposed to what the service reports. `target`: of the change in progress. */
export type StreamState =
  | History['initialState']
  | { readonly status: 'changing'; readonly key: KeyName | null; readonly target: KeyName | null };
export type ChangeBehavior = ValueOf<typeof changeBehavior>;
export type CallBehavior = ValueOf<typeof callBehavior>;
export type StartBehavior = ValueOf<typeof startBehavior>;

/** The faults of the campaign. Each has a name, an effect, and an expectation for every point at which it strikes. */

import { KINDS, type Kind } from '../end-to-end/step.ts';
import { sample } from '../support/extent.ts';
import { CHANGE_FAULTS } from './change-faults.ts';
import type { Expectation } from './expectations.ts';
import { INJECTION_POINT_NAMES, type InjectionPointName } from './injection-points.ts';
import { KEY_FAULTS } from './key-faults.ts';
import type { NamedFault } from './named-fault.ts';
import { NETWORK_FAULTS } from './network-faults.ts';
import { REFUSAL_FAULTS } from './refusal-faults.ts';

/** One fault at one injection point, for a stream of one kind. */
export interface FaultCase {
  readonly fault: NamedFault;
  readonly point: InjectionPointName;
  readonly kind: Kind;
  readonly expectation: Expectation;
}

const FAULTS: readonly NamedFault[] = [...NETWORK_FAULTS, ...REFUSAL_FAULTS, ...KEY_FAULTS, ...CHANGE_FAULTS];

/** Every case that the tables define. */
const ALL_CASES: readonly FaultCase[] = FAULTS.flatMap((fault) =>
  INJECTION_POINT_NAMES.flatMap((point) =>
    KINDS.flatMap((kind) => {
      const defined = fault.expectations[point];
      const expectation = defined === undefined || 'outcome' in defined ? defined : defined[kind];
      return expectation === undefined ? [] : [{ fault, point, kind, expectation }];
    })
  )
);

/** In a sample, each fault once for each service. */
export const FAULT_CASES = sample(ALL_CASES, ({ fault, kind }) => `${fault.name}, ${kind}`);

/** In a sample, each fault once. */
export const BUNDLED_FAULT_CASES = sample(
  ALL_CASES.filter(({ fault, point }) => fault.bundled?.includes(point)),
  ({ fault }) => fault.name
);

/** Names of faults, each with its injection points. */
export type FaultSelection = readonly (readonly [fault: string, ...points: InjectionPointName[]])[];

/** The cases of these faults at these points; in a sample, each fault once. */
export function selectCases(selection: FaultSelection): readonly FaultCase[] {
  const cases = selection.flatMap(([name, ...points]) =>
    points.flatMap((at) => {
      const found = ALL_CASES.filter(({ fault, point }) => fault.name === name && point === at);
      if (found.length === 0) throw new Error(`The table of faults has no "${name}" at ${at}`);
      return found;
    })
  );
  return sample(cases, ({ fault }) => fault.name);
}

export function titleOf({ fault, point, kind, expectation }: FaultCase): string {
  return `${kind}, ${point}: ${fault.name} → ${expectation.outcome}`;
}

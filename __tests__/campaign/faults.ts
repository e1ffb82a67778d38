/** The faults of the campaign. Each has a name, an effect, and an expectation for every point at which it strikes. */

import { KINDS, type Kind } from '../end-to-end/step.ts';
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

export const FAULTS: readonly NamedFault[] = [...NETWORK_FAULTS, ...REFUSAL_FAULTS, ...KEY_FAULTS, ...CHANGE_FAULTS];

/** Every case that the tables define, ordered by injection point, so that slow cases do not follow each other. */
export const FAULT_CASES: readonly FaultCase[] = INJECTION_POINT_NAMES.flatMap((point) =>
  FAULTS.flatMap((fault) =>
    KINDS.flatMap((kind) => {
      const defined = fault.expectations[point];
      const expectation = defined === undefined || 'outcome' in defined ? defined : defined[kind];
      return expectation === undefined ? [] : [{ fault, point, kind, expectation }];
    })
  )
);

export const BUNDLED_FAULT_CASES: readonly FaultCase[] = FAULT_CASES.filter(({ fault, point }) =>
  fault.bundled?.includes(point)
);

export function titleOf({ fault, point, kind, expectation }: FaultCase): string {
  return `${kind}, ${point}: ${fault.name} → ${expectation.outcome}`;
}

/** The cases of the campaign: each fault at every injection point at which it can occur, for both kinds of streams. */

import { KINDS, type Kind } from '../end-to-end/step.ts';
import { CHANGE_FAULTS } from './change-faults.ts';
import { type Expectation, INJECTION_POINTS, type InjectionPoint, type NamedFault } from './fault.ts';
import { NETWORK_FAULTS } from './network-faults.ts';
import { SERVICE_FAULTS } from './service-faults.ts';

/** One fault at one injection point, for a stream of one kind. */
export interface FaultCase {
  readonly fault: NamedFault;
  readonly point: InjectionPoint;
  readonly kind: Kind;
  readonly expectation: Expectation;
}

/** Every case that the tables define. */
export const ALL_CASES: readonly FaultCase[] = [...NETWORK_FAULTS, ...SERVICE_FAULTS, ...CHANGE_FAULTS].flatMap(
  (fault) =>
    INJECTION_POINTS.flatMap((point) =>
      KINDS.flatMap((kind) => {
        const defined = fault.expectations[point.name];
        const expectation = defined === undefined || 'outcome' in defined ? defined : defined[kind];
        return expectation === undefined ? [] : [{ fault, point, kind, expectation }];
      })
    )
);

export function titleOf({ fault, point, kind, expectation }: FaultCase): string {
  return `${kind}, ${point.name}: ${fault.name} → ${expectation.outcome}`;
}

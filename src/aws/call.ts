/** The call that an error is about. */

import { permissionsOf } from './permissions.ts';

export interface Call {
  /** The IAM action, `service:Operation`. */
  readonly action: string;
  /** What it acted on: an ARN if one is known, otherwise a name or key id. */
  readonly resource: string;
  readonly region: string;
  /** Who makes it, if not the role of this step. */
  readonly caller?: string;
  /** Where its credentials come from, if not only from the keys in the environment. */
  readonly credentialSources?: string;
}

/** The beginning of each message about a call. */
export function formatCall({ action, resource, region }: Call): string {
  return `${action} for ${resource} in ${region}`;
}

/** The resource that a policy must name. */
export function formatResource({ action, resource }: Call): string {
  return permissionsOf(action).on.includes('*') ? '*' : resource;
}

/** Whether the call starts a change. */
export function isStart({ action }: Call): boolean {
  return action.includes(':Start');
}

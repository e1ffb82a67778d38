/** What to do about a denial, by the words of AWS. Source: IAM User Guide, "Troubleshoot access denied error messages". */

import { type Call, formatResource } from './call.ts';
import { permissionsOf } from './permissions.ts';

/** A wording of AWS, and its remedy. */
export interface DenialWording {
  readonly wording: RegExp;
  /** The wording as AWS documents it, for the documentation. */
  readonly example: string;
  readonly remedy: (match: RegExpExecArray, call: Call) => string;
}

/** What an action is denied to. AWS STS is asked by the workflow, which has no role yet. */
function callerOf({ action, caller = 'the role of this step' }: Call): string {
  return action.startsWith('sts:') ? 'this workflow' : caller;
}

/** How the policy of a resource is called: that of a key is its key policy. */
function policyOf(action: string): string {
  return action.startsWith('kms:') ? 'the key policy' : 'the resource-based policy';
}

function trustWorkflow(action: string): string {
  return `Allow ${action} to this workflow in the trust policy of the role it assumes`;
}

/** A grant to the role cannot remove these denials: another kind of policy denies the action, or does not allow it. */
const OTHER_POLICIES: readonly DenialWording[] = [
  {
    wording: /with an explicit deny(?: in ((?:an?|the) [\w -]+? (?:policy|boundary)))?/i,
    example: '… with an explicit deny in a service control policy',
    remedy: ([, policy = 'a policy'], call) =>
      `The explicit deny in ${policy} takes precedence over every permission: whoever manages that policy must exempt ${callerOf(call)}`
  },
  {
    wording: /the resource does not exist in this region, no resource-based policies allow access/i,
    example: '… because the resource does not exist in this Region, no resource-based policies allow access, or …',
    remedy: (_match, call) =>
      `Check the key's id or alias, and that the key is in ${call.region}. If they are right, ${callerOf(call)} needs ${call.action} in its own policy and in the key policy, which must not deny it either`
  },
  {
    wording: /because no (?:role trust|resource-based) policy allows the ([\w-]+:\w+) action/i,
    example: '… because no resource-based policy allows the kms:DescribeKey action',
    remedy: ([, action = ''], call) =>
      action.startsWith('sts:')
        ? trustWorkflow(action)
        : `Allow ${action} to ${callerOf({ ...call, action })} in ${policyOf(action)}`
  },
  {
    wording: /because no ((?!identity-based)[\w -]+? (?:policy|boundary)) allows the ([\w-]+:\w+) action/i,
    example: '… because no permissions boundary allows the kinesis:StartStreamEncryption action',
    remedy: ([, policy, action = ''], call) =>
      `Allow ${action} in the ${policy} that applies to ${callerOf({ ...call, action })}`
  }
];

const IDENTITY_POLICIES: readonly DenialWording[] = [
  {
    wording: /not authorized to perform:? (sts:\w+)(?: on resource: (\S+))? because no identity-based policy/i,
    example: '… not authorized to perform: sts:AssumeRole because no identity-based policy allows the action',
    remedy: ([, action = '', role]) =>
      `Allow ${action}${role === undefined ? '' : ` on ${role}`} in a policy of the identity that assumes the role`
  },
  {
    wording: /not authorized to perform:? (sts:\w+)/i,
    example: 'Not authorized to perform sts:AssumeRoleWithWebIdentity',
    remedy: ([, action = '']) => trustWorkflow(action)
  },
  {
    wording: /not authorized to perform:? ([\w-]+:\w+)(?: on resource: (\S+))?/i,
    example: '… is not authorized to perform: kinesis:StartStreamEncryption on resource: …',
    remedy: ([, action = '', resource]) => grant(action, resource === undefined ? '' : ` on ${resource}`)
  },
  {
    wording: /^/,
    example: 'any other words',
    remedy: (_match, call) => grant(call.action, ` on ${formatResource(call)}`)
  }
];

/** All wordings. The first one that matches applies. */
export const DENIAL_WORDINGS: readonly DenialWording[] = [...OTHER_POLICIES, ...IDENTITY_POLICIES];

/** What to do about a denial with this message. */
export function denialRemedy(message: string, call: Call): string {
  return firstRemedy(DENIAL_WORDINGS, message, call) ?? '';
}

/** What to do about a denial that names a policy to which a grant adds nothing; null for any other text. */
export function otherPolicyRemedy(message: string, call: Call): string | null {
  return firstRemedy(OTHER_POLICIES, message, call);
}

/** Whether a policy denies the action explicitly. Only a change of that policy helps, and no repetition. */
export function isExplicitDeny(message: string): boolean {
  return /with an explicit deny/i.test(message);
}

/**
 * What to do if a service may not use a key in the name of the caller. Without another word of AWS, the caller needs what the
 * call needs on the key.
 */
export function keyDenialRemedy(message: string, call: Call): string {
  const other = otherPolicyRemedy(message, call);
  if (other !== null) return other;
  const [, action, resource = 'the key'] =
    /not authorized to perform:? (kms:\w+)(?: on resource: (\S+))?/i.exec(message) ?? [];
  const actions = action ?? permissionsOf(call.action).keyActions.join(' and ');
  const service = call.action.startsWith('firehose:') ? 'Firehose' : 'Kinesis';
  return `Grant ${actions} on ${resource} to the role of this step, in the role's policy and in the key policy, without a condition that excludes calls through ${service}`;
}

/** The denied action may be another one than the call: AWS STS denies a role that the call needs. */
function firstRemedy(wordings: readonly DenialWording[], message: string, call: Call): string | null {
  const [, action = call.action] = /not authorized to perform:? ([\w-]+:\w+)/i.exec(message) ?? [];
  for (const { wording, remedy } of wordings) {
    const match = wording.exec(message);
    if (match !== null) return remedy(match, { ...call, action });
  }
  return null;
}

function grant(action: string, on: string): string {
  const resources = permissionsOf(action).on;
  const both = resources.length > 1 ? `; this action is needed on the ${resources.join(' and on the ')}` : '';
  return `Grant ${action}${on} to the role of this step${both}`;
}

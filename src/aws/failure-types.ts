/**
 * Why Firehose could not create, delete or encrypt a delivery stream, and what to do about it. The VPC is that of the stream's
 * destination, which Firehose reaches with the role of the delivery stream. Sources: Firehose API reference,
 * FailureDescription; Firehose Developer Guide, "Controlling access".
 */

import type { DeliveryStreamFailureType } from '@aws-sdk/client-firehose';
import { isExplicitDeny, otherPolicyRemedy } from './access-denied.ts';

export interface FailureType {
  /** What happened. Stands in for the details if Firehose gives none. */
  readonly cause: string;
  /** What to do, without a final period. */
  readonly advice: string;
  /** A second attempt may succeed: a new grant and a changed policy take a while to take effect. */
  readonly isRetryable: boolean;
}

export const UNKNOWN_ERROR = 'UNKNOWN_ERROR';

/**
 * Of a known or an unknown type. If access was denied and the details name another policy than that of the role, that policy
 * must change.
 */
export function failureType(type: string, details: string, region: string): FailureType {
  const known = FAILURE_TYPES.get(type) ?? UNKNOWN;
  const caller = DENIED.get(type);
  if (caller === undefined) return known;
  const call = { action: 'firehose:StartDeliveryStreamEncryption', resource: 'the delivery stream', region, caller };
  const advice = otherPolicyRemedy(details, call);
  return advice === null ? known : { ...known, advice, isRetryable: known.isRetryable && !isExplicitDeny(details) };
}

const SESSION_AGE = 'Firehose refuses a session older than 6 hours';
/** A check does not start the changes that it observes. */
const ENCRYPTING_ROLE = 'the role that encrypts the stream';
/** Firehose uses it for the destination of the stream. */
const DELIVERING_ROLE = 'the role of the delivery stream';
const IN_BOTH_POLICIES = `on the key to ${ENCRYPTING_ROLE}, in the role's policy and in the key policy`;
const CREATE_AGAIN = 'that configuration cannot be changed: create the delivery stream again with';

const UNKNOWN: FailureType = {
  cause: 'Firehose gives no reason',
  advice:
    'AWS does not say what to fix: if a later attempt fails again, contact AWS Support with this message and the ARN of the delivery stream',
  isRetryable: false
};

const BY_TYPE: Readonly<Record<DeliveryStreamFailureType, FailureType>> = {
  CREATE_KMS_GRANT_FAILED: {
    cause: 'Firehose could not create a grant for itself on the key',
    advice: `Grant kms:CreateGrant ${IN_BOTH_POLICIES}; ${SESSION_AGE}`,
    isRetryable: true
  },
  KMS_ACCESS_DENIED: {
    cause: `the key may not be used in the name of ${ENCRYPTING_ROLE}`,
    advice: `Grant kms:CreateGrant and kms:DescribeKey ${IN_BOTH_POLICIES}; ${SESSION_AGE}`,
    isRetryable: true
  },
  RETIRE_KMS_GRANT_FAILED: {
    cause: 'Firehose could not retire its grant on the previous key',
    advice: 'Check that the previous key exists, and that its policy does not deny kms:RetireGrant; then run again',
    isRetryable: false
  },
  DISABLED_KMS_KEY: {
    cause: 'the key is disabled',
    advice: 'Enable the key, or use another one',
    isRetryable: false
  },
  INVALID_KMS_KEY: {
    cause: 'the key cannot encrypt a delivery stream',
    advice: 'Use a symmetric key for ENCRYPT_DECRYPT that is not pending deletion',
    isRetryable: false
  },
  KMS_KEY_NOT_FOUND: {
    cause: 'KMS has no such key',
    advice: "Check that the key exists in the stream's region",
    isRetryable: false
  },
  KMS_OPT_IN_REQUIRED: {
    cause: 'the account is not subscribed to KMS',
    advice: 'The account is not subscribed to KMS: contact AWS Support',
    isRetryable: false
  },
  CREATE_ENI_FAILED: {
    cause: "Firehose could not create a network interface in the destination's VPC",
    advice:
      "Firehose could not create a network interface in the destination's VPC: check that its subnets have free IP addresses and that the account has network interfaces left in its quota",
    isRetryable: false
  },
  DELETE_ENI_FAILED: {
    cause: "Firehose could not delete a network interface in the destination's VPC",
    advice:
      "Firehose could not delete a network interface in the destination's VPC: allow ec2:DeleteNetworkInterface to the role of the delivery stream",
    isRetryable: false
  },
  ENI_ACCESS_DENIED: {
    cause: "Firehose may not manage network interfaces in the destination's VPC",
    advice:
      "Firehose may not manage network interfaces in the destination's VPC: allow ec2:CreateNetworkInterface, ec2:CreateNetworkInterfacePermission, ec2:DescribeNetworkInterfaces and ec2:DeleteNetworkInterface to the role of the delivery stream",
    isRetryable: false
  },
  SUBNET_NOT_FOUND: {
    cause: "a subnet of the destination's VPC configuration does not exist",
    advice: `A subnet of the destination's VPC configuration does not exist, and ${CREATE_AGAIN} subnets that exist`,
    isRetryable: false
  },
  SUBNET_ACCESS_DENIED: {
    cause: "Firehose may not read the subnets of the destination's VPC",
    advice:
      "Firehose may not read the subnets of the destination's VPC: allow ec2:DescribeSubnets to the role of the delivery stream",
    isRetryable: false
  },
  SECURITY_GROUP_NOT_FOUND: {
    cause: "a security group of the destination's VPC configuration does not exist",
    advice: `A security group of the destination's VPC configuration does not exist, and ${CREATE_AGAIN} security groups that exist`,
    isRetryable: false
  },
  SECURITY_GROUP_ACCESS_DENIED: {
    cause: "Firehose may not read the security groups of the destination's VPC",
    advice:
      "Firehose may not read the security groups of the destination's VPC: allow ec2:DescribeSecurityGroups to the role of the delivery stream",
    isRetryable: false
  },
  VPC_ENDPOINT_SERVICE_NAME_NOT_FOUND: {
    cause: 'the VPC endpoint service of the delivery stream does not exist',
    advice:
      "The VPC endpoint service of the delivery stream does not exist: check its name, and that it is in the stream's region",
    isRetryable: false
  },
  VPC_INTERFACE_ENDPOINT_SERVICE_ACCESS_DENIED: {
    cause: 'Firehose may not connect to the VPC endpoint service of the delivery stream',
    advice:
      'Firehose may not connect to the VPC endpoint service of the delivery stream: allow the principal firehose.amazonaws.com in the permissions of that service',
    isRetryable: false
  },
  UNKNOWN_ERROR: UNKNOWN
};

/** A map, because a type such as `constructor` is a property of every object. */
export const FAILURE_TYPES: ReadonlyMap<string, FailureType> = new Map(Object.entries(BY_TYPE));

/** Whom the types that are denials concern. */
const DENIED: ReadonlyMap<string, string> = new Map([
  ['CREATE_KMS_GRANT_FAILED', ENCRYPTING_ROLE],
  ['KMS_ACCESS_DENIED', ENCRYPTING_ROLE],
  ['ENI_ACCESS_DENIED', DELIVERING_ROLE],
  ['SUBNET_ACCESS_DENIED', DELIVERING_ROLE],
  ['SECURITY_GROUP_ACCESS_DENIED', DELIVERING_ROLE]
]);

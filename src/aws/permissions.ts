/**
 * The permissions that each call needs. The messages name only these; the policies in docs/iam are checked against this list.
 * Sources: Service Authorization Reference; Kinesis Developer Guide, "Permissions to use user-generated KMS keys"; Firehose
 * Developer Guide, "Data protection".
 */

/** What the statement for an action must name as its resource. `*`: AWS supports nothing narrower. */
export type PolicyResource = 'stream' | 'key' | '*';

export interface CallPermissions {
  /** Every kind of resource on which the call's own action must be allowed. */
  readonly on: readonly PolicyResource[];
  /** The actions of KMS that the service takes on a customer key in the name of the caller. */
  readonly keyActions: readonly string[];
}

const LIST: CallPermissions = { on: ['*'], keyActions: [] };
const ON_STREAM: CallPermissions = { on: ['stream'], keyActions: [] };

export const PERMISSIONS: ReadonlyMap<string, CallPermissions> = new Map([
  ['kinesis:DescribeStreamSummary', ON_STREAM],
  ['kinesis:ListStreams', LIST],
  ['kinesis:StartStreamEncryption', { on: ['stream', 'key'], keyActions: ['kms:DescribeKey'] }],
  ['kinesis:PutRecord', { on: ['stream'], keyActions: ['kms:GenerateDataKey'] }],
  ['firehose:DescribeDeliveryStream', ON_STREAM],
  ['firehose:ListDeliveryStreams', LIST],
  ['firehose:StartDeliveryStreamEncryption', { on: ['stream'], keyActions: ['kms:CreateGrant', 'kms:DescribeKey'] }],
  ['firehose:PutRecord', { on: ['stream'], keyActions: ['kms:GenerateDataKey', 'kms:Decrypt'] }],
  ['kms:DescribeKey', { on: ['key'], keyActions: [] }],
  ['tag:GetResources', LIST]
]);

/** The permissions of a call by its IAM action. */
export function permissionsOf(action: string): CallPermissions {
  return PERMISSIONS.get(action) ?? ON_STREAM;
}

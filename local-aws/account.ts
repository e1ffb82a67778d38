export type ServiceName = 'kinesis' | 'firehose' | 'kms' | 'tagging';

/** What the services of one local AWS share: the account, its clock, and its behavior where AWS documents none. */
export interface Account {
  readonly region: string;
  readonly accountId: string;
  /** In milliseconds. Every duration in the model uses this clock, so a test can advance time by hand. */
  readonly now: () => number;
  /** How long a change takes, unless the stream sets its own duration. */
  readonly changeMs: number;
  /** How long records stay unencrypted after encryption was first enabled. AWS documents up to 5 s. */
  readonly encryptionLagMs: number;
}

/** Builds the ARN of a resource, with the partition of the region. */
export function arn(service: string, region: string, accountId: string, resource: string): string {
  return `arn:${partition(region)}:${service}:${region}:${accountId}:${resource}`;
}

/** AWS counts its daily limits over a rolling 24 hours. */
export const DAY_MS = 24 * 60 * 60 * 1000;

/** AWS JSON 1.1 writes timestamps as seconds since 1970, with milliseconds as decimals. */
export function epochSeconds(ms: number): number {
  return ms / 1000;
}

function partition(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  if (region.startsWith('us-gov-')) return 'aws-us-gov';
  return 'aws';
}

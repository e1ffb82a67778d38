export type ServiceName = 'kinesis' | 'firehose' | 'kms' | 'tagging';

/** What the services of one local AWS have in common: whose account it is, its clock, and how it behaves where AWS leaves it open. */
export interface Account {
  readonly region: string;
  readonly accountId: string;
  /** Milliseconds. Every duration in the model is judged by it when a request comes, so a test can move it by hand. */
  readonly now: () => number;
  /** How long a change of a stream takes, where the stream itself does not say. */
  readonly changeMs: number;
  /** How long after the end of a first enabling records are still written in the clear: at most 5 s at AWS. */
  readonly encryptionLagMs: number;
  readonly showsNewKeyAtOnce: boolean;
  readonly checksKeysAtOnce: boolean;
  readonly showsKeyInForce: boolean;
  readonly listsByNameOnly: boolean;
}

/** The ARN of something in this region, in the partition that the region belongs to. */
export function arn(service: string, region: string, accountId: string, resource: string): string {
  return `arn:${partition(region)}:${service}:${region}:${accountId}:${resource}`;
}

/** The limits of a day are those of any 24 hours. */
export const DAY_MS = 24 * 60 * 60 * 1000;

/** Timestamps of JSON 1.1 are seconds since 1970, with milliseconds as decimals. */
export function seconds(ms: number): number {
  return ms / 1000;
}

function partition(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  if (region.startsWith('us-gov-')) return 'aws-us-gov';
  return 'aws';
}

import type { Account, ServiceName } from './account.ts';
import { AwsError } from './protocol.ts';

/** Calls in a second that one account and region may make. StartStreamEncryption's is not published. */
const KINESIS_RATES: Readonly<Record<string, number>> = {
  DescribeStreamSummary: 20,
  DescribeStream: 10,
  ListStreams: 5,
  ListTagsForStream: 5,
  StartStreamEncryption: 5,
  CreateStream: 5
};
const SECOND_MS = 1000;
/** Each control call by itself. */
const FIREHOSE_CONTROL_RATE = 5;

/** The account's call rates: in any second, no more calls of an operation than AWS allows. */
export class Rates {
  readonly #account: Account;
  /** When the latest calls of each operation were admitted, no more of them than it may have in a second. */
  readonly #latest = new Map<string, number[]>();

  constructor(account: Account) {
    this.#account = account;
  }

  /** Counts the call, or throws the service's throttling error. */
  admit(service: ServiceName, operation: string): void {
    const limit = limitOf(service, operation);
    if (limit === undefined) return;
    const now = this.#account.now();
    const name = `${service}:${operation}`;
    const latest = this.#latest.get(name) ?? [];
    this.#latest.set(name, latest);
    if (latest.length === limit) {
      const [first = 0] = latest;
      if (first > now - SECOND_MS) throw tooFast(service, this.#account.accountId);
      latest.shift();
    }
    latest.push(now);
  }
}

function limitOf(service: ServiceName, operation: string): number | undefined {
  if (service === 'kinesis') return KINESIS_RATES[operation];
  if (service === 'firehose' && operation !== 'PutRecord') return FIREHOSE_CONTROL_RATE;
  return undefined;
}

function tooFast(service: ServiceName, accountId: string): AwsError {
  return service === 'kinesis'
    ? new AwsError('LimitExceededException', `Rate exceeded for account ${accountId}.`)
    : new AwsError('ThrottlingException', 'Rate exceeded');
}

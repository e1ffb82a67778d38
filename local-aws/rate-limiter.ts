import type { Account, ServiceName } from './account.ts';
import { AwsError } from './protocol.ts';

/** Calls per second for one account and region. AWS documents no rate for StartStreamEncryption. */
const KINESIS_RATES: Readonly<Record<string, number>> = {
  DescribeStreamSummary: 20,
  DescribeStream: 10,
  ListStreams: 5,
  StartStreamEncryption: 5,
  CreateStream: 5
};
/** For each control operation separately. */
const FIREHOSE_CONTROL_RATE = 5;
const SECOND_MS = 1000;

/** Limits the calls per operation in any one second to the rate that AWS allows. */
export class RateLimiter {
  readonly #account: Account;
  /** When the latest calls of each operation were admitted. Holds as many calls as one second allows. */
  readonly #admitted = new Map<string, number[]>();

  constructor(account: Account) {
    this.#account = account;
  }

  /** Counts the call, or throws the throttling error of the service. */
  admit(service: ServiceName, operation: string): void {
    const rate = rateOf(service, operation);
    if (rate === undefined) return;
    const now = this.#account.now();
    const name = `${service}:${operation}`;
    const admitted = this.#admitted.get(name) ?? [];
    this.#admitted.set(name, admitted);
    if (admitted.length === rate) {
      const [oldest = 0] = admitted;
      if (oldest > now - SECOND_MS) throw throttlingError(service, this.#account.accountId);
      admitted.shift();
    }
    admitted.push(now);
  }
}

function rateOf(service: ServiceName, operation: string): number | undefined {
  if (service === 'kinesis') return KINESIS_RATES[operation];
  if (service === 'firehose' && operation !== 'PutRecord') return FIREHOSE_CONTROL_RATE;
  return undefined;
}

function throttlingError(service: ServiceName, accountId: string): AwsError {
  return service === 'kinesis'
    ? new AwsError('LimitExceededException', `Rate exceeded for account ${accountId}.`)
    : new AwsError('ThrottlingException', 'Rate exceeded');
}

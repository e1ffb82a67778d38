/** The local AWS as one server on the loopback interface: its services, its faults, and what it was asked. */

import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Account } from './account.ts';
import { Faults } from './faults.ts';
import { FirehoseService } from './firehose.ts';
import { inject } from './injection.ts';
import { KinesisService } from './kinesis.ts';
import { KmsService } from './kms.ts';
import { Rates } from './rates.ts';
import { TaggingService } from './tagging.ts';
import { type Answer, type Call, parse, type RequestRecord, read, recordOf, refusal, send, streamOf } from './wire.ts';

export type { Fault } from './faults.ts';
export type { RequestRecord } from './wire.ts';

export interface LocalAwsOptions {
  /** `us-east-1` if left out. */
  readonly region?: string;
  /** `111122223333` if left out. */
  readonly accountId?: string;
  /** The clock of the model, in milliseconds; the machine's if left out. */
  readonly now?: () => number;
  /** How many times as fast as the machine's the clock of the model runs, unless it is given; 1 if left out. */
  readonly speed?: number;
  /** How long a change takes; 500 if left out, Infinity: it never ends. */
  readonly changeMs?: number;
  /** 5000 if left out, the longest that AWS says. */
  readonly encryptionLagMs?: number;
  /** A free one if left out. */
  readonly port?: number;
  /** Kinesis describes a new key while the change to it is still under way. */
  readonly showsNewKeyAtOnce?: boolean;
  /** Firehose refuses an unusable key in the call, not by ENABLING_FAILED after it. */
  readonly checksKeysAtOnce?: boolean;
  /** Firehose describes the key in force during a change and after a failed one, not the key that was asked. */
  readonly showsKeyInForce?: boolean;
  /** ListStreams pages by name only, as emulators do: it gives no NextToken, and says 1 or 0 for whether there are more. */
  readonly listsByNameOnly?: boolean;
  /** The account's call rates are enforced. */
  readonly limitsRates?: boolean;
  /** Takes each request as it comes, before anything becomes of it. */
  readonly onRequest?: (request: RequestRecord) => void;
}

export interface LocalAws {
  readonly endpoint: string;
  readonly port: number;
  readonly kinesis: KinesisService;
  readonly firehose: FirehoseService;
  readonly kms: KmsService;
  readonly faults: Faults;
  /** Every request in the order in which they came. */
  readonly requests: readonly RequestRecord[];
  /** The Start… requests that took effect. */
  writes(): RequestRecord[];
  /** Stops it at once, hanging connections included. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Starts an AWS of one account and region on the loopback interface, empty but for what is seeded. */
export async function startLocalAws(options: LocalAwsOptions = {}): Promise<LocalAws> {
  const account: Account = {
    region: options.region ?? 'us-east-1',
    accountId: options.accountId ?? '111122223333',
    now: options.now ?? clock(options.speed ?? 1),
    changeMs: options.changeMs ?? 500,
    encryptionLagMs: options.encryptionLagMs ?? 5000,
    showsNewKeyAtOnce: options.showsNewKeyAtOnce ?? false,
    checksKeysAtOnce: options.checksKeysAtOnce ?? false,
    showsKeyInForce: options.showsKeyInForce ?? false,
    listsByNameOnly: options.listsByNameOnly ?? false
  };
  const kms = new KmsService(account);
  const kinesis = new KinesisService(account, kms);
  const firehose = new FirehoseService(account, kms);
  const faults = new Faults();
  const requests: RequestRecord[] = [];
  const closing = new AbortController();
  const rates = options.limitsRates === true ? new Rates(account) : undefined;
  const tagging = new TaggingService(account, [kinesis.streams, firehose.streams]);
  const operations = {
    kinesis: kinesis.operations,
    firehose: firehose.operations,
    kms: kms.operations,
    tagging: tagging.operations
  };

  const server = createServer((request, response) => {
    // A connection that breaks while it is answered is the caller's affair.
    serve(request, response).catch(() => response.destroy());
  });
  await listen(server, options.port ?? 0);
  const port = portOf(server);

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await read(request);
    let call: Call;
    try {
      call = parse(request, body, operations);
    } catch (error) {
      send(response, refusal(error));
      return;
    }
    const record = recordOf(call, request, account.now());
    requests.push(record);
    options.onRequest?.(record);
    const perform = (stale = false): Answer => {
      const answer = answerTo(call, stale, rates);
      record.accepted = answer.status === 200;
      return answer;
    };
    const reply = (answer: Answer): void => {
      record.status = answer.status;
      if (answer.errorCode !== undefined) record.errorCode = answer.errorCode;
      send(response, answer);
    };
    const fault = faults.take(call.operation, streamOf(call.input));
    if (fault === undefined) reply(perform());
    else await inject(fault, { perform, reply, record, response, closing: closing.signal });
  }

  async function close(): Promise<void> {
    closing.abort();
    if (!server.listening) return;
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  }

  return {
    endpoint: `http://127.0.0.1:${port}`,
    port,
    kinesis,
    firehose,
    kms,
    faults,
    requests,
    writes: () => requests.filter((request) => request.operation.startsWith('Start') && request.accepted),
    close,
    [Symbol.asyncDispose]: close
  };
}

/** Milliseconds since 1970 at the start, and from then on so many times as fast. */
function clock(speed: number): () => number {
  const beganAt = Date.now();
  const beganMs = performance.now();
  return () => beganAt + (performance.now() - beganMs) * speed;
}

function answerTo(call: Call, stale: boolean, rates: Rates | undefined): Answer {
  try {
    rates?.admit(call.service, call.operation);
    const output = call.run(call.input, { stale });
    return { status: 200, body: output === undefined ? '' : JSON.stringify(output) };
  } catch (error) {
    return refusal(error);
  }
}

async function listen(server: Server, port: number): Promise<void> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port');
  return address.port;
}

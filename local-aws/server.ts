/** The local AWS: all services on one HTTP server on the loopback interface, with fault injection and a request log. */

import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Account } from './account.ts';
import { Faults } from './faults.ts';
import { FirehoseService } from './firehose.ts';
import { inject } from './injection.ts';
import { KinesisService } from './kinesis.ts';
import { KmsService } from './kms.ts';
import { RateLimiter } from './rate-limiter.ts';
import { TaggingService } from './tagging.ts';
import {
  type Call,
  createRecord,
  errorResult,
  parseCall,
  type RequestRecord,
  type Result,
  readBody,
  send,
  streamOf
} from './wire.ts';

export type { Fault } from './faults.ts';
export type { RequestRecord } from './wire.ts';

export interface LocalAwsOptions {
  /** Defaults to `us-east-1`. */
  readonly region?: string;
  /** Defaults to `111122223333`. */
  readonly accountId?: string;
  /** The clock of the model, in milliseconds. Defaults to the system clock. */
  readonly now?: () => number;
  /** How many times faster than real time the default clock runs. Defaults to 1. */
  readonly speed?: number;
  /** How long a change takes. Defaults to 500. With Infinity, it never ends. */
  readonly changeMs?: number;
  /** Defaults to 5000, the longest lag that AWS documents. */
  readonly encryptionLagMs?: number;
  /** Defaults to a free port. */
  readonly port?: number;
  /** Enforces the call rates of AWS. */
  readonly limitsRates?: boolean;
  /** Receives each request before it is processed. */
  readonly onRequest?: (request: RequestRecord) => void;
}

export interface LocalAws {
  readonly endpoint: string;
  readonly port: number;
  readonly kinesis: KinesisService;
  readonly firehose: FirehoseService;
  readonly kms: KmsService;
  readonly faults: Faults;
  /** Every request, in the order of arrival. */
  readonly requests: readonly RequestRecord[];
  /** The Start… requests that took effect. */
  writes(): RequestRecord[];
  /** Stops the server immediately and closes all connections. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Starts an empty AWS account in one region on the loopback interface. */
export async function startLocalAws(options: LocalAwsOptions = {}): Promise<LocalAws> {
  const account: Account = {
    region: options.region ?? 'us-east-1',
    accountId: options.accountId ?? '111122223333',
    now: options.now ?? createClock(options.speed ?? 1),
    changeMs: options.changeMs ?? 500,
    encryptionLagMs: options.encryptionLagMs ?? 5000
  };
  const kms = new KmsService(account);
  const kinesis = new KinesisService(account, kms);
  const firehose = new FirehoseService(account, kms);
  const faults = new Faults();
  const requests: RequestRecord[] = [];
  const closing = new AbortController();
  const rateLimiter = options.limitsRates === true ? new RateLimiter(account) : undefined;
  const tagging = new TaggingService(account, [kinesis.streams, firehose.streams]);
  const operations = {
    kinesis: kinesis.operations,
    firehose: firehose.operations,
    kms: kms.operations,
    tagging: tagging.operations
  };

  const server = createServer((request, response) => {
    // The caller may close the connection before the response is complete.
    serve(request, response).catch(() => response.destroy());
  });
  await listen(server, options.port ?? 0);
  const port = portOf(server);

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request);
    let call: Call;
    try {
      call = parseCall(request, body, operations);
    } catch (error) {
      send(response, errorResult(error));
      return;
    }
    const record = createRecord(call, request, account.now());
    requests.push(record);
    options.onRequest?.(record);
    const perform = (stale = false): Result => {
      const result = runOperation(call, stale, rateLimiter);
      record.accepted = result.status === 200;
      return result;
    };
    const reply = (result: Result): void => {
      record.status = result.status;
      if (result.errorCode !== undefined) record.errorCode = result.errorCode;
      send(response, result);
    };
    const fault = faults.match(call.operation, streamOf(call.input));
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

/** Creates a clock that starts at the current time and runs this many times faster than real time. */
function createClock(speed: number): () => number {
  const startedAt = Date.now();
  const startedMs = performance.now();
  return () => startedAt + (performance.now() - startedMs) * speed;
}

function runOperation(call: Call, stale: boolean, rateLimiter: RateLimiter | undefined): Result {
  try {
    rateLimiter?.admit(call.service, call.operation);
    const output = call.run(call.input, { stale });
    return { status: 200, body: output === undefined ? '' : JSON.stringify(output) };
  } catch (error) {
    return errorResult(error);
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

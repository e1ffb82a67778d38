/** Requests and answers as they go over the wire, and the record that is kept of each. */

import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ServiceName } from './account.ts';
import { AwsError, isMembers, type Members, type Operation } from './protocol.ts';

/** One request as it came, and what became of it. `status` is 0 while, or if, nothing was answered. */
export interface RequestRecord {
  readonly service: ServiceName;
  readonly operation: string;
  readonly input: Members;
  readonly status: number;
  readonly errorCode?: string;
  readonly userAgent: string;
  /** The region that the request was signed for. */
  readonly region: string | undefined;
  /** By the model's clock. */
  readonly at: number;
  /** It took effect, whether or not its answer arrived. */
  readonly accepted: boolean;
}

/** A record while it is being made. */
export type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** What a request asks for, and who answers it. */
export interface Call {
  readonly service: ServiceName;
  readonly operation: string;
  readonly input: Members;
  readonly run: Operation;
}

/** What goes back over the wire. */
export interface Answer {
  readonly status: number;
  readonly body: string;
  readonly errorCode?: string;
}

const SERVICES: Readonly<Record<string, ServiceName>> = {
  Kinesis_20131202: 'kinesis',
  Firehose_20150804: 'firehose',
  TrentService: 'kms',
  ResourceGroupsTaggingAPI_20170126: 'tagging'
};
const CONTENT_TYPE = 'application/x-amz-json-1.1';

/** Which operation with which input; throws what AWS answers to a request that is none. */
export function parse(
  request: IncomingMessage,
  body: string,
  operations: Readonly<Record<ServiceName, Readonly<Record<string, Operation>>>>
): Call {
  if (request.method !== 'POST') throw new AwsError('UnknownOperationException', 'Only POST is answered.', 404);
  const [prefix = '', operation = ''] = String(request.headers['x-amz-target'] ?? '').split('.');
  const service = SERVICES[prefix];
  const known = service !== undefined && Object.hasOwn(operations[service], operation);
  const run = known ? operations[service][operation] : undefined;
  if (service === undefined || run === undefined) {
    throw new AwsError('UnknownOperationException', 'The operation is not known.');
  }
  if (request.headers.authorization === undefined) {
    throw new AwsError('MissingAuthenticationTokenException', 'Missing Authentication Token');
  }
  return { service, operation, input: parseBody(body), run };
}

function parseBody(body: string): Members {
  let input: unknown;
  try {
    input = JSON.parse(body);
  } catch {
    throw new AwsError('SerializationException', 'The request body is not valid JSON');
  }
  if (!isMembers(input)) throw new AwsError('SerializationException', 'The request body is not a structure');
  return input;
}

/** An error as an answer; one that AWS does not know is a fault of its own. */
export function refusal(error: unknown): Answer {
  const { code, status, message, extra } =
    error instanceof AwsError ? error : new AwsError('InternalFailure', `${error}`, 500);
  return { status, errorCode: code, body: JSON.stringify({ __type: code, message, ...extra }) };
}

export function send(response: ServerResponse, { status, body }: Answer): void {
  response.writeHead(status, headers(Buffer.byteLength(body)));
  response.end(body);
}

export function headers(length: number, contentType = CONTENT_TYPE): Record<string, string | number> {
  return { 'content-type': contentType, 'content-length': length, 'x-amzn-requestid': randomUUID() };
}

/** The record of a request that has only just come. */
export function recordOf(
  { service, operation, input }: Call,
  request: IncomingMessage,
  at: number
): Writable<RequestRecord> {
  const scope = /Credential=[^/]+\/\d+\/([^/]+)\//.exec(request.headers.authorization ?? '');
  return {
    service,
    operation,
    input,
    status: 0,
    userAgent: String(request.headers['user-agent'] ?? ''),
    region: scope?.[1],
    at,
    accepted: false
  };
}

/** The name of the stream that a request is about. */
export function streamOf(input: Members): string | undefined {
  const { StreamName, StreamARN, DeliveryStreamName } = input;
  const named = StreamName ?? DeliveryStreamName;
  if (typeof named === 'string') return named;
  return typeof StreamARN === 'string' ? StreamARN.split('stream/')[1] : undefined;
}

export async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString();
}

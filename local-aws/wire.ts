/** Reads requests from HTTP, writes results to HTTP, and records each request. */

import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ServiceName } from './account.ts';
import { AwsError, isMembers, type Members, type Operation } from './protocol.ts';

/** A request and its result. `status` is 0 until a response is sent. */
export interface RequestRecord {
  readonly service: ServiceName;
  readonly operation: string;
  readonly input: Members;
  readonly status: number;
  readonly errorCode?: string;
  readonly userAgent: string;
  /** The region in the signature. */
  readonly region: string | undefined;
  /** Time of arrival, by the clock of the model. */
  readonly at: number;
  /** The request took effect, even if the caller never received the response. */
  readonly accepted: boolean;
  /** The id of the attempt that the SDK made. */
  readonly attempt: string;
  /** The caller never receives a response. */
  readonly hangs: boolean;
}

export type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** A parsed request, with the operation that handles it. */
export interface Call {
  readonly service: ServiceName;
  readonly operation: string;
  readonly input: Members;
  readonly run: Operation;
}

/** The HTTP status and body of a response. */
export interface Result {
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

/** Parses a request, or throws the error that AWS returns for a malformed one. */
export function parseCall(
  request: IncomingMessage,
  body: string,
  operations: Readonly<Record<ServiceName, Readonly<Record<string, Operation>>>>
): Call {
  if (request.method !== 'POST') throw new AwsError('UnknownOperationException', 'Only POST is supported.', 404);
  const [prefix = '', operation = ''] = String(request.headers['x-amz-target'] ?? '').split('.');
  const service = SERVICES[prefix];
  const known = service !== undefined && Object.hasOwn(operations[service], operation);
  const run = known ? operations[service][operation] : undefined;
  if (service === undefined || run === undefined) {
    throw new AwsError('UnknownOperationException', 'The operation is unknown.');
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

/** Converts an error to a result. An unexpected error becomes InternalFailure. */
export function errorResult(error: unknown): Result {
  const { code, status, message, extra } =
    error instanceof AwsError ? error : new AwsError('InternalFailure', `${error}`, 500);
  return { status, errorCode: code, body: JSON.stringify({ __type: code, message, ...extra }) };
}

export function send(response: ServerResponse, { status, body }: Result): void {
  response.writeHead(status, headers(Buffer.byteLength(body)));
  response.end(body);
}

export function headers(length: number, contentType = CONTENT_TYPE): Record<string, string | number> {
  return { 'content-type': contentType, 'content-length': length, 'x-amzn-requestid': randomUUID() };
}

/** Records a request that has not been processed yet. */
export function createRecord(
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
    accepted: false,
    attempt: attemptId((name) => request.headers[name]),
    hangs: false
  };
}

/** Identifies an attempt by its headers: all attempts of a call have the same invocation id. */
export function attemptId(header: (name: string) => unknown): string {
  return `${header('amz-sdk-invocation-id')} ${header('amz-sdk-request')}`;
}

/** The name of the stream in a request, if it names one. */
export function streamOf(input: Members): string | undefined {
  const { StreamName, StreamARN, DeliveryStreamName } = input;
  const name = StreamName ?? DeliveryStreamName;
  if (typeof name === 'string') return name;
  return typeof StreamARN === 'string' ? StreamARN.split('stream/')[1] : undefined;
}

export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString();
}

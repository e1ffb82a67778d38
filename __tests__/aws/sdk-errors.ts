/** Errors as the SDK and Node throw them, and the calls that failed. */

import type { Call } from '../../src/aws/call.ts';

const region = 'eu-central-1';
export const DESCRIBE_KEY: Call = { action: 'kms:DescribeKey', resource: 'alias/app', region };

/** A call about the stream `orders`. */
export function callOf(action: string): Call {
  return { action, resource: 'the stream orders', region };
}

/** An error that the SDK throws for an error response of a service. */
export function errorResponse(name: string, message: string, more: { status?: number; code?: string } = {}): Error {
  const { status = 400, ...rest } = more;
  return Object.assign(new Error(message), { name, $metadata: { httpStatusCode: status }, ...rest });
}

/** An error that Node or the SDK throws if no answer came. */
export function networkError(name: string, code: string | undefined, message = 'no answer'): Error {
  return Object.assign(new Error(message), { name }, code === undefined ? {} : { code });
}

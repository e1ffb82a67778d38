/** A connection to a local AWS, and responses that its faults return. */

import type { LocalAws } from '../../local-aws/server.ts';
import { type Connection, connect } from '../../src/aws/connection.ts';
import { systemClock } from '../../src/clock.ts';

/** Connects to a local AWS with credentials that it does not check. */
export function connectTo(aws: LocalAws, debug: (line: string) => void = () => undefined): Connection {
  process.env.AWS_ENDPOINT_URL = aws.endpoint;
  process.env.AWS_ACCESS_KEY_ID = 'local';
  process.env.AWS_SECRET_ACCESS_KEY = 'local';
  return connect({ region: 'us-east-1', env: { GITHUB_RUN_ID: '4711' }, clock: systemClock, debug });
}

/** Responses that are not an answer of the service: empty, HTML of a proxy, truncated. */
export const BROKEN_RESPONSES = [
  { body: '', status: 200 },
  { body: '{}', status: 200 },
  { body: '<html>', status: 200 },
  { body: '<html>', status: 403 },
  { cutOff: 'after' }
] as const;

/** A connection to a local AWS. */

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

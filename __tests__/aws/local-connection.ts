/** Connections to servers on this machine. */

import { createServer, type RequestListener } from 'node:http';
import { type Connection, type ConnectionOptions, connect } from '../../src/aws/connection.ts';
import { systemClock } from '../../src/encryption/deadline.ts';
import { listen } from '../end-to-end/environment/network.ts';

/** Connects to a server, which does not check the credentials. */
export function connectTo(endpoint: string, options: Partial<ConnectionOptions> = {}): Connection {
  const credentials = { AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' };
  Object.assign(process.env, { AWS_ENDPOINT_URL: endpoint, ...credentials });
  return connect({ region: 'us-east-1', env: {}, clock: systemClock, debug: () => undefined, ...options });
}

/** Starts a server that answers each request in this way, and connects to it. */
export async function startServer(onRequest: RequestListener, options: Partial<ConnectionOptions> = {}) {
  const server = createServer(onRequest);
  const endpoint = `http://127.0.0.1:${await listen(server)}`;
  const connection = connectTo(endpoint, options);
  return {
    endpoint,
    connection,
    [Symbol.asyncDispose]: async () => {
      connection.close();
      server.closeAllConnections();
      server.close();
    }
  };
}

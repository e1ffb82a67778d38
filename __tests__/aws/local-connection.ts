/** Servers on this machine, and connections to them. */

import { createServer, type RequestListener } from 'node:http';
import { type Aws, openAws } from '../../src/aws/aws.ts';
import { type Connection, type ConnectionOptions, connect } from '../../src/aws/connection.ts';
import { systemClock } from '../../src/encryption/deadline.ts';
import { listen } from '../end-to-end/environment/network.ts';

/** Lets the SDK use this server, with credentials that it does not check. */
function useLocal({ endpoint }: { readonly endpoint: string }): void {
  const credentials = { AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' };
  Object.assign(process.env, { AWS_ENDPOINT_URL: endpoint, ...credentials });
}

export function connectTo(server: { readonly endpoint: string }, options: Partial<ConnectionOptions> = {}): Connection {
  useLocal(server);
  return connect({ region: 'us-east-1', env: {}, clock: systemClock, debug: () => undefined, ...options });
}

/** Starts a server that answers each request in this way. */
export async function startServer(onRequest: RequestListener): Promise<{ endpoint: string } & AsyncDisposable> {
  const server = createServer(onRequest);
  const port = await listen(server);
  return {
    endpoint: `http://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
    }
  };
}

/** Opens AWS on a local server, as a run does. */
export function openOn(server: { readonly endpoint: string }): Promise<Aws> {
  useLocal(server);
  const { signal } = new AbortController();
  return openAws({ region: 'us-east-1', env: {}, clock: systemClock, debug: () => undefined, cancelled: signal });
}

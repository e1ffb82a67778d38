/** When a request leaves: once it has a connection, TLS included. Until then nothing can have taken effect. */

import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { ClientRequest } from 'node:http';
import { TLSSocket } from 'node:tls';

/** Node publishes each request here when it is created, before it has a connection. */
const CREATED = 'http.client.request.created';

/**
 * Sends a signed request, and calls `onLeave` once, as soon as there is a connection for it: never if its host is not
 * resolved, refuses the connection, is not trusted or cannot be reached through the proxy. Until then, the request may be
 * sent again and again. The signature identifies it among others, because the SDK does not give access to Node's request.
 */
export async function watchDeparture<Answer>(
  signature: string,
  onLeave: () => void,
  send: () => Promise<Answer>
): Promise<Answer> {
  let hasLeft = false;
  const leave = () => {
    if (hasLeft) return;
    hasLeft = true;
    onLeave();
  };
  const onCreated = (message: unknown) => {
    const request = createdRequest(message);
    if (request?.getHeader('authorization') !== signature) return;
    request.once('socket', (socket) => {
      if (socket.connecting) socket.once(socket instanceof TLSSocket ? 'secureConnect' : 'connect', leave);
      else if (!socket.destroyed) leave();
    });
  };
  subscribe(CREATED, onCreated);
  try {
    return await send();
  } finally {
    unsubscribe(CREATED, onCreated);
  }
}

function createdRequest(message: unknown): ClientRequest | undefined {
  const isMessage = typeof message === 'object' && message !== null && 'request' in message;
  return isMessage && message.request instanceof ClientRequest ? message.request : undefined;
}

/** What stands between a company's runner and AWS: a proxy, and a certificate authority of its own. */

import { once } from 'node:events';
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import https from 'node:https';
import net from 'node:net';
import type { Duplex } from 'node:stream';
import { generate } from 'selfsigned';

/** A server on the loopback interface. */
interface Listening {
  readonly port: number;
}

/** Where nobody listens. */
export const NOWHERE: Listening = { port: 0 };

export interface Proxy extends Listening, AsyncDisposable {
  readonly url: string;
  /** The `host:port` of each tunnel that was asked for. */
  readonly tunnels: readonly string[];
  /** The address of each request that came in the clear, and its headers. */
  readonly requests: readonly { readonly url: string; readonly authorization: string }[];
  /** The Proxy-Authorization that came with each tunnel or request. */
  readonly logins: readonly string[];
}

export interface ProxyOptions {
  /** Where every tunnel and request leads, whatever host it names. */
  readonly to: Listening;
  /** `refuses`: answers each tunnel with 403; `hangs`: never answers any. */
  readonly manner?: 'refuses' | 'hangs';
}

/** Starts a proxy that takes tunnels (CONNECT) and requests in absolute form. */
export async function startProxy({ to, manner }: ProxyOptions): Promise<Proxy> {
  const tunnels: string[] = [];
  const requests: { url: string; authorization: string }[] = [];
  const logins: string[] = [];
  const sockets = new Set<Duplex>();
  const server = http.createServer((request, response) => {
    requests.push({ url: request.url ?? '', authorization: request.headers.authorization ?? '' });
    logins.push(request.headers['proxy-authorization'] ?? '');
    if (manner === undefined) forward(request, response, to.port);
    else if (manner === 'refuses') response.writeHead(403).end('<h1>Blocked</h1>');
  });
  server.on('connect', (request, socket: Duplex) => {
    tunnels.push(request.url ?? '');
    logins.push(request.headers['proxy-authorization'] ?? '');
    sockets.add(socket);
    socket.on('error', () => {});
    if (manner === 'refuses') socket.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n');
    if (manner !== undefined) return;
    const target = net.connect(to.port, '127.0.0.1', () => socket.write('HTTP/1.1 200 Connection established\r\n\r\n'));
    sockets.add(target);
    target.on('error', () => socket.destroy());
    socket.pipe(target).pipe(socket);
  });
  const port = await listen(server);
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    tunnels,
    requests,
    logins,
    [Symbol.asyncDispose]: () => {
      for (const socket of sockets) socket.destroy();
      return close(server);
    }
  };
}

export interface TlsServer extends Listening, AsyncDisposable {
  /** How many connections were made, whether or not they got as far as a request. */
  readonly connections: () => number;
}

export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

/** Makes a certificate that speaks for AWS in us-east-1 and for localhost. */
export function certificateForAws(): Promise<Certificate> {
  const services = ['kinesis', 'firehose', 'kms', 'sts'];
  return certificateFor('localhost', ...services.map((service) => `${service}.us-east-1.amazonaws.com`));
}

/** Makes a certificate that speaks for these hosts, and that is its own authority. */
export async function certificateFor(...hosts: string[]): Promise<Certificate> {
  const altNames = hosts.map((value) => ({ type: 2, value }) as const);
  const made = await generate([{ name: 'commonName', value: hosts[0] ?? '' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'subjectAltName', altNames }
    ]
  });
  return { key: made.private, cert: made.cert };
}

/** Starts HTTPS in front of a server that speaks HTTP. */
export async function startTls(to: Listening, certificate: Certificate): Promise<TlsServer> {
  let connections = 0;
  const server = https.createServer(certificate, (request, response) => forward(request, response, to.port));
  server.on('connection', () => {
    connections += 1;
  });
  server.on('tlsClientError', () => {});
  const port = await listen(server);
  return { port, connections: () => connections, [Symbol.asyncDispose]: () => close(server) };
}

function forward(request: IncomingMessage, response: ServerResponse, port: number): void {
  const { method, headers } = request;
  const onwards = http.request({ host: '127.0.0.1', port, method, headers, path: '/', agent: false }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  onwards.on('error', () => response.destroy());
  request.pipe(onwards);
}

export async function listen(server: http.Server | https.Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port');
  return address.port;
}

async function close(server: http.Server | https.Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}

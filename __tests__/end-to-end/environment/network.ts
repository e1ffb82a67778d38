/** A proxy and a TLS server with a private certificate authority, as in a corporate network between runner and AWS. */

import { once } from 'node:events';
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import https from 'node:https';
import net from 'node:net';
import type { Duplex } from 'node:stream';
import { generate } from 'selfsigned';

/** A server on the loopback interface. */
interface LocalServer {
  readonly port: number;
}

/** A proxy's target where no server listens. */
export const NO_TARGET: LocalServer = { port: 0 };

export interface Proxy extends LocalServer, AsyncDisposable {
  readonly url: string;
  /** The `host:port` of each CONNECT request. */
  readonly tunnels: readonly string[];
  /** The URL of each plain HTTP request. */
  readonly requests: readonly string[];
  /** The Proxy-Authorization header of each tunnel or request. */
  readonly proxyAuthorizations: readonly string[];
}

export interface ProxyOptions {
  /** The target of every tunnel and request, regardless of the host in it. */
  readonly target: LocalServer;
  /** Rejects each tunnel and request with 403, or with 407 as if the password were wrong, or never responds. */
  readonly fault?: 'reject' | 'require password' | 'hang';
}

const REFUSAL_STATUS = { reject: 403, 'require password': 407 } as const;

/** Starts a proxy for tunnels (CONNECT) and for requests with an absolute URL. */
export async function startProxy({ target, fault }: ProxyOptions): Promise<Proxy> {
  const tunnels: string[] = [];
  const requests: string[] = [];
  const proxyAuthorizations: string[] = [];
  const record = ({ url = '', headers }: IncomingMessage, urls: string[]) => {
    urls.push(url);
    proxyAuthorizations.push(headers['proxy-authorization'] ?? '');
  };
  const server = http.createServer((request, response) => {
    record(request, requests);
    if (fault === undefined) forward(request, response, target.port);
    else if (fault !== 'hang') response.writeHead(REFUSAL_STATUS[fault]).end('<h1>Blocked</h1>');
  });
  server.on('connect', (request, socket: Duplex) => {
    record(request, tunnels);
    socket.on('error', () => {});
    if (fault === undefined) {
      const upstream = net.connect(target.port, '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      });
      upstream.on('error', () => socket.destroy());
      socket.on('close', () => upstream.destroy());
      socket.pipe(upstream).pipe(socket);
    } else if (fault !== 'hang') {
      const status = REFUSAL_STATUS[fault];
      socket.end(`HTTP/1.1 ${status} ${http.STATUS_CODES[status]}\r\nContent-Length: 0\r\n\r\n`);
    }
  });
  const { port, ...disposable } = await start(server);
  return { port, url: `http://127.0.0.1:${port}`, tunnels, requests, proxyAuthorizations, ...disposable };
}

export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

/** Creates a certificate for localhost and for the AWS hosts in us-east-1. */
export function certificateForAws(): Promise<Certificate> {
  const services = ['kinesis', 'firehose', 'kms', 'sts'];
  return certificateFor('localhost', ...services.map((service) => `${service}.us-east-1.amazonaws.com`));
}

/** Creates a self-signed certificate for these hosts. */
export async function certificateFor(...hosts: string[]): Promise<Certificate> {
  const altNames = hosts.map((value) => ({ type: 2, value }) as const);
  const generated = await generate([{ name: 'commonName', value: hosts[0] ?? '' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'subjectAltName', altNames }
    ]
  });
  return { key: generated.private, cert: generated.cert };
}

/** Starts an HTTPS server that forwards to an HTTP server. It may require a client certificate. */
export function startTls(
  target: LocalServer,
  certificate: Certificate,
  client: Pick<https.ServerOptions, 'requestCert' | 'rejectUnauthorized'> = {}
): Promise<LocalServer & AsyncDisposable> {
  const options = { ...certificate, ...client };
  return start(https.createServer(options, (request, response) => forward(request, response, target.port)));
}

/** Starts a server that resets each connection when the first bytes arrive, as a firewall does during a TLS handshake. */
export function startResetting(): Promise<LocalServer & AsyncDisposable> {
  const server = net.createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => socket.resetAndDestroy());
  });
  return start(server);
}

function forward(request: IncomingMessage, response: ServerResponse, port: number): void {
  const { method, headers } = request;
  const forwarded = http.request({ host: '127.0.0.1', port, method, headers, path: '/', agent: false }, (upstream) => {
    response.writeHead(upstream.statusCode ?? 502, upstream.headers);
    upstream.pipe(response);
  });
  forwarded.on('error', () => response.destroy());
  request.pipe(forwarded);
}

/** Starts a server that closes its connections when it is disposed of. */
export async function start(server: net.Server): Promise<LocalServer & AsyncDisposable> {
  const sockets = new Set<net.Socket>();
  server.on('connection', (socket) => sockets.add(socket));
  const port = await listen(server);
  return {
    port,
    [Symbol.asyncDispose]: async () => {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    }
  };
}

export async function listen(server: net.Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port');
  return address.port;
}

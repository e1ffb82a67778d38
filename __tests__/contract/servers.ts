/** The servers that the contract is asked of: how each is started, and stopped again. */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants } from 'node:fs';
import { createServer } from 'node:net';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CreateAliasCommand, CreateKeyCommand } from '@aws-sdk/client-kms';
import { startLocalAws } from '../../local-aws/server.ts';
import { ACCOUNT, type Clients, createClients, REGION } from '../local-aws/fixture.ts';

export type Service = 'kinesis' | 'firehose' | 'kms' | 'tagging';

/** The forms in which one key can be written, and the id of a multi-Region one. */
export interface KeyForms {
  readonly id: string;
  readonly arn: string;
  readonly alias: string;
  readonly aliasArn: string;
  readonly multiRegionId: string;
}

/** A server while it runs. */
export interface Running {
  readonly clients: Clients;
  readonly keys: KeyForms;
  stop(): Promise<void>;
}

export interface Emulator {
  readonly name: string;
  readonly offers: readonly Service[];
  /** Why it cannot run here, if it cannot. */
  readonly absent?: string;
  start(): Promise<Running>;
}

const READY_WITHIN_MS = 30_000;

export const LOCAL_AWS: Emulator = {
  name: 'local-aws',
  offers: ['kinesis', 'firehose', 'kms', 'tagging'],
  async start() {
    const aws = await startLocalAws({ changeMs: 150, encryptionLagMs: 0 });
    const clients = createClients(aws.endpoint);
    return { clients, keys: await createKeys(clients), stop: () => aws.close() };
  }
};

export const KINESIS_LOCAL: Emulator = {
  name: 'kinesis-local',
  offers: ['kinesis'],
  async start() {
    const port = await freePort();
    const tlsPort = await freePort();
    const child = spawn(process.execPath, ['--require', at('loopback.cjs'), modules('main.js')], {
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      env: {
        KINESIS_MOCK_PLAIN_PORT: `${port}`,
        KINESIS_MOCK_TLS_PORT: `${tlsPort}`,
        KINESIS_MOCK_CERT_PATH: modules('server.json'),
        CREATE_STREAM_DURATION: '100ms',
        // It reads how long a start takes from the variable for a stop.
        STOP_STREAM_ENCRYPTION_DURATION: '200ms'
      }
    });
    const endpoint = `http://127.0.0.1:${port}`;
    await ready(child, endpoint);
    // It has no KMS and looks no key up, so any key will do.
    return { clients: createClients(endpoint), keys: INVENTED_KEYS, stop: () => stop(child) };
  }
};

export const MOTO: Emulator = {
  name: 'moto',
  offers: ['kinesis', 'firehose', 'kms', 'tagging'],
  ...(motoEndpoint() === undefined && !isOnPath('moto_server') && { absent: 'moto_server is not on PATH' }),
  async start() {
    const running = motoEndpoint();
    if (running !== undefined) {
      // What an earlier run left would count towards its 50 delivery streams.
      await fetch(`${running}/moto-api/reset`, { method: 'POST' });
      const clients = createClients(running);
      return { clients, keys: await createKeys(clients), stop: async () => {} };
    }
    const port = await freePort();
    const child = spawn('moto_server', ['-H', '127.0.0.1', '-p', `${port}`], { stdio: 'ignore' });
    const endpoint = `http://127.0.0.1:${port}`;
    await ready(child, endpoint);
    const clients = createClients(endpoint);
    return { clients, keys: await createKeys(clients), stop: () => stop(child) };
  }
};

const INVENTED_KEYS: KeyForms = {
  id: '12345678-1234-1234-1234-123456789012',
  arn: `arn:aws:kms:${REGION}:${ACCOUNT}:key/12345678-1234-1234-1234-123456789012`,
  alias: 'alias/contract',
  aliasArn: `arn:aws:kms:${REGION}:${ACCOUNT}:alias/contract`,
  multiRegionId: 'mrk-1234567890abcdef1234567890abcdef'
};

/** A moto that runs already, as in a container of a workflow. */
function motoEndpoint(): string | undefined {
  const { MOTO_ENDPOINT } = process.env;
  return MOTO_ENDPOINT || undefined;
}

async function createKeys({ kms }: Clients): Promise<KeyForms> {
  const alias = 'alias/contract';
  const key = await kms.send(new CreateKeyCommand({ KeyUsage: 'ENCRYPT_DECRYPT' }));
  const multiRegion = await kms.send(new CreateKeyCommand({ KeyUsage: 'ENCRYPT_DECRYPT', MultiRegion: true }));
  const { KeyId: id = '', Arn: arn = '' } = key.KeyMetadata ?? {};
  await kms.send(new CreateAliasCommand({ AliasName: alias, TargetKeyId: id }));
  const aliasArn = arn.replace(`key/${id}`, alias);
  return { id, arn, alias, aliasArn, multiRegionId: multiRegion.KeyMetadata?.KeyId ?? '' };
}

/** Any HTTP answer will do: the server is there. */
async function ready(child: ChildProcess, endpoint: string): Promise<void> {
  const deadline = Date.now() + READY_WITHIN_MS;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`It ended with ${child.exitCode} before it answered`);
    try {
      await fetch(endpoint, { signal: AbortSignal.timeout(1000) });
      return;
    } catch {
      await sleep(50);
    }
  }
  await stop(child);
  throw new Error(`It did not answer within ${READY_WITHIN_MS} ms`);
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('There is no free port');
  return address.port;
}

function isOnPath(command: string): boolean {
  const { PATH = '' } = process.env;
  return PATH.split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, command), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

function at(file: string): string {
  return join(import.meta.dirname, file);
}

function modules(file: string): string {
  return join(import.meta.dirname, '../../node_modules/kinesis-local', file);
}

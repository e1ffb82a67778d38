/** The emulators that the contract tests run against, and how to start and stop them. */

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

/** The forms of one key, and the id of a multi-Region key. */
export interface KeyForms {
  readonly id: string;
  readonly arn: string;
  readonly alias: string;
  readonly aliasArn: string;
  readonly multiRegionId: string;
}

export interface RunningEmulator {
  readonly clients: Clients;
  readonly keys: KeyForms;
  stop(): Promise<void>;
}

export interface Emulator {
  readonly name: string;
  readonly services: readonly Service[];
  /** Set if the emulator cannot run on this machine. */
  readonly skipReason?: string;
  start(): Promise<RunningEmulator>;
}

const READY_TIMEOUT_MS = 120_000;

export const LOCAL_AWS: Emulator = {
  name: 'local-aws',
  services: ['kinesis', 'firehose', 'kms', 'tagging'],
  async start() {
    const aws = await startLocalAws({ changeMs: 150, encryptionLagMs: 0 });
    const clients = createClients(aws.endpoint);
    return { clients, keys: await createKeys(clients), stop: () => aws.close() };
  }
};

export const KINESIS_LOCAL: Emulator = {
  name: 'kinesis-local',
  services: ['kinesis'],
  async start() {
    const port = await freePort();
    const tlsPort = await freePort();
    const child = spawn(
      process.execPath,
      ['--require', join(import.meta.dirname, 'loopback.cjs'), kinesisLocalFile('main.js')],
      {
        stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
        env: {
          KINESIS_MOCK_PLAIN_PORT: `${port}`,
          KINESIS_MOCK_TLS_PORT: `${tlsPort}`,
          KINESIS_MOCK_CERT_PATH: kinesisLocalFile('server.json'),
          CREATE_STREAM_DURATION: '100ms',
          // kinesis-local reads the duration of a start from the variable for a stop.
          STOP_STREAM_ENCRYPTION_DURATION: '200ms'
        }
      }
    );
    const endpoint = `http://127.0.0.1:${port}`;
    await waitUntilReady(child, endpoint);
    // kinesis-local has no KMS and accepts any key.
    return { clients: createClients(endpoint), keys: PLACEHOLDER_KEYS, stop: () => stop(child) };
  }
};

export const MOTO: Emulator = {
  name: 'moto',
  services: ['kinesis', 'firehose', 'kms', 'tagging'],
  ...(motoEndpoint() === undefined && !isOnPath('moto_server') && { skipReason: 'moto_server is not on PATH' }),
  async start() {
    const runningEndpoint = motoEndpoint();
    if (runningEndpoint !== undefined) {
      // Moto allows 50 delivery streams, so those of an earlier run must go.
      await fetch(`${runningEndpoint}/moto-api/reset`, { method: 'POST' });
      const clients = createClients(runningEndpoint);
      return { clients, keys: await createKeys(clients), stop: async () => {} };
    }
    const port = await freePort();
    const child = spawn('moto_server', ['-H', '127.0.0.1', '-p', `${port}`], { stdio: 'ignore' });
    const endpoint = `http://127.0.0.1:${port}`;
    await waitUntilReady(child, endpoint);
    const clients = createClients(endpoint);
    return { clients, keys: await createKeys(clients), stop: () => stop(child) };
  }
};

const PLACEHOLDER_KEYS: KeyForms = {
  id: '12345678-1234-1234-1234-123456789012',
  arn: `arn:aws:kms:${REGION}:${ACCOUNT}:key/12345678-1234-1234-1234-123456789012`,
  alias: 'alias/contract',
  aliasArn: `arn:aws:kms:${REGION}:${ACCOUNT}:alias/contract`,
  multiRegionId: 'mrk-1234567890abcdef1234567890abcdef'
};

/** The endpoint of a moto that is already running, such as the service container of a workflow. */
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

/** Polls until the server returns any HTTP response. */
async function waitUntilReady(child: ChildProcess, endpoint: string): Promise<void> {
  const deadline = Date.now() + READY_TIMEOUT_MS;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`The emulator exited with code ${child.exitCode} before it was ready`);
    try {
      await fetch(endpoint, { signal: AbortSignal.timeout(1000) });
      return;
    } catch {
      await sleep(50);
    }
  }
  await stop(child);
  throw new Error(`The emulator was not ready within ${READY_TIMEOUT_MS} ms`);
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('The server has no port');
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

function kinesisLocalFile(file: string): string {
  return join(import.meta.dirname, '../../node_modules/kinesis-local', file);
}

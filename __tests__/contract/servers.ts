/** The emulators that the contract tests run against, and how to start and stop them. */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startLocalAws } from '../../local-aws/server.ts';
import { ACCOUNT, Calls, REGION } from '../local-aws/fixture.ts';

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
  readonly calls: Calls;
  readonly keys: KeyForms;
  stop(): Promise<void>;
}

export interface Emulator {
  readonly name: 'local-aws' | 'kinesis-local' | 'moto';
  readonly services: readonly Service[];
  /** Set if the emulator cannot run on this machine. */
  readonly skipReason?: string;
  start(): Promise<RunningEmulator>;
}

const READY_TIMEOUT_MS = 120_000;
const ALL_SERVICES: readonly Service[] = ['kinesis', 'firehose', 'kms', 'tagging'];

export const LOCAL_AWS: Emulator = {
  name: 'local-aws',
  services: ALL_SERVICES,
  async start() {
    const aws = await startLocalAws({ changeMs: 150, encryptionLagMs: 0 });
    return withKeys(aws.endpoint, () => aws.close());
  }
};

export const KINESIS_LOCAL: Emulator = {
  name: 'kinesis-local',
  services: ['kinesis'],
  async start() {
    const files = join(import.meta.dirname, '../../node_modules/kinesis-local');
    const args = ['--require', join(import.meta.dirname, 'loopback.cjs'), join(files, 'main.js')];
    const child = spawn(process.execPath, args, {
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      env: {
        KINESIS_MOCK_PLAIN_PORT: '4568',
        KINESIS_MOCK_CERT_PATH: join(files, 'server.json'),
        CREATE_STREAM_DURATION: '100ms',
        // kinesis-local reads the duration of a start from the variable for a stop.
        STOP_STREAM_ENCRYPTION_DURATION: '200ms'
      }
    });
    const [port] = await once(child, 'message', { signal: AbortSignal.timeout(READY_TIMEOUT_MS) });
    const endpoint = await waitUntilReady(child, Number(port));
    return { calls: new Calls(endpoint), keys: PLACEHOLDER_KEYS, stop: () => stop(child) };
  }
};

/** The endpoint of a moto that is already running, such as the service container of a workflow. */
const { MOTO_ENDPOINT = '' } = process.env;

export const MOTO: Emulator = {
  name: 'moto',
  services: ALL_SERVICES,
  ...(MOTO_ENDPOINT === '' && !isOnPath('moto_server') && { skipReason: 'moto_server is not on PATH' }),
  async start() {
    if (MOTO_ENDPOINT !== '') {
      // Moto allows 50 delivery streams, so those of an earlier run must go.
      await fetch(`${MOTO_ENDPOINT}/moto-api/reset`, { method: 'POST' });
      return withKeys(MOTO_ENDPOINT, async () => {});
    }
    const port = await freePort();
    const child = spawn('moto_server', ['-H', '127.0.0.1', '-p', `${port}`], { stdio: 'ignore' });
    return withKeys(await waitUntilReady(child, port), () => stop(child));
  }
};

/** Of an emulator that accepts any key. */
const PLACEHOLDER_KEYS: KeyForms = {
  id: '12345678-1234-1234-1234-123456789012',
  arn: `arn:aws:kms:${REGION}:${ACCOUNT}:key/12345678-1234-1234-1234-123456789012`,
  alias: 'alias/contract',
  aliasArn: `arn:aws:kms:${REGION}:${ACCOUNT}:alias/contract`,
  multiRegionId: 'mrk-1234567890abcdef1234567890abcdef'
};

/** Creates the keys of the cases on the server at this endpoint. */
async function withKeys(endpoint: string, stopServer: () => Promise<void>): Promise<RunningEmulator> {
  const calls = new Calls(endpoint);
  const alias = 'alias/contract';
  const key = await calls.kms.createKey({ KeyUsage: 'ENCRYPT_DECRYPT' });
  const multiRegion = await calls.kms.createKey({ KeyUsage: 'ENCRYPT_DECRYPT', MultiRegion: true });
  const { KeyId: id = '', Arn: arn = '' } = key.KeyMetadata ?? {};
  await calls.kms.createAlias({ AliasName: alias, TargetKeyId: id });
  const aliasArn = arn.replace(`key/${id}`, alias);
  const keys = { id, arn, alias, aliasArn, multiRegionId: multiRegion.KeyMetadata?.KeyId ?? '' };
  return { calls, keys, stop: stopServer };
}

/** Polls until the server on this port returns any HTTP response. Returns its endpoint. */
async function waitUntilReady(child: ChildProcess, port: number): Promise<string> {
  const endpoint = `http://127.0.0.1:${port}`;
  const deadline = Date.now() + READY_TIMEOUT_MS;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`The emulator exited with code ${child.exitCode} before it was ready`);
    try {
      await fetch(endpoint, { signal: AbortSignal.timeout(1000) });
      return endpoint;
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
  return (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, command)));
}

/**
 * Runs every case against the local AWS and against third-party emulators. Each must return what AWS returns, except for the
 * known differences. The local AWS may not differ.
 */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { isDeepStrictEqual as equals } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startLocalAws } from '../../local-aws/server.ts';
import { ACCOUNT, Calls, REGION } from '../local-aws/fixture.ts';
import { CASES, type RunningEmulator, type Service } from './cases.ts';

interface Emulator {
  readonly name: 'local-aws' | 'kinesis-local' | 'moto';
  readonly services: readonly Service[];
  /** Set if the emulator cannot run on this machine. */
  readonly skipReason?: string;
  start(): Promise<RunningEmulator>;
}

const ALL_SERVICES = ['kinesis', 'firehose', 'kms', 'tagging'] as const;

/** The process of the emulator that runs now. */
let child: ChildProcess | undefined;

const LOCAL_AWS: Emulator = {
  name: 'local-aws',
  services: ALL_SERVICES,
  async start() {
    const aws = await startLocalAws({ changeMs: 150, encryptionLagMs: 0 });
    return { ...(await withKeys(aws.endpoint)), stop: () => aws.close() };
  }
};

const KINESIS_LOCAL: Emulator = {
  name: 'kinesis-local',
  services: ['kinesis'],
  async start() {
    const files = join(import.meta.dirname, '../../node_modules/kinesis-local');
    const args = ['--require', join(import.meta.dirname, 'loopback.cjs'), join(files, 'main.js')];
    child = spawn(process.execPath, args, {
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      env: {
        KINESIS_MOCK_PLAIN_PORT: '4568',
        KINESIS_MOCK_CERT_PATH: join(files, 'server.json'),
        CREATE_STREAM_DURATION: '100ms',
        // kinesis-local reads the duration of a start from the variable for a stop.
        STOP_STREAM_ENCRYPTION_DURATION: '200ms'
      }
    });
    const [port] = await once(child, 'message');
    // It accepts any key.
    const id = '12345678-1234-1234-1234-123456789012';
    const arn = `arn:aws:kms:${REGION}:${ACCOUNT}:key/${id}`;
    const keys = { id, arn, ...aliasOf(id, arn), multiRegionId: 'mrk-1234567890abcdef1234567890abcdef' };
    return { calls: new Calls(`http://127.0.0.1:${port}`), keys };
  }
};

/** The endpoint of a moto that is already running, such as the service container of a workflow. */
const { MOTO_ENDPOINT = '', PATH = '' } = process.env;
const isOnPath = PATH.split(delimiter).some((folder) => existsSync(join(folder, 'moto_server')));

const MOTO: Emulator = {
  name: 'moto',
  services: ALL_SERVICES,
  ...(MOTO_ENDPOINT === '' && !isOnPath && { skipReason: 'moto_server is not on PATH' }),
  async start() {
    if (MOTO_ENDPOINT !== '') {
      // Moto allows 50 delivery streams, so those of an earlier run must go.
      await fetch(`${MOTO_ENDPOINT}/moto-api/reset`, { method: 'POST' });
      return withKeys(MOTO_ENDPOINT);
    }
    const server = spawn('moto_server', ['-H', '127.0.0.1', '-p', '0'], { stdio: ['ignore', 'ignore', 'pipe'] });
    child = server;
    const endpoint = await new Promise<string>((resolve, reject) => {
      server.once('exit', () => reject(new Error('moto_server exited before it was ready')));
      createInterface(server.stderr).on('line', (line) => {
        const [, url] = /Running on (http:\S+)/.exec(line) ?? [];
        if (url !== undefined) resolve(url);
      });
    });
    return withKeys(endpoint);
  }
};

function aliasOf(id: string, arn: string) {
  return { alias: 'alias/contract', aliasArn: arn.replace(`key/${id}`, 'alias/contract') };
}

/** Creates the keys of the cases on the server at this endpoint. */
async function withKeys(endpoint: string): Promise<RunningEmulator> {
  const calls = new Calls(endpoint);
  const key = await calls.kms.createKey({ KeyUsage: 'ENCRYPT_DECRYPT' });
  const multiRegion = await calls.kms.createKey({ KeyUsage: 'ENCRYPT_DECRYPT', MultiRegion: true });
  const { KeyId: id = '', Arn: arn = '' } = key.KeyMetadata ?? {};
  const names = aliasOf(id, arn);
  await calls.kms.createAlias({ AliasName: names.alias, TargetKeyId: id });
  return { calls, keys: { id, arn, ...names, multiRegionId: multiRegion.KeyMetadata?.KeyId ?? '' } };
}

describe.each([LOCAL_AWS, KINESIS_LOCAL, MOTO])('$name', ({ name, services, skipReason, start }) => {
  if (skipReason !== undefined) {
    test.skip(`skipped: ${skipReason}`, () => {});
    return;
  }

  let server: RunningEmulator;
  beforeAll(async () => {
    server = await start();
  });
  afterAll(async () => {
    child?.kill('SIGKILL');
    await server?.stop?.();
  });

  const cases = services.flatMap((service) =>
    CASES[service].map((one) => ({ ...one, title: `${service}: ${one.name}` }))
  );
  for (const { title, aws, isTransient, observe, ...differences } of cases) {
    const [observed, reason] = (name === 'local-aws' ? undefined : differences[name]) ?? [aws];
    test(`${title}${reason === undefined ? '' : ` (differs: ${reason})`}`, async () => {
      if (reason !== undefined) expect(observed).not.toEqual(aws);
      let actual = await observe(server);
      for (let attempt = 2; isTransient && attempt <= 10 && !equals(actual, observed); attempt++) {
        actual = await observe(server);
      }
      expect(actual).toEqual(observed);
    });
  }
});

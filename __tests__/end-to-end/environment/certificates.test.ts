import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { type LocalAws, startLocalAws } from '../../../local-aws/server.ts';
import { createStream, KINDS } from '../step.ts';
import { type Certificate, certificateFor, certificateForAws, startTls } from './network.ts';
import { Files, runWatched } from './watched.ts';

/** A slow machine may be slow; a step that hangs is ended before, and then the test says what it came to. */
jest.setTimeout(30_000);

let aws: LocalAws;
beforeEach(async () => {
  aws = await startLocalAws({ changeMs: 20 });
});
afterEach(() => aws.close());

const files = new Files();
let certificate: Certificate;
/** The file that holds the certificate's authority. */
let bundle: string;
beforeAll(async () => {
  certificate = await certificateForAws();
  bundle = files.write('authority.pem', certificate.cert);
});
afterAll(() => files[Symbol.dispose]());

describe('a certificate of the company', () => {
  test.each(['AWS_CA_BUNDLE', 'NODE_EXTRA_CA_CERTS'])('is trusted where %s names its authority', async (variable) => {
    await using tls = await startTls(aws, certificate);
    createStream(aws, 'kinesis');
    const env = { AWS_ENDPOINT_URL: `https://localhost:${tls.port}`, [variable]: bundle };
    const { outputs } = await runWatched(aws, 'kinesis', {}, env);
    expect(outputs.outcome).toBe('enabled');
  });

  test.each(KINDS)('ends the step at once where none does, and names AWS_CA_BUNDLE: %s', async (kind) => {
    await using tls = await startTls(aws, certificate);
    createStream(aws, kind);
    const { outputs, stdout } = await runWatched(aws, kind, {}, { AWS_ENDPOINT_URL: `https://localhost:${tls.port}` });
    expect(outputs).toMatchObject({ outcome: 'failed', changed: 'false' });
    expect(stdout).toMatch(
      /^::error title=.* orders::failed: .*name the certificate authority in AWS_CA_BUNDLE\. No change was sent/m
    );
    expect(stdout).not.toContain('trying again');
    expect(tls.connections()).toBe(1);
    expect(aws.requests).toEqual([]);
  });

  test('adds to the authorities that are trusted anyway', async () => {
    const another = files.write('another.pem', (await certificateFor('example.org')).cert);
    await using tls = await startTls(aws, certificate);
    createStream(aws, 'kinesis');
    const { outputs } = await runWatched(
      aws,
      'kinesis',
      {},
      {
        AWS_ENDPOINT_URL: `https://localhost:${tls.port}`,
        AWS_CA_BUNDLE: another,
        NODE_EXTRA_CA_CERTS: bundle
      }
    );
    expect(outputs.outcome).toBe('enabled');
  });

  test('in a file that cannot be read ends the step at once, and the file is named', async () => {
    const { outputs, stdout } = await runWatched(
      aws,
      'kinesis',
      {},
      { AWS_CA_BUNDLE: join(files.folder, 'nowhere.pem') }
    );
    expect(outputs.outcome).toBe('failed');
    expect(stdout).toMatch(/^::error .*AWS_CA_BUNDLE is .*nowhere\.pem, which cannot be read: .*ENOENT/m);
  });
});

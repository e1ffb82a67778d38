import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type LocalAws, startLocalAws } from '../../../local-aws/server.ts';
import { createStream, KINDS } from '../step.ts';
import { type Certificate, certificateFor, certificateForAws, startTls } from './network.ts';
import { runWithSecrets, TempFiles } from './secret-run.ts';

let aws: LocalAws;
beforeEach(async () => {
  aws = await startLocalAws({ changeMs: 20 });
});
afterEach(() => aws.close());

const files = new TempFiles();
let certificate: Certificate;
let bundlePath: string;
beforeAll(async () => {
  certificate = await certificateForAws();
  bundlePath = files.write('authority.pem', certificate.cert);
});
afterAll(() => files[Symbol.dispose]());

describe('a certificate of a private authority', () => {
  test('is trusted if the file in AWS_CA_BUNDLE or NODE_EXTRA_CA_CERTS contains its authority', async () => {
    await using tls = await startTls(aws, certificate);
    createStream(aws, 'kinesis');
    const another = files.write('another.pem', (await certificateFor('example.org')).cert);
    const steps = await Promise.all(
      [
        { AWS_CA_BUNDLE: bundlePath },
        { NODE_EXTRA_CA_CERTS: bundlePath },
        { NODE_EXTRA_CA_CERTS: bundlePath, AWS_CA_BUNDLE: another }
      ].map((env) => {
        const endpoint = `https://localhost:${tls.port}`;
        return runWithSecrets(aws, 'kinesis', { mode: 'plan' }, { AWS_ENDPOINT_URL: endpoint, ...env });
      })
    );
    for (const { outputs } of steps) expect(outputs.outcome).toBe('planned');
  });

  test.each(KINDS)(
    '%s: fails the step without a retry if it is not trusted, and the message names AWS_CA_BUNDLE',
    async (kind) => {
      await using tls = await startTls(aws, certificate);
      createStream(aws, kind);
      const { outputs, stdout } = await runWithSecrets(
        aws,
        kind,
        {},
        { AWS_ENDPOINT_URL: `https://localhost:${tls.port}` }
      );
      expect(outputs).toMatchObject({ outcome: 'failed', changed: 'false' });
      expect(stdout).toMatch(
        /^::error title=.* orders::failed: .*set AWS_CA_BUNDLE to the certificate authority\. No change was sent/m
      );
      expect(stdout).not.toContain('retrying');
      expect(tls.connections()).toBe(1);
      expect(aws.requests).toEqual([]);
    }
  );

  test.each([{}, { maxVersion: 'TLSv1.2' as const }])(
    'does not help if the server requires a client certificate, and the message says so: %j',
    async (version) => {
      await using tls = await startTls(aws, certificate, { requestCert: true, rejectUnauthorized: true, ...version });
      const env = { AWS_ENDPOINT_URL: `https://localhost:${tls.port}`, AWS_CA_BUNDLE: bundlePath };
      const { outputs, stdout } = await runWithSecrets(aws, 'kinesis', {}, env);
      expect(outputs.outcome).toBe('failed');
      expect(stdout).toMatch(/^::error .*may require a client certificate/m);
      expect(stdout).not.toContain('AWS_CA_BUNDLE');
    }
  );

  test('does not help if it is for another host, and the message names both hosts', async () => {
    const another = await certificateFor('example.org');
    await using tls = await startTls(aws, another);
    const env = {
      AWS_ENDPOINT_URL: `https://localhost:${tls.port}`,
      AWS_CA_BUNDLE: files.write('example.pem', another.cert)
    };
    const { outputs, stdout } = await runWithSecrets(aws, 'kinesis', {}, env);
    expect(outputs.outcome).toBe('failed');
    expect(stdout).toMatch(
      /^::error .*Host: localhost\. is not in .*example\.org\. The TLS certificate is for another host/m
    );
    expect(stdout).not.toContain('AWS_CA_BUNDLE');
  });

  test('fails the step and names the file if AWS_CA_BUNDLE cannot be read', async () => {
    const { outputs, stdout } = await runWithSecrets(
      aws,
      'kinesis',
      {},
      { AWS_CA_BUNDLE: join(files.folder, 'nowhere.pem') }
    );
    expect(outputs.outcome).toBe('failed');
    expect(stdout).toMatch(/^::error .*AWS_CA_BUNDLE is .*nowhere\.pem, which cannot be read: .*ENOENT/m);
  });
});

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { toOutputs } from '../../src/github/inputs-outputs.ts';
import { sanitize } from '../../src/github/log.ts';
import { code, prose } from '../../src/github/markup.ts';
import { writeReport } from '../../src/github/report-file.ts';
import { addEnvironment, addPasswords, addSecrets, hideSecrets, hideSecretsIn } from '../../src/github/secrets.ts';
import { cpuTimeMs } from '../support/cpu-time.ts';
import { reportOf } from '../support/ended-runs.ts';
import { result } from '../support/results.ts';
import { captureStdout } from './capture-stdout.ts';

describe('the value of a secret variable is hidden', () => {
  test.each([
    'AWS_SECRET_ACCESS_KEY',
    'aws_secret_access_key',
    'AWS_SESSION_TOKEN',
    'AWS_SECURITY_TOKEN',
    'AWS_CONTAINER_AUTHORIZATION_TOKEN',
    'AWS_BEARER_TOKEN_BEDROCK',
    'ACTIONS_ID_TOKEN_REQUEST_TOKEN',
    'ACTIONS_RUNTIME_TOKEN',
    'GITHUB_TOKEN',
    'GH_TOKEN',
    'Gh_Enterprise_Token',
    'INPUT_GITHUB-TOKEN'
  ])('%s', (variable) => {
    addEnvironment({ [variable]: `planted-${variable}` });
    expect(hideSecrets(`before planted-${variable} after`)).toBe('before *** after');
  });

  test('but not the access key id', () => {
    addEnvironment({ AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE' });
    expect(hideSecrets('key AKIAIOSFODNN7EXAMPLE')).toBe('key AKIAIOSFODNN7EXAMPLE');
  });
});

describe('a secret', () => {
  const SECRET = 'wJalr/UtnFEMI+K7 <MD&E"NG>==';
  addSecrets([`  ${SECRET}\n`]);

  test.each([
    ['as it is', SECRET],
    ['in a URL', encodeURIComponent(SECRET)],
    ['in a URL with lower-case escapes', encodeURIComponent(SECRET).replace(/%../g, (hex) => hex.toLowerCase())],
    ['in JSON', JSON.stringify(SECRET).slice(1, -1)],
    ['in JSON with escaped slashes', JSON.stringify(SECRET).slice(1, -1).replaceAll('/', '\\/')],
    ['in HTML', SECRET.replace('&', '&amp;').replace('<', '&lt;').replace('>', '&gt;').replace('"', '&quot;')]
  ])('is hidden %s', (_form, text) => {
    expect(hideSecrets(`a ${text} b`)).toBe('a *** b');
  });

  test('is hidden before text is escaped for HTML', () => {
    expect(code(SECRET)).toBe('<code>***</code>');
    expect(prose(`see ${SECRET} here`)).toBe('see *** here');
  });

  test('is hidden before text is truncated', () => {
    const text = 'x'.repeat(3_990) + SECRET;
    expect(sanitize(text)).toBe(`${'x'.repeat(3_990)}***`);
  });

  test.each(['…', '…. Grant it', '...'])('is hidden if only its beginning is left before an ellipsis: "%s"', (end) => {
    expect(hideSecrets(`no ${SECRET.slice(0, 14)}${end}`)).toBe(`no ***${end}`);
  });

  test('is hidden if it begins with another secret', () => {
    addSecrets(['longer-than-that-one', 'longer-than']);
    expect(hideSecrets('longer-than-that-one longer-than')).toBe('*** ***');
  });

  test('of several words is hidden word by word, too', () => {
    addSecrets(['Bearer first-word\nsecond-word']);
    expect(hideSecrets('Bearer x first-word, second-word')).toBe('Bearer x ***, ***');
  });

  test('is hidden at the end of a sentence whose period was removed', () => {
    addSecrets(['ends-in-a-period.']);
    expect(hideSecrets('no ends-in-a-period')).toBe('no ***');
  });

  test('that is too short, or a word of the outputs, stays visible', () => {
    addSecrets(['testing', '']);
    addPasswords(['abc', 'kinesis', 'able']);
    expect(hideSecrets('testing abc kinesis enabled')).toBe('testing abc kinesis enabled');
    addPasswords(['wxyz']);
    expect(hideSecrets('a wxyz b')).toBe('a *** b');
  });

  test('is searched for in long texts without a long delay', () => {
    const text = '…wJal'.repeat(50_000) + 'x'.repeat(1_000_000);
    expect(cpuTimeMs(() => hideSecrets(text))).toBeLessThan(5_000);
  });
});

describe('a secret in a result', () => {
  addSecrets(['token-in-a-result']);
  const leaky = result({ name: 'token-in-a-result', message: 'refused "token-in-a-result"', outcome: 'failed' });

  test('is hidden in the outputs', () => {
    const outputs = toOutputs([leaky], 1);
    expect(outputs['stream-name']).toBe('***');
    expect(JSON.parse(outputs.results ?? '')).toMatchObject([{ name: '***', message: 'refused "***"' }]);
  });

  test('is hidden in the report', () => {
    const folder = mkdtempSync(join(tmpdir(), 'stream-encryption-secrets-'));
    writeReport(join(folder, 'report.json'), reportOf([leaky]));
    expect(readFileSync(join(folder, 'report.json'), 'utf8')).not.toContain('token-in-a-result');
    rmSync(folder, { recursive: true });
  });
});

test('what other code writes to stdout or stderr has no secrets', () => {
  addSecrets(['written-by-others']);
  const written = captureStdout(() => {
    const { write } = process.stdout;
    hideSecretsIn([process.stdout]);
    process.stdout.write('a written-by-others b\n');
    process.stdout.write = write;
  });
  expect(written).toBe('a *** b\n');
});

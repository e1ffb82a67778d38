import { describe, expect, test } from '@jest/globals';
import { sanitize } from '../../src/github/log.ts';
import { code, prose } from '../../src/github/markup.ts';
import { addEnvironment, addPasswords, addSecrets, hideSecrets, hideSecretsIn } from '../../src/github/secrets.ts';
import { cpuTimeMs } from '../support/cpu-time.ts';
import { captureStdout } from './capture-stdout.ts';

test.each([
  'aws_session_token',
  'AWS_BEARER_TOKEN_BEDROCK',
  'ACTIONS_RUNTIME_TOKEN',
  'Github_Enterprise_Token',
  'INPUT_GITHUB-TOKEN'
])('the value of %s is hidden', (variable) => {
  addEnvironment({ [variable]: `planted-${variable}`, AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE' });
  expect(hideSecrets(`AKIAIOSFODNN7EXAMPLE planted-${variable} after`)).toBe('AKIAIOSFODNN7EXAMPLE *** after');
});

test('the password in a URL of the environment is hidden', () => {
  addEnvironment({ GITHUB_SERVER_URL: 'https://mona:octo/cat-9@github.example', HOME: '/home/mona:x@y' });
  expect(hideSecrets('https://mona:octo/cat-9@github.example/o')).toBe('https://mona:***@github.example/o');
});

describe('a secret', () => {
  const SECRET = 'wJalr/UtnFEMI+K7 <MD&E"NG>==';
  const JSON_FORM = JSON.stringify(SECRET).slice(1, -1);
  addSecrets([`  ${SECRET}\n`]);

  test.each([
    ['as it is', SECRET],
    ['in a URL', encodeURIComponent(SECRET)],
    ['in a URL with lower-case escapes', encodeURIComponent(SECRET).replace(/%../g, (hex) => hex.toLowerCase())],
    ['in JSON', JSON_FORM],
    ['in JSON with escaped slashes', JSON_FORM.replaceAll('/', '\\/')],
    ['in HTML', SECRET.replace('&', '&amp;').replace('<', '&lt;').replace('>', '&gt;').replace('"', '&quot;')]
  ])('is hidden %s', (_form, text) => {
    expect(hideSecrets(`a ${text} b`)).toBe('a *** b');
  });

  test('is hidden before text is escaped for HTML, or truncated', () => {
    expect(code(SECRET)).toBe('<code>***</code>');
    expect(prose(`see ${SECRET} here`)).toBe('see *** here');
    expect(sanitize('x'.repeat(3_990) + SECRET)).toBe(`${'x'.repeat(3_990)}***`);
  });

  test.each(['…', '…. Grant it', '...'])('is hidden if only its beginning is left before an ellipsis: "%s"', (end) => {
    expect(hideSecrets(`no ${SECRET.slice(0, 14)}${end}`)).toBe(`no ***${end}`);
  });

  test.each([
    ['that begins with another', ['one-large', 'one-larger'], 'one-larger', '***'],
    ['of several words, word by word', ['Basic word-one\nword-two'], 'Basic word-one, word-two', 'Basic ***, ***'],
    ['whose period at the end of a sentence was removed', ['ends-in-a-period.'], 'no ends-in-a-period', 'no ***']
  ])('%s is hidden', (_name, secrets, text, shown) => {
    addSecrets(secrets);
    expect(hideSecrets(text)).toBe(shown);
  });

  test('that is too short, or a word of the outputs, stays visible', () => {
    addSecrets(['testing', '']);
    addPasswords(['abc', 'kinesis', 'able', 'wxyz']);
    expect(hideSecrets('testing abc kinesis enabled wxyz')).toBe('testing abc kinesis enabled ***');
  });

  test('is searched for in long texts without a long delay', () => {
    const text = '…wJal'.repeat(50_000) + 'x'.repeat(1_000_000);
    expect(cpuTimeMs(() => hideSecrets(text))).toBeLessThan(5_000);
  });

  test('is hidden in what other code writes to stdout or stderr', () => {
    addSecrets(['written-by-others']);
    const written = captureStdout(() => {
      const { write } = process.stdout;
      hideSecretsIn([process.stdout]);
      process.stdout.write('a written-by-others b\n');
      process.stdout.write(Buffer.from('binary\n'), () => undefined);
      process.stdout.write = write;
    });
    expect(written).toBe('a *** b\nbinary\n');
  });
});

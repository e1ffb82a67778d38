import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type LocalAws, startLocalAws } from '../../../local-aws/server.ts';
import { ALWAYS, CREDENTIALS, createStream, DESCRIBE, resultsOf } from '../step.ts';
import { runWithSecrets, TOKEN } from './secret-run.ts';

let aws: LocalAws;
beforeEach(async () => {
  aws = await startLocalAws({ changeMs: 20 });
});
afterEach(() => aws.close());

test('credentials in the error message of each stream are redacted', async () => {
  const canonical = [
    'POST',
    '/',
    '',
    'content-type:application/x-amz-json-1.1',
    'host:kinesis.us-east-1.amazonaws.com',
    `x-amz-security-token:${TOKEN}`,
    '',
    'e3b0c442'
  ].join('\n');
  const authorization =
    `AWS4-HMAC-SHA256 Credential=${CREDENTIALS.AWS_ACCESS_KEY_ID}/20261122/us-east-1/kinesis/aws4_request, ` +
    'SignedHeaders=host;x-amz-security-token, Signature=fe5f80f77d5fa3beca038a248ff027d0445342fe2855ddc963176630326f1024';

  const errors = [
    [
      'InvalidSignatureException',
      `The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. The Canonical String for this request should have been\n'${canonical}'`,
      'The request signature we calculated does not match the signature you provided'
    ],
    ['SignatureDoesNotMatch', `Mismatch of ${canonical}`, 'Mismatch of POST'],
    [
      'IncompleteSignatureException',
      `Authorization header requires 'SignedHeaders' parameter. Authorization=${authorization}`,
      "requires 'SignedHeaders' parameter"
    ],
    [
      'MissingAuthenticationTokenException',
      `Missing Authentication Token in ${canonical}`,
      'Missing Authentication Token'
    ],
    ['AccessDeniedException', `Blocked by policy: {"authorization": "${authorization}"}`, 'Blocked by policy'],
    ['SomethingNewException', `cannot parse ${authorization} x-amz-security-token: ${TOKEN}`, 'cannot parse']
  ] as const;
  for (const [code, message] of errors) {
    createStream(aws, 'kinesis', { name: code });
    aws.faults.add({ on: DESCRIBE.kinesis, stream: code, times: ALWAYS, error: { code, message, status: 403 } });
  }
  const names = errors.map(([code]) => code).join();
  const step = await runWithSecrets(aws, 'kinesis', { 'stream-name': names }, {});
  expect(step.outputs.counts).toBe('{"total":6,"failed":6}');
  for (const [code, , printed] of errors) {
    expect(resultsOf(step)[code]?.message).toContain(`${code}: `);
    expect(resultsOf(step)[code]?.message).toContain(printed);
    expect(step.stdout).toContain(`::error title=kinesis ${code}::`);
  }
});

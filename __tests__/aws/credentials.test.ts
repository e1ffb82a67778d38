import { expect, test } from '@jest/globals';
import { trimCredentials } from '../../src/aws/credentials.ts';

const VARIABLES = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'];

test.each(VARIABLES)('blanks and line breaks around %s are removed', (variable) => {
  const env = { [variable]: ' \uFEFFAKIA/+=\r\n' };
  trimCredentials(env);
  expect(env).toEqual({ [variable]: 'AKIA/+=' });
});

test.each(VARIABLES)('a line break inside %s is an error that names the variable and not the value', (variable) => {
  const env = { [variable]: 'first\nsecond' };
  expect(() => trimCredentials(env)).toThrow(`${variable} contains a blank, a line break or another character`);
  expect(() => trimCredentials(env)).not.toThrow(/first|second/);
});

test('a bad character is ignored if AWS_PROFILE makes the SDK ignore the variable', () => {
  expect(() => trimCredentials({ AWS_PROFILE: 'ci', AWS_SESSION_TOKEN: 'first\nsecond' })).not.toThrow();
});

test('a variable that is not set stays so', () => {
  const env = {};
  trimCredentials(env);
  expect(env).toEqual({});
});

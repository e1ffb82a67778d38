import { describe, expect, test } from '@jest/globals';
import { readProxies } from '../../src/aws/proxy.ts';

const AWS = new URL('https://kinesis.us-east-1.amazonaws.com');
const PLAIN = new URL('http://aws.example:4566');

describe('a proxy variable', () => {
  test.each([
    ['proxy.example:3128', 'http://proxy.example:3128/'],
    ['[::1]:3128', 'http://[::1]:3128/'],
    ['http://ci:pa%2Fss@proxy.example', 'http://ci:pa%2Fss@proxy.example/'],
    ['http://ci:p@ss word@proxy.example', 'http://ci:p%40ss%20word@proxy.example/'],
    [' http://proxy.example:3128/\n', 'http://proxy.example:3128/']
  ])('%j is passed on as %s', (value, url) => {
    const proxies = readProxies({ HTTPS_PROXY: value });
    expect(proxies.env.HTTPS_PROXY).toBe(url);
    expect(proxies.faultOf(AWS)).toBeNull();
  });

  const DELIMITER = 'its user name or password contains /, \\, ? or #, which must be written as %2F, %5C, %3F or %23';
  const PERCENT = 'its user name or password contains a %, which must be written as %25';
  const SCHEME = 'it must begin with http:// or https://, or have no scheme';
  const PORT = 'its port is not a number from 1 to 65535';
  test.each([
    ['http://ci:hidden/word@proxy.example:3128', DELIMITER],
    ['http://ci:hidden\\word@proxy.example:3128', DELIMITER],
    ['ci:hidden/word@proxy.example:3128', DELIMITER],
    ['http://ci:hidden%word@proxy.example', PERCENT],
    ['http://ci:hidden\nword@proxy.example', 'it contains a line break or another control character'],
    ['socks5://ci:hidden@proxy.example:1080', SCHEME],
    ['http:/proxy.example', SCHEME],
    ['http://ci:hidden@', 'its host is missing'],
    ['http://ci:hidden@pro xy', 'its host contains a blank'],
    ['http://ci:hidden@pro<xy', 'its host is not valid'],
    ['http://ci:hidden@proxy:0', PORT],
    ['http://ci:hidden', PORT]
  ])('%j is rejected: %s', (value, fault) => {
    const proxies = readProxies({ https_proxy: value });
    expect(proxies.env.https_proxy).toBe('');
    expect(proxies.faultOf(AWS)).toBe(`https_proxy is not the URL of a proxy: ${fault}`);
    expect(proxies.faultOf(AWS)).not.toContain('hidden');
  });

  test('in lower case comes before the one in upper case, unless it is empty', () => {
    const bad = 'socks5://proxy';
    expect(readProxies({ https_proxy: bad, HTTPS_PROXY: 'proxy' }).faultOf(AWS)).toContain('https_proxy');
    expect(readProxies({ https_proxy: 'proxy', HTTPS_PROXY: bad }).faultOf(AWS)).toBeNull();
    expect(readProxies({ https_proxy: ' ', HTTPS_PROXY: bad }).faultOf(AWS)).toContain('HTTPS_PROXY');
  });

  test.each<[Record<string, string>, URL, string | null]>([
    [{ HTTPS_PROXY: 'proxy' }, AWS, 'HTTPS_PROXY'],
    [{ HTTP_PROXY: 'proxy' }, PLAIN, 'HTTP_PROXY'],
    [{ HTTP_PROXY: 'proxy', NO_PROXY: 'aws.example' }, PLAIN, null]
  ])('among %j for %s', (env, url, variable) => {
    expect(readProxies(env).variableFor(url)).toBe(variable);
  });

  test.each([
    ['*', true],
    ['AWS.example:4566', true],
    ['aws.example:80', false],
    ['other.test, .example', true],
    ['*.example', true],
    ['ample', false],
    ['', false]
  ])('is not needed for a host in NO_PROXY, so that its value is no error: "%s"', (noProxy, isExempt) => {
    for (const variable of ['no_proxy', 'NO_PROXY']) {
      const proxies = readProxies({ HTTP_PROXY: 'socks5://proxy', [variable]: noProxy });
      expect(proxies.faultOf(PLAIN) === null).toBe(isExempt);
      expect(proxies.faultOf(AWS)).toBeNull();
    }
  });
});

describe('the secrets in the variables', () => {
  test.each([
    [
      'user name and password: whole, decoded and as in a header',
      { HTTPS_PROXY: 'http://robot:pa%2Fss@word@proxy.example' },
      ['robot', 'pa%2Fss@word', 'pa/ss@word', 'pa%2Fss%40word', btoa('robot:pa/ss@word')]
    ],
    ['those of an invalid URL', { http_proxy: 'http://robot:pa/ss@proxy.example' }, ['robot', 'pa/ss']],
    ['those without an @', { http_proxy: 'robot:hidden' }, ['robot', 'hidden']],
    [
      'those of other programs and of endpoints',
      { ALL_PROXY: 'a:first@h', npm_config_https_proxy: 'b:second@h', AWS_ENDPOINT_URL_KMS: 'http://c:third@h' },
      ['first', 'second', 'third']
    ]
  ])('are %s', (_, env, secrets) => {
    expect(readProxies(env).secrets).toEqual(expect.arrayContaining(secrets));
  });

  test.each([
    { ALL_PROXY: 'socks5://127.0.0.1:1080' },
    { HTTPS_PROXY: 'http://proxy.example:3128', NO_PROXY: 'a.example' }
  ])('are none in %j, of which the outputs may contain a part', (env) => {
    expect(readProxies(env).secrets).toEqual([]);
  });
});

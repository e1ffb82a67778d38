import { describe, expect, test } from '@jest/globals';
import { readProxies } from '../../src/aws/proxy.ts';

const AWS = new URL('https://kinesis.us-east-1.amazonaws.com');
const PLAIN = new URL('http://aws.example:4566');

describe('a proxy variable', () => {
  test.each([
    ['http://proxy.example:3128', 'http://proxy.example:3128/'],
    ['HTTPS://Proxy.example', 'https://proxy.example/'],
    ['proxy.example:3128', 'http://proxy.example:3128/'],
    ['proxy', 'http://proxy/'],
    ['127.0.0.1:3128', 'http://127.0.0.1:3128/'],
    ['[::1]:3128', 'http://[::1]:3128/'],
    ['ci:word@proxy.example:3128', 'http://ci:word@proxy.example:3128/'],
    ['http://ci:pa%2Fss@proxy.example', 'http://ci:pa%2Fss@proxy.example/'],
    ['http://ci:p@ss word@proxy.example', 'http://ci:p%40ss%20word@proxy.example/'],
    [' http://proxy.example:3128/\n', 'http://proxy.example:3128/']
  ])('%j is passed on as %s', (value, url) => {
    const proxies = readProxies({ HTTPS_PROXY: value });
    expect(proxies.env.HTTPS_PROXY).toBe(url);
    expect(proxies.faultOf(AWS)).toBeNull();
  });

  const DELIMITER = 'its user name or password contains /, \\, ? or #, which must be written as %2F, %5C, %3F or %23';
  const SCHEME = 'it must begin with http:// or https://, or have no scheme';
  const PORT = 'its port is not a number from 1 to 65535';
  test.each([
    ['http://ci:hidden/word@proxy.example:3128', DELIMITER],
    ['http://ci:hidden#word@proxy.example:3128', DELIMITER],
    ['http://ci:hidden?word@proxy.example:3128', DELIMITER],
    ['http://ci:hidden\\word@proxy.example:3128', DELIMITER],
    ['ci:hidden/word@proxy.example:3128', DELIMITER],
    ['http://ci:hidden%word@proxy.example', 'its user name or password contains a %, which must be written as %25'],
    ['http://ci:hidden%FF@proxy.example', 'its user name or password contains a %, which must be written as %25'],
    ['http://ci:hidden\nword@proxy.example', 'it contains a line break or another control character'],
    ['socks5://ci:hidden@proxy.example:1080', SCHEME],
    ['http:/proxy.example', SCHEME],
    ['http:\\\\proxy.example', SCHEME],
    ['http://ci:hidden@', 'its host is missing'],
    ['http://', 'its host is missing'],
    ['http://ci:hidden@pro xy', 'its host contains a blank'],
    ['http://ci:hidden@pro<xy', 'its host is not valid'],
    ['http://ci:hidden@proxy:port', PORT],
    ['http://ci:hidden@proxy:0', PORT],
    ['http://ci:hidden@proxy:65536', PORT],
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

  test('that no request needs is no error', () => {
    const proxies = readProxies({ HTTP_PROXY: 'socks5://proxy' });
    expect(proxies.faultOf(AWS)).toBeNull();
    expect(proxies.faultOf(PLAIN)).toContain('HTTP_PROXY');
  });

  test.each([
    ['*', true],
    ['aws.example', true],
    ['AWS.example:4566', true],
    ['aws.example:80', false],
    ['other.test, .example', true],
    ['*.example', true],
    ['example', true],
    ['ample', false],
    ['', false]
  ])('is not needed for a host in NO_PROXY: "%s"', (noProxy, isExempt) => {
    for (const variable of ['no_proxy', 'NO_PROXY']) {
      const proxies = readProxies({ HTTP_PROXY: 'socks5://proxy', [variable]: noProxy });
      expect(proxies.faultOf(PLAIN) === null).toBe(isExempt);
    }
  });
});

describe('the secrets in the variables', () => {
  test('are user name and password in each form, whole, decoded and in the header', () => {
    const { secrets } = readProxies({ HTTPS_PROXY: 'http://robot:pa%2Fss@word@proxy.example' });
    for (const secret of ['robot', 'pa%2Fss@word', 'pa/ss@word', 'pa%2Fss%40word', btoa('robot:pa/ss@word')]) {
      expect(secrets).toContain(secret);
    }
  });

  test.each([
    ['http://robot:pa/ss@proxy.example', 'pa/ss'],
    ['socks5://robot:word@proxy.example', 'word'],
    ['robot:hidden', 'hidden']
  ])('are known of an invalid value, too: %s', (value, password) => {
    expect(readProxies({ http_proxy: value }).secrets).toContain(password);
  });

  test.each(['socks5://127.0.0.1:1080', 'http://proxy.example:8080', 'proxy.example'])(
    'are none in %s, of which the outputs may contain a part',
    (value) => {
      expect(readProxies({ ALL_PROXY: value }).secrets).toEqual([]);
    }
  );

  test('come from the variables of other programs and from endpoints, too', () => {
    const env = {
      ALL_PROXY: 'a:first@h',
      npm_config_https_proxy: 'b:second@h',
      AWS_ENDPOINT_URL_KMS: 'http://c:third@h'
    };
    expect(readProxies(env).secrets).toEqual(expect.arrayContaining(['first', 'second', 'third']));
  });

  test('are none without a user name', () => {
    expect(readProxies({ HTTPS_PROXY: 'http://proxy.example:3128', NO_PROXY: 'a.example' }).secrets).toEqual([]);
  });
});

describe('the variable of the proxy for a request', () => {
  test.each<[string, Record<string, string>, URL, string | null]>([
    ['none is set', {}, AWS, null],
    ['its scheme has one', { HTTPS_PROXY: 'proxy' }, AWS, 'HTTPS_PROXY'],
    ['it is also in lower case', { HTTPS_PROXY: 'one', https_proxy: 'two' }, AWS, 'https_proxy'],
    ['another scheme has one', { HTTPS_PROXY: 'proxy' }, PLAIN, null],
    ['its host is exempt', { HTTP_PROXY: 'proxy', NO_PROXY: 'aws.example' }, PLAIN, null]
  ])('if %s', (_, env, url, variable) => {
    expect(readProxies(env).variableFor(url)).toBe(variable);
  });
});

/** The proxy variables: checked before any HTTP client gets them, because clients quote a value that they cannot parse. */

type Env = Readonly<Record<string, string | undefined>>;

export interface Proxies {
  /** The variables for HTTP clients. Each value is a valid URL, or empty if the variable cannot be used. */
  readonly env: Readonly<Record<string, string>>;
  /** The variable with the proxy for a request to this URL; null if the request uses none. */
  variableFor(url: URL): string | null;
  /** Why the proxy for a request to this URL cannot be used; null if it can, or if the request uses none. */
  faultOf(url: URL): string | null;
  /** What must not be printed: user names and passwords, as they are written and as clients encode them. */
  readonly secrets: readonly string[];
}

/** By scheme. As in Node and in GitHub's HTTP client, the variable in lower case comes first. */
const VARIABLES: Readonly<Record<string, readonly string[]>> = {
  'http:': ['http_proxy', 'HTTP_PROXY'],
  'https:': ['https_proxy', 'HTTPS_PROXY']
};

/**
 * Reads the proxy variables. As the runner does, it prepends `http://` to a value without a scheme. A variable that cannot be
 * used is no error as long as no request needs it: `HTTP_PROXY` when all endpoints are HTTPS, or a host in `NO_PROXY`.
 */
export function readProxies(env: Env): Proxies {
  const proxies = new Map<string, Proxy>();
  for (const variable of Object.values(VARIABLES).flat()) {
    const value = env[variable]?.trim();
    if (value) proxies.set(variable, readProxy(value));
  }
  const noProxy = env.no_proxy || env.NO_PROXY || '';
  const variableFor = (url: URL) => {
    const variable = VARIABLES[url.protocol]?.find((name) => proxies.has(name));
    return variable === undefined || isExempt(url, noProxy) ? null : variable;
  };
  return {
    env: { ...mapValues(proxies, ({ url }) => url), no_proxy: noProxy, NO_PROXY: noProxy },
    variableFor,
    faultOf(url) {
      const variable = variableFor(url);
      const fault = proxies.get(variable ?? '')?.fault ?? null;
      return fault === null ? null : `${variable} is not the URL of a proxy: ${fault}`;
    },
    secrets: Object.entries(env).flatMap(([name, value]) => secretsOf(name, value?.trim() ?? ''))
  };
}

interface Proxy {
  /** Empty if there is a fault. */
  readonly url: string;
  /** Which part is wrong, and what is allowed. It contains nothing of the value. */
  readonly fault: string | null;
}

function readProxy(value: string): Proxy {
  const fault = findFault(value);
  if (fault !== null) return { url: '', fault };
  const { authority, scheme } = split(value);
  return { url: new URL(`${scheme}://${authority}`).href, fault };
}

function findFault(value: string): string | null {
  const { scheme, userinfo, host, port, authority } = split(value);
  if (/\p{Cc}/u.test(value)) return 'it contains a line break or another control character';
  const isScheme = scheme === 'http' || scheme === 'https';
  // A single slash after the scheme makes the scheme the host.
  if (!isScheme || /^https?$/i.test(host)) return 'it must begin with http:// or https://, or have no scheme';
  if (/[/\\?#]/.test(userinfo)) {
    return 'its user name or password contains /, \\, ? or #, which must be written as %2F, %5C, %3F or %23';
  }
  if (decode(userinfo) === null) return 'its user name or password contains a %, which must be written as %25';
  if (host === '') return 'its host is missing';
  if (/\s/.test(host)) return 'its host contains a blank';
  if (port !== '' && !(/^\d+$/.test(port) && Number(port) >= 1 && Number(port) <= 65_535)) {
    return 'its port is not a number from 1 to 65535';
  }
  return URL.canParse(`${scheme}://${authority}`) ? null : 'its host is not valid';
}

/**
 * Splits a value as its author meant it: the last @ ends the password, even if a / before it would end the host of a URL.
 * A path, which a proxy does not have, is dropped.
 */
function split(value: string) {
  const [, scheme = 'http', rest = ''] = /^(?:([a-z][a-z\d+.-]*):\/\/)?(.*)$/is.exec(value) ?? [];
  const at = rest.lastIndexOf('@');
  const userinfo = rest.slice(0, Math.max(at, 0));
  const [hostAndPort = ''] = rest.slice(at + 1).split(/[/\\?#]/, 1);
  const [, host = '', port = ''] = /^(\[[^\]]*\]|[^:]*):?(.*)$/s.exec(hostAndPort) ?? [];
  return {
    scheme: scheme.toLowerCase(),
    rest,
    userinfo,
    host,
    port,
    authority: rest.slice(0, at + 1) + hostAndPort
  };
}

/** NO_PROXY: hosts, `host:port`, domains with or without a leading `.` or `*.`, and `*`. */
function isExempt({ hostname, port, protocol }: URL, noProxy: string): boolean {
  const host = hostname.toLowerCase();
  const hostAndPort = `${host}:${port || (protocol === 'https:' ? 443 : 80)}`;
  return noProxy
    .toLowerCase()
    .split(/[\s,]+/)
    .some((entry) => {
      const domain = entry.replace(/^\*?\./, '');
      return (
        entry === '*' || (domain !== '' && (domain === host || domain === hostAndPort || host.endsWith(`.${domain}`)))
      );
    });
}

/** The secrets in a variable that holds a proxy, of this run or of another program, or the endpoint of a service. */
function secretsOf(name: string, value: string): string[] {
  if (!/_proxy$|^aws_endpoint_url/i.test(name) || /^no_proxy$/i.test(name)) return [];
  const { rest, userinfo } = split(value);
  // Without an @, it is not known where the password of an invalid value ends. Other programs may use other schemes.
  if (userinfo === '' && (findFault(value) === null || HOST_AND_PORT.test(rest))) return [];
  const parts = credentialsOf(userinfo || rest);
  const decoded = parts.map((part) => decode(part) ?? part);
  const normalized = URL.canParse(value) ? [new URL(value).username, new URL(value).password] : [];
  return [value, rest, userinfo, ...parts, ...decoded, ...normalized, ...[parts, decoded].map(toBasic)];
}

const HOST_AND_PORT = /^[\w.-]+(:\d{1,5})?\/?$/;

function credentialsOf(userinfo: string): [user: string, password: string] {
  const [user = '', ...password] = userinfo.split(':');
  return [user, password.join(':')];
}

/** As in the header Proxy-Authorization. */
function toBasic(userAndPassword: readonly string[]): string {
  return Buffer.from(userAndPassword.join(':')).toString('base64');
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

function mapValues<From, To>(map: ReadonlyMap<string, From>, convert: (value: From) => To): Record<string, To> {
  return Object.fromEntries([...map].map(([key, value]) => [key, convert(value)]));
}

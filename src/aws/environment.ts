/**
 * The environment variables that the SDK reads. It treats an empty one as a wrong value in some places and as unset in
 * others, ignores some wrong values, and does not name the variable of others. So they are cleaned and checked first.
 */

import { homedir } from 'node:os';

type Env = Readonly<Record<string, string | undefined>>;

const BOOLEAN = ['true', 'false'];

/** The values of a fixed set. Sources: AWS SDKs and Tools Reference Guide, "Settings reference"; the SDK's code. */
const CHOICES: Readonly<Record<string, readonly string[]>> = {
  AWS_ACCOUNT_ID_ENDPOINT_MODE: ['preferred', 'disabled', 'required'],
  AWS_DEFAULTS_MODE: ['legacy', 'standard', 'in-region', 'cross-region', 'mobile', 'auto'],
  AWS_DISABLE_CLOCK_SKEW_CORRECTION: BOOLEAN,
  AWS_EC2_METADATA_DISABLED: BOOLEAN,
  AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE: ['IPv4', 'IPv6'],
  AWS_EC2_METADATA_V1_DISABLED: BOOLEAN,
  AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: BOOLEAN,
  AWS_RETRY_MODE: ['standard', 'adaptive', 'legacy'],
  AWS_USE_DUALSTACK_ENDPOINT: BOOLEAN,
  AWS_USE_FIPS_ENDPOINT: BOOLEAN
};

/** The endpoints of the services that a run and its credentials use. */
const ENDPOINTS = [
  'AWS_ENDPOINT_URL',
  'AWS_ENDPOINT_URL_KINESIS',
  'AWS_ENDPOINT_URL_FIREHOSE',
  'AWS_ENDPOINT_URL_KMS',
  'AWS_ENDPOINT_URL_RESOURCE_GROUPS_TAGGING_API',
  'AWS_ENDPOINT_URL_STS',
  'AWS_ENDPOINT_URL_SSO',
  'AWS_ENDPOINT_URL_SSO_OIDC',
  'AWS_ENDPOINT_URL_SIGNIN'
];
const URLS = [...ENDPOINTS, 'AWS_CONTAINER_CREDENTIALS_FULL_URI', 'AWS_EC2_METADATA_SERVICE_ENDPOINT'];

const KEYS = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'];

/** Where credentials come from, if not from the keys in the environment. In the order in which the SDK tries them. */
const CREDENTIAL_SOURCES = [
  'AWS_PROFILE',
  'AWS_CONFIG_FILE',
  'AWS_SHARED_CREDENTIALS_FILE',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  'AWS_ROLE_ARN',
  'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
  'AWS_CONTAINER_CREDENTIALS_FULL_URI'
];

/**
 * Removes blanks and line breaks around each AWS_… variable, which often come with a pasted secret, and unsets those that are
 * empty then. Also gives the SDK a home directory: it looks there for configuration files, and fails if HOME is not set and
 * the user has no entry in the password file. Call it before the SDK is loaded.
 */
export function cleanEnvironment(env: NodeJS.ProcessEnv, home = homedir): void {
  for (const [name, value = ''] of Object.entries(env)) {
    if (!/^AWS_/i.test(name)) continue;
    setOrDelete(env, name, value.trim());
  }
  for (const [name, choices] of Object.entries(CHOICES)) {
    const choice = choices.find((one) => one.toLowerCase() === env[name]?.toLowerCase());
    if (choice !== undefined) env[name] = choice;
  }
  // An empty HOME would make the SDK read the configuration in the current folder, which is the checked-out repository.
  if (env.HOME?.trim() === '') delete env.HOME;
  if (!hasHome(home)) env.HOME = '/';
}

function setOrDelete(env: NodeJS.ProcessEnv, name: string, value: string): void {
  if (value === '') delete env[name];
  else env[name] = value;
}

function hasHome(home: () => string): boolean {
  try {
    return home() !== '';
  } catch {
    return false;
  }
}

/** Throws if a variable has a value that the SDK cannot use. The message names them all. */
export function assertEnvironment(env: Env): void {
  const faults = [
    ...Object.entries(CHOICES).map(([name, choices]) =>
      check(env, name, (value) => choices.includes(value), oneOf(choices))
    ),
    ...URLS.map((name) => check(env, name, isHttpUrl, 'must be a URL that begins with http:// or https://')),
    check(env, 'AWS_MAX_ATTEMPTS', (value) => /^[1-9]\d{0,8}$/.test(value), 'must be a whole number, 1 or more'),
    check(env, 'AWS_CREDENTIAL_EXPIRATION', isTime, 'must be a time such as 2026-03-01T22:30:00Z'),
    check(env, 'AWS_ROLE_ARN', (value) => value.startsWith('arn:'), 'must be the ARN of a role'),
    check(env, 'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI', (value) => value.startsWith('/'), 'must begin with /'),
    // With AWS_PROFILE, the SDK does not use them.
    ...(env.AWS_PROFILE ? [] : KEYS.map((name) => checkKey(env, name)))
  ];
  const found = faults.filter((fault) => fault !== null);
  if (found.length > 0) throw new Error(found.join('; '));
}

/** An endpoint may contain a password, which ends with an @, or a token after a question mark. */
function check(env: Env, name: string, isValid: (value: string) => boolean, remedy: string): string | null {
  const value = env[name];
  if (!value || isValid(value)) return null;
  return `${format(name, value)}: it ${remedy}`;
}

function format(name: string, value: string): string {
  return value.includes('@') ? name : `${name} is ${value.replace(/\?.*$/s, '?…')}`;
}

/** No request header can hold other characters than visible ASCII ones. */
function checkKey(env: Env, name: string): string | null {
  if (/^[\x21-\x7e]*$/.test(env[name]?.trim() ?? '')) return null;
  return `${name} contains a blank, a line break or another character that no credential contains: set it to exactly what AWS issued`;
}

function oneOf(choices: readonly string[]): string {
  return `must be ${choices.slice(0, -1).join(', ')} or ${choices.at(-1)}`;
}

function isHttpUrl(value: string): boolean {
  return /^https?:\/\/[^/]/i.test(value) && URL.canParse(value);
}

function isTime(value: string): boolean {
  return !Number.isNaN(Date.parse(value));
}

/** The variables that set this host, with its port unless it is the default one, as the endpoint of a service. */
export function endpointVariables(env: Env, host: string): string[] {
  return ENDPOINTS.filter((name) => {
    const value = env[name] ?? '';
    return URL.canParse(value) && new URL(value).host === host;
  });
}

/** Which variables decide where the credentials come from; empty if none does but the keys in the environment. */
export function credentialSources(env: Env): string {
  const hasKeys = Boolean(env.AWS_ACCESS_KEY_ID && env.AWS_SECRET_ACCESS_KEY);
  if (hasKeys && !env.AWS_PROFILE) return '';
  const sources = CREDENTIAL_SOURCES.filter((name) => env[name]).map((name) => format(name, env[name] ?? ''));
  return sources.length === 0
    ? formatHalfPair(env)
    : `${sources.join(', ')}: the credentials come from there${hasKeys ? ', not from AWS_ACCESS_KEY_ID' : ''}`;
}

/** One key of a pair: the secret of a workflow that is not set, for example. */
function formatHalfPair(env: Env): string {
  const [given, missing] = env.AWS_ACCESS_KEY_ID
    ? ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']
    : ['AWS_SECRET_ACCESS_KEY', 'AWS_ACCESS_KEY_ID'];
  return env[given] ? `${given} is set, but ${missing} is not` : '';
}

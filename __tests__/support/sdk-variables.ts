/** The environment variables that the SDK reads, with values that are right and wrong. */

interface SdkVariable {
  readonly name: string;
  /** The first one changes nothing about a run against the local AWS. */
  readonly right: readonly string[];
  readonly wrong: readonly string[];
}

function choice(name: string, ...right: string[]): SdkVariable {
  return { name, right, wrong: ['nonsense', '0', `${right[0]} ${right[0]}`] };
}

function flag(name: string): SdkVariable {
  return choice(name, 'false', 'true');
}

function url(name: string): SdkVariable {
  return {
    name,
    right: ['http://127.0.0.1:4566', 'https://aws.example', 'HTTPS://aws.example/path'],
    wrong: ['localhost', 'localhost:4566', 'http:localhost', 'http://', 'http://a b', 'ftp://aws.example']
  };
}

/** The SDK uses any text. */
function text(name: string, ...right: string[]): SdkVariable {
  return { name, right, wrong: [] };
}

const ENDPOINTS = ['FIREHOSE', 'KINESIS', 'KMS', 'RESOURCE_GROUPS_TAGGING_API', 'SIGNIN', 'SSO', 'SSO_OIDC', 'STS'];

export const SDK_VARIABLES: readonly SdkVariable[] = [
  text('AWS_ACCESS_KEY_ID', 'AKIAIOSFODNN7EXAMPLE'),
  text('AWS_ACCOUNT_ID', '111122223333'),
  choice('AWS_ACCOUNT_ID_ENDPOINT_MODE', 'preferred', 'disabled', 'required'),
  text('AWS_AUTH_SCHEME_PREFERENCE', 'sigv4', 'sigv4a,sigv4'),
  text('AWS_CONFIG_FILE', '/home/runner/.aws/config'),
  text('AWS_CONTAINER_AUTHORIZATION_TOKEN', 'token'),
  text('AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE', '/run/token'),
  url('AWS_CONTAINER_CREDENTIALS_FULL_URI'),
  { name: 'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI', right: ['/credentials'], wrong: ['credentials'] },
  {
    name: 'AWS_CREDENTIAL_EXPIRATION',
    right: ['2099-03-01T22:30:00Z', '2099-03-01T22:30:00+01:00'],
    wrong: ['tomorrow', 'in an hour']
  },
  text('AWS_CREDENTIAL_SCOPE', 'us-east-1'),
  choice('AWS_DEFAULTS_MODE', 'legacy', 'standard', 'in-region', 'cross-region', 'mobile', 'auto'),
  text('AWS_DEFAULT_REGION', 'us-east-1'),
  flag('AWS_DISABLE_CLOCK_SKEW_CORRECTION'),
  flag('AWS_EC2_METADATA_DISABLED'),
  url('AWS_EC2_METADATA_SERVICE_ENDPOINT'),
  choice('AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE', 'IPv4', 'IPv6'),
  flag('AWS_EC2_METADATA_V1_DISABLED'),
  text('AWS_ENABLE_DEFAULT_SOCKET_TIMEOUT_2026', 'true'),
  url('AWS_ENDPOINT_URL'),
  ...ENDPOINTS.map((service) => url(`AWS_ENDPOINT_URL_${service}`)),
  text('AWS_EXECUTION_ENV', 'CloudShell'),
  flag('AWS_IGNORE_CONFIGURED_ENDPOINT_URLS'),
  text('AWS_LAMBDA_FUNCTION_NAME', 'function'),
  text('AWS_LOGIN_CACHE_DIRECTORY', '/home/runner/.aws/login'),
  { name: 'AWS_MAX_ATTEMPTS', right: ['3', '1', '10'], wrong: ['0', '-1', 'many', '1.5', '1e3'] },
  text('AWS_PROFILE', 'ci', 'a profile with blanks'),
  text('AWS_REGION', 'us-east-1'),
  choice('AWS_RETRY_MODE', 'standard', 'adaptive', 'legacy'),
  { name: 'AWS_ROLE_ARN', right: ['arn:aws:iam::111122223333:role/ci'], wrong: ['ci'] },
  text('AWS_ROLE_SESSION_NAME', 'session'),
  text('AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED', 'true'),
  text('AWS_SDK_UA_APP_ID', 'application'),
  text('AWS_SECRET_ACCESS_KEY', 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'),
  text('AWS_SESSION_TOKEN', 'FwoGZXIvYXdzEXAMPLEtoken'),
  text('AWS_SHARED_CREDENTIALS_FILE', '/home/runner/.aws/credentials'),
  text('AWS_SIGV4A_SIGNING_REGION_SET', 'us-east-1'),
  flag('AWS_USE_DUALSTACK_ENDPOINT'),
  flag('AWS_USE_FIPS_ENDPOINT'),
  text('AWS_WEB_IDENTITY_TOKEN_FILE', '/run/token')
];

export const id = 128;
export const ids = [128];
export const modules = {

/***/ 5006:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Z: () => (/* binding */ toPage),
/* harmony export */   y: () => (/* binding */ directory)
/* harmony export */ });
function directory(connection, streams) {
    let tagged;
    return {
        async names(kind, next, signal) {
            return (await streams(kind)).names(next, signal);
        },
        async tagged(kinds, tags, next, signal) {
            tagged ??= Promise.all(/* import() */[__webpack_require__.e(676), __webpack_require__.e(701), __webpack_require__.e(515)]).then(__webpack_require__.bind(__webpack_require__, 4515)).then(({ taggedStreams }) => taggedStreams(connection));
            return (await tagged)(kinds, tags, next, signal);
        }
    };
}
function toPage(page, list, hasMore, after) {
    const names = page.texts(list);
    const last = names.at(-1);
    if (after !== null && names.includes(after))
        throw page.malformed(`the list starts over after ${after}`);
    const hasToken = last !== undefined && page.optionalText('NextToken') !== null;
    if (!page.flag(hasMore) && !hasToken)
        return { items: names, next: null };
    if (last === undefined)
        throw page.malformed('the answer says that more streams follow, but names none');
    return { items: names, next: last };
}


/***/ }),

/***/ 1008:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Fy: () => (/* binding */ endpointVariables),
/* harmony export */   Wc: () => (/* binding */ assertEnvironment),
/* harmony export */   e3: () => (/* binding */ credentialSources),
/* harmony export */   hh: () => (/* binding */ cleanEnvironment)
/* harmony export */ });
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8161);

const BOOLEAN = ['true', 'false'];
const CHOICES = {
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
const CREDENTIAL_SOURCES = [
    'AWS_PROFILE',
    'AWS_CONFIG_FILE',
    'AWS_SHARED_CREDENTIALS_FILE',
    'AWS_WEB_IDENTITY_TOKEN_FILE',
    'AWS_ROLE_ARN',
    'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
    'AWS_CONTAINER_CREDENTIALS_FULL_URI'
];
function cleanEnvironment(env, home = node_os__WEBPACK_IMPORTED_MODULE_0__.homedir) {
    for (const [name, value = ''] of Object.entries(env)) {
        if (!/^AWS_/i.test(name))
            continue;
        setOrDelete(env, name, value.trim());
    }
    for (const [name, choices] of Object.entries(CHOICES)) {
        const choice = choices.find((one) => one.toLowerCase() === env[name]?.toLowerCase());
        if (choice !== undefined)
            env[name] = choice;
    }
    if (env.HOME?.trim() === '')
        delete env.HOME;
    if (!hasHome(home))
        env.HOME = '/';
}
function setOrDelete(env, name, value) {
    if (value === '')
        delete env[name];
    else
        env[name] = value;
}
function hasHome(home) {
    try {
        return home() !== '';
    }
    catch {
        return false;
    }
}
function assertEnvironment(env) {
    const faults = [
        ...Object.entries(CHOICES).map(([name, choices]) => check(env, name, (value) => choices.includes(value), oneOf(choices))),
        ...URLS.map((name) => check(env, name, isHttpUrl, 'must be a URL that begins with http:// or https://')),
        check(env, 'AWS_MAX_ATTEMPTS', (value) => /^[1-9]\d{0,8}$/.test(value), 'must be a whole number, 1 or more'),
        check(env, 'AWS_CREDENTIAL_EXPIRATION', isTime, 'must be a time such as 2026-03-01T22:30:00Z'),
        check(env, 'AWS_ROLE_ARN', (value) => value.startsWith('arn:'), 'must be the ARN of a role'),
        check(env, 'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI', (value) => value.startsWith('/'), 'must begin with /'),
        ...(env.AWS_PROFILE ? [] : KEYS.map((name) => checkKey(env, name)))
    ];
    const found = faults.filter((fault) => fault !== null);
    if (found.length > 0)
        throw new Error(found.join('; '));
}
function check(env, name, isValid, remedy) {
    const value = env[name];
    if (!value || isValid(value))
        return null;
    return `${format(name, value)}: it ${remedy}`;
}
function format(name, value) {
    return value.includes('@') ? name : `${name} is ${value.replace(/\?.*$/s, '?\u2026')}`;
}
function checkKey(env, name) {
    if (/^[\x21-\x7e]*$/.test(env[name]?.trim() ?? ''))
        return null;
    return `${name} contains a blank, a line break or another character that no credential contains: set it to exactly what AWS issued`;
}
function oneOf(choices) {
    return `must be ${choices.slice(0, -1).join(', ')} or ${choices.at(-1)}`;
}
function isHttpUrl(value) {
    return /^https?:\/\/[^/]/i.test(value) && URL.canParse(value);
}
function isTime(value) {
    return !Number.isNaN(Date.parse(value));
}
function endpointVariables(env, host) {
    return ENDPOINTS.filter((name) => {
        const value = env[name] ?? '';
        return URL.canParse(value) && new URL(value).host === host;
    });
}
function credentialSources(env) {
    const hasKeys = Boolean(env.AWS_ACCESS_KEY_ID && env.AWS_SECRET_ACCESS_KEY);
    if (hasKeys && !env.AWS_PROFILE)
        return '';
    const sources = CREDENTIAL_SOURCES.filter((name) => env[name]).map((name) => format(name, env[name] ?? ''));
    return sources.length === 0
        ? formatHalfPair(env)
        : `${sources.join(', ')}: the credentials come from there${hasKeys ? ', not from AWS_ACCESS_KEY_ID' : ''}`;
}
function formatHalfPair(env) {
    const [given, missing] = env.AWS_ACCESS_KEY_ID
        ? ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']
        : ['AWS_SECRET_ACCESS_KEY', 'AWS_ACCESS_KEY_ID'];
    return env[given] ? `${given} is set, but ${missing} is not` : '';
}


/***/ }),

/***/ 602:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Wx: () => (/* binding */ homeFolder),
/* harmony export */   _N: () => (/* binding */ statOf),
/* harmony export */   hA: () => (/* binding */ readCaBundle),
/* harmony export */   ou: () => (/* binding */ readSdkFiles),
/* harmony export */   rK: () => (/* binding */ namedPipes),
/* harmony export */   wR: () => (/* binding */ assertRegularFiles),
/* harmony export */   xc: () => (/* binding */ profileFiles),
/* harmony export */   yR: () => (/* binding */ readText),
/* harmony export */   zl: () => (/* binding */ withinLimit)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8161);
/* harmony import */ var _encryption_deadline_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4229);
/* harmony import */ var _encryption_ports_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(4501);




const LIMIT_MS = 10_000;
const LIMIT_MIB = 10;
const LIMIT_BYTES = LIMIT_MIB * 1024 ** 2;
async function readCaBundle(tools) {
    const file = tools.env.AWS_CA_BUNDLE;
    if (!file)
        return undefined;
    const reading = readBytes(file).catch((cause) => {
        throw new Error(`AWS_CA_BUNDLE is ${file}, which cannot be read: ${cause}. Give the path of a file in PEM format`, {
            cause
        });
    });
    const bytes = await withinLimit(reading, `AWS_CA_BUNDLE is ${file}, which`, tools);
    if (bytes.length > LIMIT_BYTES)
        throw new Error(`AWS_CA_BUNDLE is ${file}, which is larger than ${LIMIT_MIB} MiB: give a file of certificates only`);
    const bundle = bytes.toString();
    if (/^-----BEGIN ([A-Z\d]+ )?CERTIFICATE-----/m.test(bundle))
        return bundle;
    throw new Error(`AWS_CA_BUNDLE is ${file}, which contains no certificate: give the path of a file in PEM format`);
}
async function readBytes(path) {
    return Buffer.concat(await (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.createReadStream)(path, { end: LIMIT_BYTES }).toArray());
}
function readSdkFiles(reading, tools) {
    const pipes = namedPipes(tools.env);
    return withinLimit(reading, pipes === '' ? 'The AWS configuration' : `${pipes}, which`, tools);
}
function namedPipes(env) {
    const token = env.AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE;
    const files = [...profileFiles(env), ...(token ? [sdkFile('AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE', token)] : [])];
    const pipes = files.filter(({ path }) => statOf(path)?.isFIFO());
    return pipes.map(({ named }) => `${named}, a named pipe`).join(', and ');
}
async function assertRegularFiles(tools) {
    const { env } = tools;
    const certificates = env.NODE_EXTRA_CA_CERTS;
    const token = env.AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE;
    const containerToken = token ? [sdkFile('AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE', token)] : [];
    for (const file of [...profileFiles(env), ...containerToken])
        assertReadable(file);
    const readAtOnce = [
        ...(certificates ? [sdkFile('NODE_EXTRA_CA_CERTS', certificates)] : []),
        ...(await tokenFiles(tools))
    ];
    for (const file of readAtOnce) {
        if (statOf(file.path)?.isFIFO())
            throw new Error(`${file.named}, a named pipe: give a regular file`);
        assertReadable(file);
    }
    await Promise.all(readAtOnce.map(({ path, named }) => withinLimit(readText(path), `${named}, which`, tools)));
}
async function tokenFiles(tools) {
    const { AWS_WEB_IDENTITY_TOKEN_FILE: token, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_PROFILE } = tools.env;
    if (AWS_ACCESS_KEY_ID && AWS_SECRET_ACCESS_KEY && !AWS_PROFILE)
        return [];
    const given = token ? [sdkFile('AWS_WEB_IDENTITY_TOKEN_FILE', token)] : [];
    const inProfiles = await Promise.all(profileFiles(tools.env).map((file) => tokenFilesIn(file, tools)));
    return [...given, ...inProfiles.flat()];
}
function assertReadable({ path, named }) {
    const stats = statOf(path);
    if (stats?.isCharacterDevice() && path !== node_os__WEBPACK_IMPORTED_MODULE_1__.devNull)
        throw new Error(`${named}, a device: give a regular file`);
    if (stats && stats.size > LIMIT_BYTES)
        throw new Error(`${named}, which is larger than ${LIMIT_MIB} MiB: give a smaller file`);
}
async function tokenFilesIn({ path, named }, tools) {
    if (!statOf(path)?.isFile())
        return [];
    const text = await withinLimit(readText(path), `${named}, which`, tools);
    return Array.from(text.matchAll(/^\s*web_identity_token_file\s*=(.*)$/gm), ([, value = '']) => {
        const file = value.replace(/\s[#;].*/, '').trim();
        return sdkFile(`web_identity_token_file in ${path}`, file);
    });
}
function profileFiles(env) {
    const home = homeFolder(env);
    const files = [
        ['AWS_CONFIG_FILE', '~/.aws/config'],
        ['AWS_SHARED_CREDENTIALS_FILE', '~/.aws/credentials']
    ];
    return files.map(([variable, byDefault]) => {
        const path = (env[variable] || byDefault).replace(/^~(?=\/)/, () => home);
        return sdkFile(env[variable] ? variable : byDefault, path);
    });
}
function homeFolder(env) {
    const given = env.HOME || env.USERPROFILE;
    if (given)
        return given;
    try {
        return (0,node_os__WEBPACK_IMPORTED_MODULE_1__.homedir)();
    }
    catch {
        return '';
    }
}
function readText(path) {
    const { promise, resolve } = Promise.withResolvers();
    (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFile)(path, 'utf8', (error, text) => resolve(error === null ? text : ''));
    return promise;
}
function sdkFile(name, path) {
    return { path, named: `${name} is ${path}` };
}
function statOf(path) {
    try {
        return (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.statSync)(path);
    }
    catch {
        return null;
    }
}
const REGULAR_FILE = 'give a regular file, on a disk that answers';
async function withinLimit(reading, subject, { clock, cancelled }, limitMs = LIMIT_MS) {
    const deadline = (0,_encryption_deadline_js__WEBPACK_IMPORTED_MODULE_2__/* .createDeadline */ .dU)(clock, limitMs, cancelled);
    deadline.start();
    try {
        return await (0,_encryption_deadline_js__WEBPACK_IMPORTED_MODULE_2__/* .untilAborted */ .Eu)(reading, deadline.signal);
    }
    catch (cause) {
        if (!(cause instanceof _encryption_ports_js__WEBPACK_IMPORTED_MODULE_3__/* .TimedOut */ .GA))
            throw cause;
        throw new Error(`${subject} could not be read within ${limitMs / 1000} s: ${REGULAR_FILE}`, { cause });
    }
    finally {
        deadline.stop();
    }
}


/***/ }),

/***/ 8621:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   r: () => (/* binding */ readProxies)
/* harmony export */ });
const VARIABLES = {
    'http:': ['http_proxy', 'HTTP_PROXY'],
    'https:': ['https_proxy', 'HTTPS_PROXY']
};
function readProxies(env) {
    const proxies = new Map();
    for (const variable of Object.values(VARIABLES).flat()) {
        const value = env[variable]?.trim();
        if (value)
            proxies.set(variable, readProxy(value));
    }
    const noProxy = env.no_proxy || env.NO_PROXY || '';
    const variableFor = (url) => {
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
function readProxy(value) {
    const fault = findFault(value);
    if (fault !== null)
        return { url: '', fault };
    const { authority, scheme } = split(value);
    return { url: new URL(`${scheme}://${authority}`).href, fault };
}
function findFault(value) {
    const { scheme, userinfo, host, port, authority } = split(value);
    if (/\p{Cc}/u.test(value))
        return 'it contains a line break or another control character';
    const isScheme = scheme === 'http' || scheme === 'https';
    if (!isScheme || /^https?$/i.test(host))
        return 'it must begin with http:// or https://, or have no scheme';
    if (/[/\\?#]/.test(userinfo)) {
        return 'its user name or password contains /, \\, ? or #, which must be written as %2F, %5C, %3F or %23';
    }
    if (decode(userinfo) === null)
        return 'its user name or password contains a %, which must be written as %25';
    if (host === '')
        return 'its host is missing';
    if (/\s/.test(host))
        return 'its host contains a blank';
    if (port !== '' && !(/^\d+$/.test(port) && Number(port) >= 1 && Number(port) <= 65_535)) {
        return 'its port is not a number from 1 to 65535';
    }
    return URL.canParse(`${scheme}://${authority}`) ? null : 'its host is not valid';
}
function split(value) {
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
function isExempt({ hostname, port, protocol }, noProxy) {
    const host = hostname.toLowerCase();
    const hostAndPort = `${host}:${port || (protocol === 'https:' ? 443 : 80)}`;
    return noProxy
        .toLowerCase()
        .split(/[\s,]+/)
        .some((entry) => {
        const domain = entry.replace(/^\*?\./, '');
        return (entry === '*' || (domain !== '' && (domain === host || domain === hostAndPort || host.endsWith(`.${domain}`))));
    });
}
function secretsOf(name, value) {
    if (!/_proxy$|^aws_endpoint_url/i.test(name) || /^no_proxy$/i.test(name))
        return [];
    const { rest, userinfo } = split(value);
    if (userinfo === '' && (findFault(value) === null || HOST_AND_PORT.test(rest)))
        return [];
    const parts = credentialsOf(userinfo || rest);
    const decoded = parts.map((part) => decode(part) ?? part);
    const normalized = URL.canParse(value) ? [new URL(value).username, new URL(value).password] : [];
    return [value, rest, userinfo, ...parts, ...decoded, ...normalized, ...[parts, decoded].map(toBasic)];
}
const HOST_AND_PORT = /^[\w.-]+(:\d{1,5})?\/?$/;
function credentialsOf(userinfo) {
    const [user = '', ...password] = userinfo.split(':');
    return [user, password.join(':')];
}
function toBasic(userAndPassword) {
    return Buffer.from(userAndPassword.join(':')).toString('base64');
}
function decode(text) {
    try {
        return decodeURIComponent(text);
    }
    catch {
        return null;
    }
}
function mapValues(map, convert) {
    return Object.fromEntries([...map].map(([key, value]) => [key, convert(value)]));
}


/***/ }),

/***/ 3358:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   BP: () => (/* binding */ parseStreamArn),
/* harmony export */   D$: () => (/* binding */ kmsArn),
/* harmony export */   DK: () => (/* binding */ isSameResource),
/* harmony export */   EH: () => (/* binding */ isArn),
/* harmony export */   Lw: () => (/* binding */ parseArn),
/* harmony export */   UF: () => (/* binding */ arnScope),
/* harmony export */   fJ: () => (/* binding */ withRegionPartition),
/* harmony export */   iQ: () => (/* binding */ partitionOf),
/* harmony export */   iX: () => (/* binding */ STREAM_NAMES),
/* harmony export */   rw: () => (/* binding */ withoutPartition),
/* harmony export */   v4: () => (/* binding */ isMeantAsStreamArn)
/* harmony export */ });
const ARN = /^arn:(aws[a-z-]*):([a-z0-9-]+):([a-z0-9-]+):(\d{12}):(.+)$/;
function isArn(text) {
    return text.startsWith('arn:');
}
function parseArn(text) {
    const [, partition, service, region, accountId, resource] = ARN.exec(text) ?? [];
    if (!partition || !service || !region || !accountId || !resource)
        return null;
    return { partition, service, region, accountId, resource };
}
function arnScope(arn) {
    const [, partition = '', , region = '', accountId = ''] = arn.split(':');
    return { partition: partitionOf(region, partition), region, accountId };
}
function withoutPartition(arn) {
    return arn.replace(/^arn:[^:]*:/, '');
}
function isSameResource(one, other) {
    return withoutPartition(one) === withoutPartition(other);
}
function kmsArn({ partition, region, accountId }, resource) {
    return `arn:${partition}:kms:${region}:${accountId}:${resource}`;
}
const PARTITIONS = [
    ['cn-', 'aws-cn'],
    ['us-gov-', 'aws-us-gov'],
    ['eusc-', 'aws-eusc'],
    ['us-iso-', 'aws-iso'],
    ['us-isob-', 'aws-iso-b'],
    ['eu-isoe-', 'aws-iso-e'],
    ['us-isof-', 'aws-iso-f']
];
function partitionOf(region, otherwise) {
    return PARTITIONS.find(([prefix]) => region.startsWith(prefix))?.[1] ?? otherwise;
}
function withRegionPartition(arn) {
    return arn.replace(/^arn:[^:]*:/, `arn:${arnScope(arn).partition}:`);
}
const STREAM_NAMES = {
    kinesis: /^[a-zA-Z0-9_.-]{1,128}$/,
    firehose: /^[a-zA-Z0-9_.-]{1,64}$/
};
const RESOURCE_PREFIXES = { kinesis: 'stream/', firehose: 'deliverystream/' };
function parseStreamArn(arn) {
    const parsed = parseArn(arn);
    if (parsed === null)
        return null;
    const { service: kind, resource, region } = parsed;
    if (kind !== 'kinesis' && kind !== 'firehose')
        return null;
    const prefix = RESOURCE_PREFIXES[kind];
    const name = resource.slice(prefix.length);
    if (!resource.startsWith(prefix) || !STREAM_NAMES[kind].test(name))
        return null;
    return { stream: { kind, name, arn }, region };
}
const BEGINS_AS_STREAM = /^arn:[^:]*:(kinesis:[^:]*:[^:]*:stream|firehose:[^:]*:[^:]*:deliverystream)\/(?!.*\/consumer\/)/i;
function isMeantAsStreamArn(text) {
    return BEGINS_AS_STREAM.test(text);
}


/***/ }),

/***/ 4229:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Eu: () => (/* binding */ untilAborted),
/* harmony export */   dU: () => (/* binding */ createDeadline),
/* harmony export */   ml: () => (/* binding */ systemClock)
/* harmony export */ });
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8500);
/* harmony import */ var _ports_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4501);


const systemClock = {
    now: () => performance.now(),
    sleep: (ms, signal) => (0,node_timers_promises__WEBPACK_IMPORTED_MODULE_0__.setTimeout)(ms, undefined, { signal })
};
function createDeadline(clock, ms, cancelled) {
    const ended = new AbortController();
    let countdown = new AbortController();
    const onCancel = () => end(cancelled.reason);
    cancelled.addEventListener('abort', onCancel, { once: true });
    let pausedLeftMs = ms;
    let at = null;
    const leftMs = () => (at === null ? pausedLeftMs : at - clock.now());
    const end = (reason) => {
        ended.abort(reason);
        countdown.abort();
    };
    if (cancelled.aborted)
        onCancel();
    return {
        leftMs,
        signal: ended.signal,
        start() {
            if (at !== null || ended.signal.aborted)
                return;
            at = clock.now() + pausedLeftMs;
            countdown = new AbortController();
            clock.sleep(pausedLeftMs, countdown.signal).then(() => ended.abort(new _ports_js__WEBPACK_IMPORTED_MODULE_1__/* .TimedOut */ .GA()), () => {
            });
        },
        pause() {
            pausedLeftMs = leftMs();
            at = null;
            countdown.abort();
        },
        stop() {
            cancelled.removeEventListener('abort', onCancel);
            end();
        }
    };
}
async function untilAborted(promise, signal) {
    const aborted = Promise.withResolvers();
    const onAbort = () => aborted.reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted)
        onAbort();
    try {
        return await Promise.race([aborted.promise, promise]);
    }
    finally {
        signal.removeEventListener('abort', onAbort);
    }
}


/***/ }),

/***/ 7807:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ew: () => (/* binding */ isKinesisAwsAlias),
/* harmony export */   Qr: () => (/* binding */ certainArn),
/* harmony export */   Tw: () => (/* binding */ isCustomerAlias),
/* harmony export */   cG: () => (/* binding */ requestScope),
/* harmony export */   c_: () => (/* binding */ isAwsAlias),
/* harmony export */   hE: () => (/* binding */ arnInScope),
/* harmony export */   mz: () => (/* binding */ parseKeyId)
/* harmony export */ });
/* harmony import */ var _arn_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3358);
/* harmony import */ var _model_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5180);


const KEY_RESOURCE = /^key\/[A-Za-z0-9-]+$/;
const ID = /^(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|mrk-[0-9a-f-]{32,36})$/i;
const ALIAS = /^alias\/[A-Za-z0-9/_-]+$/;
function parseKeyId(text) {
    if (ID.test(text))
        return { form: 'id', region: null, alias: null };
    if (ALIAS.test(text))
        return { form: 'alias', region: null, alias: text };
    const arn = (0,_arn_js__WEBPACK_IMPORTED_MODULE_0__/* .parseArn */ .Lw)(text);
    if (arn?.service !== 'kms')
        return null;
    const { region, resource } = arn;
    if (ALIAS.test(resource))
        return { form: 'alias-arn', region, alias: resource };
    return KEY_RESOURCE.test(resource) ? { form: 'arn', region, alias: null } : null;
}
function isAwsAlias(text) {
    return parseKeyId(text)?.alias?.startsWith('alias/aws/') ?? false;
}
function isKinesisAwsAlias(text, scope) {
    return text === _model_js__WEBPACK_IMPORTED_MODULE_1__/* .KINESIS_AWS_ALIAS */ .We || text === (0,_arn_js__WEBPACK_IMPORTED_MODULE_0__/* .kmsArn */ .D$)(scope, _model_js__WEBPACK_IMPORTED_MODULE_1__/* .KINESIS_AWS_ALIAS */ .We);
}
function isCustomerAlias(text) {
    return parseKeyId(text)?.alias?.startsWith('alias/aws/') === false;
}
function certainArn(text, scope) {
    const form = parseKeyId(text)?.form;
    if (form === 'arn')
        return text;
    return form === 'id' && scope !== null ? (0,_arn_js__WEBPACK_IMPORTED_MODULE_0__/* .kmsArn */ .D$)(scope, `key/${text.toLowerCase()}`) : null;
}
function requestScope({ kind, arn }, streamScope) {
    return arn === null || kind === 'firehose' ? streamScope : null;
}
function arnInScope(text, scope) {
    if (parseKeyId(text)?.form === 'alias')
        return (0,_arn_js__WEBPACK_IMPORTED_MODULE_0__/* .kmsArn */ .D$)(scope, text);
    return certainArn(text, scope) ?? text;
}


/***/ }),

/***/ 5180:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   FN: () => (/* binding */ MODES),
/* harmony export */   GW: () => (/* binding */ KINDS),
/* harmony export */   Jr: () => (/* binding */ endedWell),
/* harmony export */   We: () => (/* binding */ KINESIS_AWS_ALIAS),
/* harmony export */   im: () => (/* binding */ OUTCOMES),
/* harmony export */   jS: () => (/* binding */ PROVED),
/* harmony export */   tP: () => (/* binding */ EMPTY_SELECTION_ACTIONS)
/* harmony export */ });
const KINDS = ['kinesis', 'firehose'];
const MODES = ['encrypt', 'plan', 'check'];
const KINESIS_AWS_ALIAS = 'alias/aws/kinesis';
const EMPTY_SELECTION_ACTIONS = ['error', 'warn', 'ignore'];
const OUTCOMES = [
    'failed',
    'timed-out',
    'cancelled',
    'non-compliant',
    'not-applicable',
    'skipped',
    'planned',
    'started',
    'rekeyed',
    'enabled',
    'unchanged',
    'compliant'
];
const PROVED = new Set(['enabled', 'rekeyed']);
const ENDED_BADLY = new Set([
    'failed',
    'timed-out',
    'cancelled',
    'non-compliant',
    'not-applicable'
]);
function endedWell({ outcome, named }) {
    return !ENDED_BADLY.has(outcome) || (outcome === 'not-applicable' && !named);
}


/***/ }),

/***/ 2055:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   L5: () => (/* binding */ retry),
/* harmony export */   a2: () => (/* binding */ retryDelay),
/* harmony export */   eI: () => (/* binding */ RETRIED),
/* harmony export */   et: () => (/* binding */ jittered)
/* harmony export */ });
/* unused harmony export MAX_DELAY_MS */
/* harmony import */ var _ports_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4501);

const RETRIED = new Set(['throttled', 'unanswered']);
const MAX_ATTEMPTS_WHEN_LIMITED = 3;
const MAX_ATTEMPTS_WHEN_MALFORMED = 5;
const MAX_DELAY_MS = 5_000;
const JITTER = 0.1;
async function retry(call, { clock, random, signal, onError, isRetried = isTransient, maxDelayMs = MAX_DELAY_MS }) {
    let limited = 0;
    let malformed = 0;
    for (let failures = 1;; failures++) {
        try {
            return await call(signal);
        }
        catch (error) {
            if (!(error instanceof _ports_js__WEBPACK_IMPORTED_MODULE_0__/* .ServiceError */ ._7))
                throw error;
            const isHopeless = error instanceof _ports_js__WEBPACK_IMPORTED_MODULE_0__/* .MalformedAnswer */ .ol && ++malformed >= MAX_ATTEMPTS_WHEN_MALFORMED;
            const isRetryable = error.errorKind === 'limited' ? ++limited < MAX_ATTEMPTS_WHEN_LIMITED : isRetried(error) && !isHopeless;
            const willRetry = isRetryable && !signal.aborted;
            onError(error, willRetry);
            if (!willRetry)
                throw error;
        }
        await clock.sleep(retryDelay(failures, random(), maxDelayMs), signal);
    }
}
function isTransient({ errorKind }) {
    return RETRIED.has(errorKind);
}
function retryDelay(failures, random, maxMs = MAX_DELAY_MS) {
    return jittered(100 * 2 ** failures, random, maxMs);
}
function jittered(ms, random, maxMs = MAX_DELAY_MS) {
    return Math.min(ms, maxMs / (1 + JITTER)) * (1 - JITTER + 2 * JITTER * random);
}


/***/ }),

/***/ 3128:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  run: () => (/* binding */ run)
});

// EXTERNAL MODULE: ./lib/aws/directory.js
var directory = __webpack_require__(5006);
// EXTERNAL MODULE: ./lib/aws/environment.js
var environment = __webpack_require__(1008);
// EXTERNAL MODULE: ./lib/aws/files.js
var files = __webpack_require__(602);
;// CONCATENATED MODULE: ./lib/aws/aws.js



async function openAws(options) {
    (0,environment/* assertEnvironment */.Wc)(options.env);
    await (0,files/* assertRegularFiles */.wR)(options);
    const [{ connect }, caBundle] = await Promise.all([Promise.all(/* import() */[__webpack_require__.e(676), __webpack_require__.e(99)]).then(__webpack_require__.bind(__webpack_require__, 2099)), (0,files/* readCaBundle */.hA)(options)]);
    const connection = connect({ ...options, caBundle });
    const services = new Map();
    const streams = (kind) => {
        const service = services.get(kind) ?? serviceOf(kind, connection);
        services.set(kind, service);
        return service;
    };
    let kms;
    return {
        streams,
        keys: {
            async describe(id, signal) {
                kms ??= Promise.all(/* import() */[__webpack_require__.e(676), __webpack_require__.e(701), __webpack_require__.e(529), __webpack_require__.e(476)]).then(__webpack_require__.bind(__webpack_require__, 4476)).then(({ kmsKeys }) => kmsKeys(connection));
                return (await kms).describe(id, signal);
            }
        },
        directory: (0,directory/* directory */.y)(connection, streams),
        close: () => connection.close()
    };
}
async function serviceOf(kind, connection) {
    if (kind === 'kinesis')
        return (await Promise.all(/* import() */[__webpack_require__.e(676), __webpack_require__.e(701), __webpack_require__.e(759), __webpack_require__.e(51), __webpack_require__.e(15)]).then(__webpack_require__.bind(__webpack_require__, 15))).kinesisStreams(connection);
    return (await Promise.all(/* import() */[__webpack_require__.e(676), __webpack_require__.e(701), __webpack_require__.e(462), __webpack_require__.e(268)]).then(__webpack_require__.bind(__webpack_require__, 7268))).firehoseStreams(connection);
}
async function profileRegion(tools) {
    await (0,files/* assertRegularFiles */.wR)(tools);
    const { configuredRegion } = await Promise.all(/* import() */[__webpack_require__.e(676), __webpack_require__.e(701), __webpack_require__.e(529), __webpack_require__.e(476)]).then(__webpack_require__.bind(__webpack_require__, 4476));
    return (0,files/* readSdkFiles */.ou)(configuredRegion(), tools);
}

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
;// CONCATENATED MODULE: ./lib/aws/credential-files.js



const MAX_PROFILES_BYTES = 2 ** 20;
const MAX_TOKEN_BYTES = 20_000;
const TOKEN_FIELD = /"(?:accessToken|refreshToken|clientSecret|secretAccessKey|sessionToken|idToken)"\s*:\s*"([^"]+)"/g;
const SECRET_SETTING = /^\s*(aws_secret_access_key|aws_session_token|web_identity_token_file)\s*=(.*)$/gim;
const LIMIT_MS = 1_000;
async function secretsInFiles(tools, read = files/* readText */.yR) {
    const { env } = tools;
    const readFile = async (path, maxBytes) => {
        const file = (0,files/* statOf */._N)(path);
        if (!file?.isFile() || file.size > maxBytes)
            return '';
        return (0,files/* withinLimit */.zl)(read(path), path, tools, LIMIT_MS).catch(() => '');
    };
    const tokens = [env.AWS_WEB_IDENTITY_TOKEN_FILE ?? '', env.AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE ?? ''];
    const secrets = await Promise.all([
        ...(0,files/* profileFiles */.xc)(env).map(({ path }) => secretsInProfiles(path, readFile)),
        ...tokens.map(async (path) => [await readFile(path, MAX_TOKEN_BYTES)]),
        ...tokenFolders(env).map((folder) => secretsInTokens(folder, readFile))
    ]);
    return secrets.flat();
}
function tokenFolders(env) {
    const folder = (0,external_node_path_.join)((0,files/* homeFolder */.Wx)(env), '.aws');
    return [(0,external_node_path_.join)(folder, 'sso', 'cache'), env.AWS_LOGIN_CACHE_DIRECTORY || (0,external_node_path_.join)(folder, 'login', 'cache')];
}
async function secretsInTokens(folder, readFile) {
    const texts = await Promise.all(namesIn(folder).map((name) => readFile((0,external_node_path_.join)(folder, name), MAX_PROFILES_BYTES)));
    return texts.flatMap((text) => Array.from(text.matchAll(TOKEN_FIELD), ([, token = '']) => token));
}
function namesIn(folder) {
    try {
        return (0,external_node_fs_.readdirSync)(folder);
    }
    catch {
        return [];
    }
}
async function secretsInProfiles(path, readFile) {
    const text = await readFile(path, MAX_PROFILES_BYTES);
    const settings = [...text.matchAll(SECRET_SETTING)].map(([, name = '', setting = '']) => {
        const value = setting.replace(/\s[;#].*$/, '').trim();
        return name.toLowerCase() === 'web_identity_token_file' ? readFile(value, MAX_TOKEN_BYTES) : value;
    });
    return Promise.all(settings);
}

// EXTERNAL MODULE: ./lib/aws/proxy.js
var proxy = __webpack_require__(8621);
// EXTERNAL MODULE: ./lib/encryption/deadline.js
var encryption_deadline = __webpack_require__(4229);
;// CONCATENATED MODULE: ./lib/encryption/fleet/max-changes.js
class ChangePlaces {
    #max;
    #decisions;
    #taken = 0;
    #waiting = new Map();
    constructor(max, streamCount) {
        this.#max = max;
        this.#decisions = Array.from({ length: streamCount }, () => 'undecided');
    }
    admit(index) {
        const { promise, resolve } = Promise.withResolvers();
        this.#waiting.set(index, resolve);
        this.#admitCertain();
        return promise;
    }
    changed(index) {
        this.#decide(index, 'changed');
    }
    ended(index) {
        this.#decide(index, 'not-changed');
    }
    #decide(index, decision) {
        if (this.#decisions[index] !== 'undecided')
            return;
        this.#decisions[index] = decision;
        if (decision === 'changed')
            this.#taken += 1;
        this.#admitCertain();
    }
    #admitCertain() {
        let possible = 0;
        for (let index = 0; index < this.#decisions.length && possible < this.#max; index++) {
            if (this.#taken < this.#max)
                this.#answer(index, true);
            if (this.#decisions[index] !== 'not-changed')
                possible += 1;
        }
        if (this.#taken < this.#max)
            return;
        for (const index of [...this.#waiting.keys()])
            this.#answer(index, false);
    }
    #answer(index, mayChange) {
        this.#waiting.get(index)?.(mayChange);
        this.#waiting.delete(index);
    }
}

;// CONCATENATED MODULE: ./lib/encryption/fleet/fleet.js

const MAX_STARTING = 8;
const MAX_FIRST_OBSERVATION_MS = 10_000;
const PROGRESS_INTERVAL_MS = 30_000;
function formatProgress({ total, done, waiting, elapsedMs }) {
    const notDone = total - done;
    const counts = `${done} of ${total} streams done, ${waiting} waiting for a change to end, ${notDone - waiting} left`;
    return done === 0 ? counts : `${counts}; about ${formatDuration((elapsedMs / done) * notDone)} left at this pace`;
}
function formatDuration(ms) {
    const seconds = ms / 1_000;
    if (seconds < 90)
        return `${Math.ceil(seconds)} s`;
    return seconds < 5_400 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3_600).toFixed(1)} h`;
}
async function runFleet(streams, tools, runOne) {
    const ends = new Map();
    const places = tools.maxChanges === null ? null : new ChangePlaces(tools.maxChanges, streams.length);
    const indexed = streams.map((stream, index) => ({ stream, index }));
    const groups = await Promise.all([...Map.groupBy(indexed, ({ stream }) => stream.stream.kind)].map(async ([kind, members]) => new Group(members, places, await tools.serviceOf(kind), tools)));
    const progress = reportProgress(tools, (elapsedMs) => {
        const waiting = groups.reduce((sum, group) => sum + group.waiting, 0);
        return { total: streams.length, done: ends.size, waiting, elapsedMs };
    });
    await Promise.all(groups.map((group) => group.run(async (stream, streamTools) => {
        ends.set(stream, await runOne(stream, streamTools));
    })));
    progress.abort();
    return streams.flatMap((stream) => ends.get(stream) ?? []);
}
function reportProgress({ clock, onProgress }, progress) {
    const ended = new AbortController();
    const startedMs = clock.now();
    const report = async () => {
        while (!ended.signal.aborted) {
            await clock.sleep(PROGRESS_INTERVAL_MS, ended.signal).then(() => onProgress(progress(clock.now() - startedMs)), () => {
            });
        }
    };
    void report();
    return ended;
}
class Group {
    #streams;
    #places;
    #service;
    #tools;
    #startedMs;
    #ended = new AbortController();
    #started = 0;
    #slotsTaken = 0;
    #onSlotFree = () => { };
    waiting = 0;
    constructor(streams, places, service, tools) {
        this.#streams = streams;
        this.#places = places;
        this.#service = service;
        this.#tools = tools;
        this.#startedMs = tools.clock.now();
    }
    async run(runOne) {
        const running = [];
        for (const stream of this.#streams) {
            await this.#slotFree();
            this.#started += 1;
            this.#slotsTaken += 1;
            running.push(this.#run(stream, runOne));
        }
        await Promise.all(running);
        this.#ended.abort();
    }
    async #run({ stream, index }, runOne) {
        const { clock, random, keys, sources, cancelled } = this.#tools;
        const places = this.#places;
        const admit = places === null ? null : () => places.admit(index);
        const fleet = new Member(this, admit, () => places?.changed(index));
        await runOne(stream, { service: this.#service, keys, sources, clock, random, cancelled, fleet });
        fleet.setWaiting(false);
        places?.ended(index);
    }
    estimatedRemainingMs() {
        const elapsedMs = this.#tools.clock.now() - this.#startedMs;
        return (elapsedMs / this.#started) * (this.#streams.length - this.#started);
    }
    after(ms, callback) {
        this.#tools.clock.sleep(ms, this.#ended.signal).then(callback, () => {
        });
    }
    releaseSlot() {
        this.#slotsTaken -= 1;
        this.#onSlotFree();
    }
    async #slotFree() {
        if (this.#slotsTaken < MAX_STARTING)
            return;
        await new Promise((resolve) => {
            this.#onSlotFree = resolve;
        });
    }
}
class Member {
    admit;
    changed;
    #group;
    #hasSlot = true;
    #isReady = false;
    #isDescribed = false;
    #isWaiting = false;
    constructor(group, admit, changed) {
        this.#group = group;
        this.admit = admit;
        this.changed = changed;
    }
    estimatedRemainingMs() {
        return this.#group.estimatedRemainingMs();
    }
    ready() {
        if (this.#isReady)
            return;
        this.#isReady = true;
        this.#group.after(MAX_FIRST_OBSERVATION_MS, () => {
            if (!this.#isDescribed)
                this.releaseSlot();
        });
    }
    described() {
        this.#isDescribed = true;
    }
    setWaiting(isWaiting) {
        this.releaseSlot();
        this.#group.waiting += Number(isWaiting) - Number(this.#isWaiting);
        this.#isWaiting = isWaiting;
    }
    releaseSlot() {
        if (!this.#hasSlot)
            return;
        this.#hasSlot = false;
        this.#group.releaseSlot();
    }
}

// EXTERNAL MODULE: ./lib/encryption/arn.js
var encryption_arn = __webpack_require__(3358);
// EXTERNAL MODULE: ./lib/encryption/model.js
var model = __webpack_require__(5180);
// EXTERNAL MODULE: ./lib/encryption/ports.js
var ports = __webpack_require__(4501);
;// CONCATENATED MODULE: ./lib/encryption/format.js


const KEY_TYPES = {
    'aws-owned': 'the AWS owned key',
    'customer-managed': 'a customer managed key'
};
function formatKey(key) {
    if (key?.id)
        return key.id;
    return key?.type ? KEY_TYPES[key.type] : 'an unidentified key';
}
function formatObservation({ status, phase, encrypted, key, source }) {
    if (source !== null)
        return `${status}, reads from ${formatSource(source)}`;
    if (key !== null)
        return `${status}, encrypted with ${formatKey(key)}`;
    return phase === 'final' && encrypted === 'false' ? `${status}, not encrypted` : status;
}
function formatSource({ type, arn, endpoint }) {
    const name = arn ?? endpoint;
    return name === null ? type : `${name} (${type})`;
}
const MAX_LISTED = 5;
function formatList(texts) {
    const first = texts.slice(0, MAX_LISTED).join(', ');
    return texts.length > MAX_LISTED ? `${first} and ${texts.length - MAX_LISTED} more` : first;
}
function formatError(cause) {
    if (cause instanceof ports/* MalformedAnswer */.ol)
        return `${cause.message}. ${NOT_FROM_AWS}`;
    return cause instanceof Error ? cause.message : String(cause);
}
const NOT_FROM_AWS = 'Such an answer may not come from AWS: check AWS_ENDPOINT_URL\u2026, if it is set, and the proxy, if there is one';
function formatUtc(time) {
    return `${time.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
function formatRequest({ region, mode, selection, criteria, from }) {
    const { kinds } = selection;
    const parts = [region, `mode ${mode}`, formatSelection(selection), `key: ${formatCriteria(criteria, kinds)}`];
    if (from !== null)
        parts.push(`only from: ${formatList(from.map((key) => formatFromKey(key, kinds)))}`);
    return parts.join(' \u00b7 ');
}
function formatSelection({ kinds, selectors, tags }) {
    const parts = [kinds.join(' and ')];
    if (selectors.length > 0)
        parts.push(formatList(selectors.map(formatSelector)));
    if (tags.length > 0)
        parts.push(`tagged ${formatList(tags.map(formatTag))}`);
    return parts.join(' ');
}
function formatSelector(selector) {
    return selector.by === 'glob' ? selector.glob : (selector.stream.arn ?? selector.stream.name);
}
function formatTag({ key, value }) {
    return value === null ? `${key} (any value)` : `${key}=${value}`;
}
function formatCriteria(criteria, kinds) {
    switch (criteria.which) {
        case 'any':
            return 'any key';
        case 'customer-managed':
            return KEY_TYPES[criteria.which];
        case 'approved':
            return `one of ${formatList(criteria.ids)}`;
        case 'target': {
            const { type, id } = criteria.target;
            if (type === 'aws-owned')
                return formatAwsKey(kinds);
            return type === null ? id : `customer managed key ${id}`;
        }
    }
}
function formatFromKey(key, kinds) {
    if (key === 'any')
        return 'any key';
    return key === 'aws-owned' ? formatAwsKey(kinds) : key.id;
}
function formatAwsKey(kinds) {
    if (!kinds.includes('firehose'))
        return `the AWS managed key ${model/* KINESIS_AWS_ALIAS */.We}`;
    return kinds.includes('kinesis') ? 'the AWS key of each service' : KEY_TYPES['aws-owned'];
}

// EXTERNAL MODULE: ./lib/encryption/retry.js
var retry = __webpack_require__(2055);
// EXTERNAL MODULE: ./lib/encryption/keys/key-id.js
var key_id = __webpack_require__(7807);
;// CONCATENATED MODULE: ./lib/encryption/keys/compare.js


function compareKeys(inForce, target) {
    if (target.arn === null) {
        if (inForce.type === null)
            return 'unknown';
        return inForce.type === target.type ? 'same' : 'other';
    }
    if (inForce.arn !== null) {
        if (!(0,encryption_arn/* isSameResource */.DK)(inForce.arn, target.arn))
            return 'other';
        return target.isTypeCertain ? 'same' : 'unknown';
    }
    if (inForce.problem !== null)
        return 'other';
    if (inForce.type === 'aws-owned' && target.type === 'customer-managed')
        return 'other';
    return 'unknown';
}
function compareNamedKey(inForce, named, scope) {
    if (inForce.arn !== null && named.arn !== null)
        return (0,encryption_arn/* isSameResource */.DK)(inForce.arn, named.arn) ? 'same' : 'other';
    if (((0,key_id/* parseKeyId */.mz)(named.id)?.region ?? scope.region) !== scope.region)
        return 'other';
    if ((inForce.arn === null && inForce.problem !== null) || named.lookup?.answer === 'missing')
        return 'other';
    if (inForce.type !== null && named.type !== null && inForce.type !== named.type)
        return 'other';
    if (inForce.type === 'aws-owned' && inForce.id === '')
        return 'other';
    if (inForce.type === 'aws-owned' && (0,key_id/* isAwsAlias */.c_)(named.id)) {
        return (0,key_id/* isKinesisAwsAlias */.Ew)(named.id, scope) ? 'same' : 'other';
    }
    return 'unknown';
}
function compareFromKey(inForce, from, scope) {
    if (from === 'any')
        return 'same';
    if (from === 'aws-owned')
        return inForce.type === null ? 'unknown' : inForce.type === from ? 'same' : 'other';
    if ((0,key_id/* arnInScope */.hE)(inForce.id, scope) === from.idArn)
        return 'same';
    return compareNamedKey(inForce, from, scope);
}

;// CONCATENATED MODULE: ./lib/encryption/stream/observation.js


function isProof({ phase, encrypted, key }, target) {
    return (phase === 'final' && encrypted === 'true' && key !== null && !key.viaAlias && compareKeys(key, target) === 'same');
}
function isPlainlyUnencrypted({ phase, encrypted }) {
    return phase === 'final' && encrypted === 'false';
}
function sourceOfRecords({ phase, source }) {
    return phase === 'has-source' ? source : null;
}
function whyDifferentStream(requested, answeredArn) {
    if (requested.arn === null || (0,encryption_arn/* isSameResource */.DK)(requested.arn, answeredArn))
        return null;
    const account = (0,encryption_arn/* arnScope */.UF)(requested.arn).accountId;
    const answered = (0,encryption_arn/* arnScope */.UF)(answeredArn).accountId;
    return (`${requested.arn} is in account ${account}, but the credentials reach ${answeredArn} in account ${answered}: ` +
        `use credentials of account ${account}`);
}
function whyElsewhere(answeredArn, region, earlierArn) {
    const answered = (0,encryption_arn/* arnScope */.UF)(answeredArn).region;
    if (answered !== region) {
        return `the answer is about ${answeredArn}, which is not in the region of the run, ${region}: set region to ${answered}, or correct AWS_ENDPOINT_URL\u2026`;
    }
    if (earlierArn === null || (0,encryption_arn/* isSameResource */.DK)(earlierArn, answeredArn))
        return null;
    return `the answers of this run are about different streams, ${earlierArn} and ${answeredArn}: use the same credentials and the same endpoint for the whole run`;
}
function whyNotEncryptable(observation, named) {
    switch (observation.phase) {
        case 'has-source':
            return { action: 'not-applicable', why: 'the delivery stream has no encryption of its own: encrypt its source' };
        case 'deleting':
            return { action: named ? 'fail' : 'not-applicable', why: formatDeleting(observation, named) };
        case 'not-created':
            return { action: 'fail', why: formatNotCreated(observation) };
        default:
            return null;
    }
}
function formatDeleting({ failure }, named) {
    if (failure !== null) {
        return `the stream could not be deleted${because(failure.reason)}: ${andThen(failure.advice, 'delete it again')}`;
    }
    return named
        ? 'the stream is being deleted: create it again, or leave it out of the run'
        : 'the stream is being deleted';
}
function formatNotCreated({ failure }) {
    const remedy = andThen(failure?.advice ?? '', 'delete it and create it again');
    return `the stream could not be created${because(failure?.reason)}: ${remedy}`;
}
function andThen(advice, next) {
    return advice === '' ? next : `${advice}. Then ${next}`;
}
function formatUnclear({ status, failure, unclearReason }, next) {
    const unclear = `the status ${status}${because(failure?.reason ?? unclearReason)} does not show whether the stream is encrypted, or with which key`;
    return failure?.advice ? `${unclear}. ${failure.advice}. Then ${next}` : `${unclear}: ${next}`;
}
function because(reason) {
    return reason ? ` (${reason})` : '';
}

;// CONCATENATED MODULE: ./lib/encryption/fleet/glob.js
function matchesGlob(glob, name) {
    let inGlob = 0;
    let inName = 0;
    let star = -1;
    let starEnd = 0;
    while (inName < name.length) {
        if (glob[inGlob] === '*') {
            star = inGlob++;
            starEnd = inName;
        }
        else if (glob[inGlob] === '?' || glob[inGlob] === name[inName]) {
            inGlob++;
            inName++;
        }
        else if (star >= 0) {
            inGlob = star + 1;
            inName = ++starEnd;
        }
        else {
            return false;
        }
    }
    while (glob[inGlob] === '*')
        inGlob++;
    return inGlob === glob.length;
}

;// CONCATENATED MODULE: ./lib/encryption/fleet/select.js







class EmptySelection extends Error {
    name = 'EmptySelection';
}
const DESCRIBE_CONCURRENCY = 5;
async function select_select(selection, given) {
    let lastError = '';
    const onError = ({ message }, willRetry) => {
        lastError = message;
        if (willRetry)
            given.log(`${message}; retrying`);
    };
    const call = async (request) => {
        const answer = await (0,retry/* retry */.L5)(request, { ...given, onError });
        lastError = '';
        return answer;
    };
    const tools = { ...given, call };
    try {
        const candidates = await listCandidates(selection, tools);
        const selected = selectorsOf(selection).flatMap((selector) => applySelector(selector, candidates));
        const described = await describeNamed(selected, selection, tools);
        const unique = eachOnce(selected, described);
        const streams = await leaveOutUntagged(unique, selection, candidates, described, tools);
        if (streams.length === 0)
            throw new EmptySelection(whyEmpty(selection, candidates, tools.region));
        logUnmatchedGlobs(selection, candidates, tools);
        return streams;
    }
    catch (error) {
        if (tools.signal.reason instanceof ports/* TimedOut */.GA)
            throw new ports/* TimedOut */.GA(lastError);
        tools.signal.throwIfAborted();
        throw error;
    }
}
async function listCandidates({ kinds, selectors, tags }, tools) {
    const { directory } = tools;
    const candidates = new Map();
    if (tags.length > 0) {
        const readPage = (next, signal) => directory.tagged(kinds, tags, next, signal);
        const tagged = await readAll(readPage, (stream) => stream.arn ?? kindAndName(stream), tools);
        for (const kind of kinds)
            candidates.set(kind, tagged.filter((stream) => stream.kind === kind).sort(byName));
        return candidates;
    }
    for (const kind of model/* KINDS */.GW) {
        if (!selectors.some((selector) => selector.by === 'glob' && selector.kind === kind))
            continue;
        const readPage = (next, signal) => directory.names(kind, next, signal);
        const names = await readAll(readPage, (name) => name, tools);
        candidates.set(kind, names.map((name) => ({ kind, name, arn: null })).sort(byName));
    }
    return candidates;
}
const MAX_EMPTY_PAGES = 200;
async function readAll(page, identityOf, { call, region }) {
    const items = new Map();
    const requested = new Set();
    let emptyPages = 0;
    const whyUnusable = (read) => {
        if (read.next !== null && requested.has(read.next)) {
            return 'a page says that more streams follow, but the next page was read before';
        }
        if (read.items.length > 0 && read.items.every((item) => items.has(identityOf(item)))) {
            return 'a page has only streams that an earlier page had';
        }
        return emptyPages > MAX_EMPTY_PAGES ? `more than ${MAX_EMPTY_PAGES} pages in a row are empty` : null;
    };
    let next = null;
    do {
        const after = next;
        const answer = await call(async (signal) => {
            const read = await page(after, signal);
            const why = whyUnusable(read);
            if (why === null)
                return read;
            throw new ports/* MalformedAnswer */.ol(`the list of streams in ${region} is not usable: ${why}`);
        });
        for (const item of answer.items)
            items.set(identityOf(item), item);
        emptyPages = answer.items.length === 0 ? emptyPages + 1 : 0;
        next = answer.next;
        if (next !== null)
            requested.add(next);
    } while (next !== null);
    return [...items.values()];
}
function byName(one, other) {
    if (one.name === other.name)
        return 0;
    return one.name < other.name ? -1 : 1;
}
function selectorsOf({ kinds, selectors, tags }) {
    if (selectors.length > 0 || tags.length === 0)
        return selectors;
    return model/* KINDS */.GW.filter((kind) => kinds.includes(kind)).map((kind) => ({ by: 'glob', kind, glob: '*' }));
}
function applySelector(selector, candidates) {
    if (selector.by === 'name')
        return [{ stream: selector.stream, named: true }];
    const streams = candidates.get(selector.kind) ?? [];
    return streams.filter(({ name }) => matchesGlob(selector.glob, name)).map((stream) => ({ stream, named: false }));
}
async function describeNamed(selected, { tags }, tools) {
    const streams = selected.map(({ stream }) => stream);
    const byArn = new Set(streams.filter(({ arn }) => arn !== null).map(kindAndName));
    const byName = new Map(streams.filter(({ arn }) => arn === null).map((stream) => [kindAndName(stream), stream]));
    const unclear = [...byName].filter(([name]) => tags.length > 0 || byArn.has(name));
    const described = new Map();
    await forEachConcurrently(unclear, async ([name, stream]) => {
        described.set(name, await describeArn(stream, tools));
    });
    return described;
}
function eachOnce(selected, described) {
    const unique = new Map();
    for (const { stream, named } of selected) {
        const identity = identityOf(stream, described);
        const earlier = unique.get(identity);
        unique.set(identity, {
            stream: earlier === undefined || earlier.stream.arn === null ? stream : earlier.stream,
            named: named || earlier?.named === true
        });
    }
    return [...unique.values()];
}
function identityOf(stream, described) {
    const answer = described.get(kindAndName(stream));
    const own = answer !== undefined && 'arn' in answer ? answer.arn : null;
    const arn = stream.arn ?? own;
    return arn === null ? kindAndName(stream) : (0,encryption_arn/* withoutPartition */.rw)(arn);
}
function kindAndName({ kind, name }) {
    return `${kind} ${name}`;
}
async function leaveOutUntagged(selected, { tags }, candidates, named, tools) {
    if (tags.length === 0)
        return selected;
    const tagged = new Set([...candidates.values()].flat().flatMap(({ arn }) => (arn === null ? [] : (0,encryption_arn/* withoutPartition */.rw)(arn))));
    const isTagged = (arn) => tagged.has((0,encryption_arn/* withoutPartition */.rw)(arn));
    const unclear = selected.filter(({ stream }) => stream.arn === null || !isTagged(stream.arn));
    const described = new Map();
    await forEachConcurrently(unclear, async (one) => {
        const known = one.stream.arn === null ? named.get(kindAndName(one.stream)) : undefined;
        described.set(one, known ?? (await describeArn(one.stream, tools)));
    });
    return selected.flatMap((one) => {
        const answer = described.get(one);
        if (answer === undefined)
            return [one];
        const refusal = 'arn' in answer ? whyDifferentStream(one.stream, answer.arn) : answer.refusal;
        if (refusal !== null)
            return [{ ...one, refusal }];
        if ('arn' in answer && isTagged(answer.arn))
            return [one];
        tools.log(`${kindAndName(one.stream)}: left out, because it is not tagged ${formatList(tags.map(formatTag))}`);
        return [];
    });
}
async function describeArn(stream, { describe, call, signal: ended }) {
    try {
        return { arn: (await call((signal) => describe(stream, signal))).arn };
    }
    catch (error) {
        ended.throwIfAborted();
        if (error instanceof ports/* ServiceError */._7)
            return { refusal: formatError(error) };
        throw error;
    }
}
async function forEachConcurrently(items, work) {
    const queue = items.values();
    const worker = async () => {
        for (const item of queue)
            await work(item);
    };
    await Promise.all(Array.from({ length: DESCRIBE_CONCURRENCY }, worker));
}
const KIND_NAMES = { kinesis: 'data stream', firehose: 'delivery stream' };
function logUnmatchedGlobs({ selectors, tags }, candidates, { log }) {
    for (const selector of selectors) {
        if (selector.by !== 'glob' || applySelector(selector, candidates).length > 0)
            continue;
        log(`${selector.glob} matches no stream: searched ${formatCount(selector.kind, candidates)}${withTags(tags)}`);
    }
}
function whyEmpty({ selectors, tags }, candidates, region) {
    const conditions = [];
    if (selectors.length > 0)
        conditions.push(`matches ${formatList(selectors.map(formatSelector))}`);
    if (tags.length > 0)
        conditions.push(`is tagged ${formatList(tags.map(formatTag))}`);
    const inputs = [
        ...(selectors.length > 0 ? ['stream-name', 'stream-kind'] : []),
        ...(tags.length > 0 ? ['stream-tags'] : [])
    ];
    return `No stream ${conditions.join(' and ')}: ${whatWasSearched(candidates, tags, region)}. Check ${inputs.join(', ')}, the region and the account of the credentials`;
}
function whatWasSearched(candidates, tags, region) {
    const kinds = [...candidates.keys()];
    if (kinds.every((kind) => candidates.get(kind)?.length === 0)) {
        return `there is no ${kinds.map((kind) => KIND_NAMES[kind]).join(' or ')}${withTags(tags)} in ${region}`;
    }
    return `searched ${kinds.map((kind) => formatCount(kind, candidates)).join(' and ')}${withTags(tags)} in ${region}`;
}
function formatCount(kind, candidates) {
    const count = candidates.get(kind)?.length ?? 0;
    return `${count} ${KIND_NAMES[kind]}${count === 1 ? '' : 's'}`;
}
function withTags(tags) {
    return tags.length > 0 ? ' with these tags' : '';
}

;// CONCATENATED MODULE: ./lib/encryption/keys/from-key.js





const IS_TARGET = 'this is the target key: give the key to move streams away from';
async function rejectTargetInFromKeys(request, tools) {
    const { keys, signal } = tools;
    let lastError = '';
    const onError = ({ message }, willRetry) => {
        lastError = message;
        if (willRetry)
            tools.log(`${message}; retrying`);
    };
    try {
        const lookUp = (id) => (0,retry/* retry */.L5)(() => keys.lookUp(id, signal), { ...tools, onError });
        const id = await findTargetInFromKeys(request, lookUp);
        if (id !== null)
            throw new Error(`Input from-key-id is "${id}": ${IS_TARGET}`);
    }
    catch (error) {
        throw signal.reason instanceof ports/* TimedOut */.GA ? new ports/* TimedOut */.GA(lastError) : error;
    }
}
async function findTargetInFromKeys({ criteria, from, selection }, lookUp) {
    const ids = from?.flatMap((key) => (typeof key === 'string' ? [] : [key.id])) ?? [];
    if (criteria.which !== 'target' || ids.length === 0)
        return null;
    const { type, id: targetId } = criteria.target;
    if (type === 'aws-owned') {
        return selection.kinds.includes('kinesis') ? find(ids, (id) => isAwsKeyOfKinesis(id, lookUp)) : null;
    }
    if (!ids.some(isAlias) && !isAlias(targetId))
        return null;
    const target = await arnOf(targetId, lookUp);
    return target === null ? null : find(ids, async (id) => (0,encryption_arn/* isSameResource */.DK)((await arnOf(id, lookUp)) ?? '', target));
}
async function isAwsKeyOfKinesis(id, lookUp) {
    const alias = (0,key_id/* parseKeyId */.mz)(id)?.alias;
    if (alias !== null)
        return alias === model/* KINESIS_AWS_ALIAS */.We;
    const lookup = await lookUp(id);
    return lookup.answer === 'found' && lookup.key.type === 'aws-owned';
}
async function arnOf(id, lookUp) {
    const arn = (0,key_id/* certainArn */.Qr)(id, null);
    if (arn !== null)
        return arn;
    const lookup = await lookUp(id);
    return lookup.answer === 'found' ? lookup.key.arn : null;
}
function isAlias(id) {
    return (0,key_id/* parseKeyId */.mz)(id)?.alias !== null;
}
async function find(ids, matches) {
    for (const id of ids)
        if (await matches(id))
            return id;
    return null;
}

;// CONCATENATED MODULE: ./lib/encryption/shared-calls.js

class SharedCalls {
    #answers = new Map();
    #pending = new Map();
    async answer(id, signal, call) {
        const kept = this.#answers.get(id);
        if (kept !== undefined)
            return kept;
        const pending = this.#pending.get(id) ?? this.#start(id, call);
        pending.waiting += 1;
        try {
            return await (0,encryption_deadline/* untilAborted */.Eu)(pending.answer, signal);
        }
        finally {
            pending.waiting -= 1;
            if (pending.waiting === 0) {
                this.#pending.delete(id);
                pending.abort.abort();
            }
        }
    }
    get answers() {
        return this.#answers;
    }
    keep(id, answer) {
        this.#answers.set(id, answer);
    }
    #start(id, call) {
        const abort = new AbortController();
        const pending = { answer: this.#callAndKeep(id, abort.signal, call), abort, waiting: 0 };
        this.#pending.set(id, pending);
        return pending;
    }
    async #callAndKeep(id, signal, call) {
        const answer = await call(signal);
        this.keep(id, answer);
        return answer;
    }
}

;// CONCATENATED MODULE: ./lib/encryption/keys/key-cache.js


class KeyCache {
    #keys;
    #lookups = new SharedCalls();
    constructor(keys) {
        this.#keys = keys;
    }
    lookUp(id, signal) {
        return this.#lookups.answer(id, signal, (shared) => this.#describe(id, shared));
    }
    arns() {
        const found = [...this.#lookups.answers].flatMap(([id, lookup]) => lookup.answer === 'found' ? [[id, lookup.key.arn]] : []);
        return new Map(found);
    }
    async #describe(id, signal) {
        try {
            const lookup = { answer: 'found', key: await this.#keys.describe(id, signal) };
            this.#lookups.keep(lookup.key.arn, lookup);
            return lookup;
        }
        catch (error) {
            if (error instanceof ports/* ServiceError */._7 && (error.errorKind === 'missing' || error.errorKind === 'denied')) {
                return { answer: error.errorKind, why: error.message, withoutAdvice: error.withoutAdvice };
            }
            throw error;
        }
    }
}

;// CONCATENATED MODULE: ./lib/encryption/keys/key-warnings.js

function keyWarnings(keys) {
    const byName = new Map(keys.flatMap((key) => (key === null ? [] : [[key.arn ?? formatKey(key), key]])));
    return [...byName].flatMap(([name, key]) => [...formatExpiry(name, key), ...formatLookupError(name, key)]);
}
function formatExpiry(name, { validTo }) {
    if (validTo === null)
        return [];
    return [
        `the imported material of the key ${name} expires on ${formatUtc(validTo)}: import it again before then, because ` +
            'nothing can be encrypted or decrypted with the key afterwards'
    ];
}
function formatLookupError(name, { type, lookupError }) {
    if (lookupError === null || type === 'aws-owned')
        return [];
    return [`the key ${name} could not be looked up, so whether it can be used is not known: ${lookupError}`];
}

;// CONCATENATED MODULE: ./lib/encryption/keys/resolved-key.js



function resolveKey(reported, lookup, scope) {
    const key = {
        ...reported,
        arn: (0,key_id/* certainArn */.Qr)(reported.id, scope),
        viaAlias: (0,key_id/* isCustomerAlias */.Tw)(reported.id),
        problem: null,
        unreadable: null,
        validTo: null,
        lookupError: null
    };
    switch (lookup?.answer) {
        case 'found':
            return {
                ...key,
                type: reported.type === 'aws-owned' ? reported.type : lookup.key.type,
                arn: lookup.key.arn,
                problem: whyUnusable(lookup.key),
                unreadable: whyUnreadable(lookup.key),
                validTo: lookup.key.validTo
            };
        case 'missing':
            return {
                ...key,
                type: reported.type ?? 'customer-managed',
                problem: `KMS does not know the key ${key.arn ?? key.id} any more: use another key (${lookup.withoutAdvice ?? lookup.why})`,
                unreadable: reported.type === 'aws-owned' ? null : whyUnreadableIfMissing(key)
            };
        case 'denied':
            return { ...key, lookupError: lookup.why };
        default:
            return key;
    }
}
function resolveNamedKey(id, lookup, scope) {
    if (lookup?.answer === 'found') {
        const { type, arn } = lookup.key;
        return { id, idArn: (0,key_id/* arnInScope */.hE)(id, (0,encryption_arn/* arnScope */.UF)(arn)), type, arn, lookup };
    }
    const idArn = scope === null ? asArn(id) : (0,key_id/* arnInScope */.hE)(id, scope);
    return { id, idArn, type: typeOfAlias(id), arn: (0,key_id/* certainArn */.Qr)(id, scope), lookup };
}
function asArn(id) {
    return (0,encryption_arn/* parseArn */.Lw)(id) === null ? null : id;
}
function typeOfAlias(id) {
    if ((0,key_id/* isAwsAlias */.c_)(id))
        return 'aws-owned';
    return (0,key_id/* isCustomerAlias */.Tw)(id) ? 'customer-managed' : null;
}
function whyUnknown(keys, input) {
    return keys.flatMap(({ id, lookup }) => lookup?.answer === 'missing' ? [`${id} in ${input} does not exist in KMS (${lookup.why})`] : []);
}
function formatLookupErrors(inForce, named) {
    const denied = named.flatMap(({ lookup }) => (lookup?.answer === 'denied' ? [lookup.why] : []));
    const errors = new Set(inForce?.lookupError ? [inForce.lookupError, ...denied] : denied);
    return errors.size === 0 ? null : [...errors].join('; ');
}
const WORKING_STATES = new Set(['Enabled', 'Updating']);
function whyUnusable(key) {
    if (WORKING_STATES.has(key.state))
        return null;
    switch (key.state) {
        case 'Disabled':
            return `the key ${key.arn} is disabled: enable it, or use another key`;
        case 'PendingDeletion':
        case 'PendingReplicaDeletion':
            return `the key ${key.arn} is pending deletion: cancel its deletion${formatBefore(key.deletionDate)} and enable the key, or use another one`;
        case 'PendingImport':
            return `the key ${key.arn} has no key material yet (PendingImport): import it, or use another key`;
        case 'Creating':
            return `the key ${key.arn} is still being created (Creating): run again when its state is Enabled`;
        case 'Unavailable':
            return `the key ${key.arn} cannot be reached (Unavailable): connect its custom key store, or use another key`;
        default:
            return `the key ${key.arn} is in state ${key.state} and cannot be used now: use another key, or run again when its state is Enabled`;
    }
}
function whyUnreadable(key) {
    if (WORKING_STATES.has(key.state))
        return null;
    const unless = `${UNREADABLE} unless the key ${key.arn}`;
    switch (key.state) {
        case 'Disabled':
            return `${unless}, which is disabled, is enabled again`;
        case 'PendingDeletion':
        case 'PendingReplicaDeletion':
            return `${unless} is saved: cancel its deletion${formatBefore(key.deletionDate)}, then enable it again`;
        case 'PendingImport':
            return `${unless}, whose key material was deleted or has expired, gets the same material imported again`;
        default:
            return `${unless}, which is in state ${key.state}, can be used again`;
    }
}
function whyUnreadableIfMissing({ id, arn }) {
    return arn === null
        ? `${UNREADABLE} unless the key that the alias ${id} pointed to is enabled: KMS does not know the alias any more`
        : `${UNREADABLE}: KMS does not know the key ${arn} any more`;
}
const UNREADABLE = 'records written before the change cannot be read';
function formatBefore(date) {
    return date === null ? '' : ` before ${formatUtc(date)}`;
}

;// CONCATENATED MODULE: ./lib/encryption/keys/target.js




function awsTarget(kind) {
    const id = kind === 'kinesis' ? model/* KINESIS_AWS_ALIAS */.We : '';
    return { type: 'aws-owned', isTypeCertain: true, id, arn: null, problem: null, validTo: null, lookupError: null };
}
function resolveTarget(target, kind, lookup, scope, requestScope = scope) {
    const managed = `the key-id "${target.id}" is an AWS managed key`;
    const notForFirehose = {
        unresolved: `${managed}, which Firehose does not accept: use key-type aws-owned without key-id`
    };
    if ((0,key_id/* isAwsAlias */.c_)(target.id) && kind === 'firehose')
        return notForFirehose;
    if ((0,key_id/* isKinesisAwsAlias */.Ew)(target.id, scope))
        return awsTarget(kind);
    if ((0,key_id/* isAwsAlias */.c_)(target.id))
        return { unresolved: `${managed} of another account: use ${model/* KINESIS_AWS_ALIAS */.We}` };
    const mustBeCustomerManaged = target.type === 'customer-managed';
    if (lookup.answer === 'found') {
        const { key } = lookup;
        if (key.type === 'aws-owned' && mustBeCustomerManaged) {
            return {
                unresolved: `${managed}, but key-type is customer-managed: use a customer managed key, or key-type aws-owned without key-id`
            };
        }
        if (key.type === 'aws-owned' && kind === 'firehose')
            return notForFirehose;
        if (key.type === null && mustBeCustomerManaged) {
            return {
                unresolved: `cannot determine whether ${key.arn} is customer managed: KMS does not say who manages it. Without key-type, the key-id alone decides`
            };
        }
        const { type, arn, validTo } = key;
        return { type, isTypeCertain: true, id: arn, arn, problem: whyUnsuitable(key, scope), validTo, lookupError: null };
    }
    const arn = (0,key_id/* certainArn */.Qr)(target.id, requestScope);
    if (lookup.answer === 'missing' || arn === null)
        return { unresolved: lookup.why };
    const type = kind === 'firehose' || mustBeCustomerManaged ? 'customer-managed' : null;
    const isTypeCertain = kind === 'firehose' || !mustBeCustomerManaged;
    const problem = isTypeCertain ? null : `cannot determine whether ${arn} is customer managed (${lookup.why})`;
    return { type, isTypeCertain, id: arn, arn, problem, validTo: null, lookupError: lookup.why };
}
function whyUnsuitable(key, scope) {
    const { region } = (0,encryption_arn/* arnScope */.UF)(key.arn);
    if (region !== scope.region) {
        return `the key ${key.arn} is in ${region}, but the stream is in ${scope.region}: use a key in the stream's region`;
    }
    if (key.usage !== null && key.usage !== 'ENCRYPT_DECRYPT') {
        return `the key ${key.arn} has key usage ${key.usage}: a stream needs a symmetric key for ENCRYPT_DECRYPT`;
    }
    if (key.spec !== null && key.spec !== 'SYMMETRIC_DEFAULT') {
        return `the key ${key.arn} is asymmetric (${key.spec}): a stream needs a symmetric key`;
    }
    return whyUnusable(key);
}

;// CONCATENATED MODULE: ./lib/encryption/stream/criteria.js







function targetOf(criteria) {
    return criteria.which === 'target' ? criteria.target : null;
}
function targetToLookUp({ criteria }) {
    return criteria.which === 'target' && criteria.target.type !== 'aws-owned' ? criteria.target.id : null;
}
function mayListAwsManagedKey({ criteria, from }) {
    return (criteria.which === 'approved' ? criteria.ids : idsOf(from)).some(isArnOrId);
}
async function resolveCriteria(request, observation, lookUp) {
    const { criteria, stream } = request;
    const scope = (0,encryption_arn/* arnScope */.UF)(observation.arn);
    switch (criteria.which) {
        case 'any':
        case 'customer-managed':
            return criteria;
        case 'approved': {
            const compare = (key, named) => compareNamedKey(key, named, scope);
            const idScope = (0,key_id/* requestScope */.cG)(stream, scope);
            const keys = await resolveNamedKeys(criteria.ids, finalKey(observation), idScope, compare, lookUp);
            return { which: 'approved', keys };
        }
        case 'target': {
            const target = await resolveTargetKey(criteria.target, stream, lookUp, scope);
            if ('unresolved' in target)
                return { which: 'unresolved', why: target.unresolved };
            return resolveFromKeys(target, request, observation, lookUp);
        }
    }
}
async function resolveTargetKey(target, stream, lookUp, scope) {
    if (target.type === 'aws-owned')
        return awsTarget(stream.kind);
    return resolveTarget(target, stream.kind, await lookUp(target.id), scope, (0,key_id/* requestScope */.cG)(stream, scope));
}
async function resolveFromKeys(target, { from, stream }, observation, lookUp) {
    if (from === null)
        return { which: 'target', target, from };
    const scope = (0,encryption_arn/* arnScope */.UF)(observation.arn);
    const idScope = (0,key_id/* requestScope */.cG)(stream, scope);
    const words = from.filter((key) => typeof key === 'string');
    const inForce = isProof(observation, target) ? null : finalKey(observation);
    const decided = inForce !== null && words.some((key) => compareFromKey(inForce, key, scope) === 'same');
    const compare = (key, named) => compareFromKey(key, named, scope);
    const named = await resolveNamedKeys(idsOf(from), decided ? null : inForce, idScope, compare, lookUp);
    return { which: 'target', target, from: [...words, ...named] };
}
async function resolveNamedKeys(ids, inForce, scope, compare, lookUp) {
    const keys = ids.map((id) => resolveNamedKey(id, null, scope));
    if (inForce === null || keys.some((key) => compare(inForce, key) === 'same'))
        return keys;
    return Promise.all(keys.map(async (key) => compare(inForce, key) === 'unknown' ? resolveNamedKey(key.id, await lookUp(key.id), scope) : key));
}
function formatUndetermined(key, what, named = [], remedy = '') {
    const errors = formatLookupErrors(key, named);
    const why = because(errors ?? 'the service and KMS do not say');
    const advice = errors === null && remedy === '' ? RUN_AGAIN_OR_CONTACT_SUPPORT : remedy;
    return `cannot determine whether ${formatKey(key)} is ${what}${why}${advice === '' ? '' : `: ${advice}`}`;
}
const RUN_AGAIN_OR_CONTACT_SUPPORT = 'run again; if it occurs again, contact AWS Support';
function finalKey({ phase, key }) {
    return phase === 'final' ? key : null;
}
function idsOf(keys) {
    return keys?.flatMap((key) => (typeof key === 'string' ? [] : [key.id])) ?? [];
}
function isArnOrId(id) {
    return (0,key_id/* parseKeyId */.mz)(id)?.alias === null;
}

;// CONCATENATED MODULE: ./lib/encryption/stream/judge.js








function judge({ named }, observation, criteria) {
    const obstacle = whyNotEncryptable(observation, named);
    if (obstacle?.action === 'fail')
        return failed(obstacle.why);
    if (obstacle !== null)
        return { outcome: obstacle.action, why: obstacle.why, cause: obstacle.why, warnings: [] };
    const { phase, encrypted } = observation;
    if (phase === 'final') {
        return encrypted === 'false'
            ? nonCompliant('the stream is not encrypted: run mode encrypt to encrypt it', [...keyWarnings([targetOf(criteria)]), ...(criteria.which === 'unresolved' ? [criteria.why] : [])], 'not encrypted: run mode encrypt')
            : judgeKey(observation, criteria);
    }
    const why = formatUnclear(observation, 'run mode encrypt with a key-type or key-id to set a key');
    return phase === 'failed' ? nonCompliant(why) : failed(why);
}
function judgeKey({ key, arn }, criteria) {
    if (criteria.which === 'unresolved')
        return failed(criteria.why);
    const current = `the stream is encrypted with ${formatKey(key)}`;
    const approved = criteria.which === 'approved' ? criteria.keys : [];
    const unknown = whyUnknown(approved, 'approved-key-ids');
    const warnings = keyWarnings([key, targetOf(criteria)]);
    const scope = (0,encryption_arn/* arnScope */.UF)(arn);
    const match = matchCriteria(key, criteria, scope);
    if (match === 'other') {
        return nonCompliant(`${current}, ${whyOther(criteria, scope)}`, warnings, causeOfOther(criteria, scope));
    }
    if (key?.problem)
        return nonCompliant(`${current}, but ${key.problem}`, warnings, key.problem);
    if (match === 'unknown') {
        return failed([formatUndetermined(key, formatRequired(criteria), approved), ...unknown].join('. '));
    }
    return {
        outcome: 'compliant',
        why: current,
        cause: current,
        warnings: [...aliasWarnings(key), ...warnings, ...unknown]
    };
}
function matchCriteria(key, criteria, scope) {
    if (criteria.which === 'any')
        return 'same';
    if (key === null)
        return 'unknown';
    switch (criteria.which) {
        case 'target':
            return compareKeys(key, criteria.target);
        case 'customer-managed':
            return key.type === null ? 'unknown' : key.type === criteria.which ? 'same' : 'other';
        case 'approved': {
            const matches = criteria.keys.map((named) => compareNamedKey(key, named, scope));
            return matches.find((match) => match === 'same') ?? matches.find((match) => match === 'unknown') ?? 'other';
        }
    }
}
function formatRequired({ which }) {
    if (which === 'approved')
        return 'one of approved-key-ids';
    return which === 'customer-managed' ? 'a customer managed key' : 'the required key';
}
function whyOther(criteria, scope) {
    switch (criteria.which) {
        case 'target':
            return `but must be encrypted with ${formatKey(criteria.target)}: run mode encrypt to move it`;
        case 'approved':
            return `which is not in approved-key-ids${remedyIfNotApproved(criteria.keys, scope)}`;
        default:
            return 'but must be encrypted with a customer managed key: run mode encrypt with a key-id to move it';
    }
}
function causeOfOther(criteria, scope) {
    switch (criteria.which) {
        case 'target':
            return `not encrypted with ${formatKey(criteria.target)}, the required key: run mode encrypt`;
        case 'approved':
            return `encrypted with a key that is not in approved-key-ids${remedyIfNotApproved(criteria.keys, scope)}`;
        default:
            return 'not encrypted with a customer managed key: run mode encrypt with a key-id';
    }
}
function remedyIfNotApproved(keys, { region }) {
    const unknown = whyUnknown(keys, 'approved-key-ids');
    if (unknown.length > 0) {
        return `. ${unknown.join('. ')}. Correct approved-key-ids, or run mode encrypt with a key-id to move the stream`;
    }
    return keys.every(({ id }) => ((0,key_id/* parseKeyId */.mz)(id)?.region ?? region) !== region)
        ? `: none of them is in ${region}, so add the keys that are approved there`
        : ': run mode encrypt with a key-id to move it';
}
function aliasWarnings(key) {
    if (!key?.viaAlias)
        return [];
    return [
        `the stream is encrypted through the alias ${key.id}, which points to ${key.arn ?? 'an unknown key'} now but may have been repointed: run mode encrypt on the data stream to put the key itself in force`
    ];
}
function failed(why) {
    return { outcome: 'failed', why, cause: why, warnings: [] };
}
function nonCompliant(why, warnings = [], cause = why) {
    return { outcome: 'non-compliant', why, cause, warnings };
}

;// CONCATENATED MODULE: ./lib/encryption/stream/poll-interval.js

function pollInterval(waitedMs, leftMs, minIntervalMs, random) {
    return Math.min((0,retry/* jittered */.et)(Math.max(waitedMs / 10, minIntervalMs), random), Math.max(leftMs / 2, minIntervalMs));
}

;// CONCATENATED MODULE: ./lib/encryption/stream/state.js

const NONE = { stage: 'none' };
const INITIAL_STATE = {
    first: null,
    last: null,
    beforeChange: null,
    change: NONE,
    changeIfRefused: NONE,
    isRefused: false,
    isSecondAttempt: false,
    waitedForOther: false,
    source: null,
    recordVerified: false
};
function described(state, last) {
    const { change } = state;
    const isProved = isSent(change) && isProof(last, change.target);
    return { ...state, last, change: isProved ? { ...change, stage: 'ended' } : change };
}
function observed(state, observation) {
    const isCertain = observation.phase === 'final' && state.change.stage === 'none';
    return {
        ...described(state, observation),
        first: state.first ?? observation,
        beforeChange: isCertain ? observation : state.beforeChange
    };
}
function sourceObserved(state, observation) {
    return { ...state, source: observed(state.source ?? INITIAL_STATE, observation) };
}
function waitingForOther(state) {
    return { ...state, waitedForOther: true };
}
function sent(state, change) {
    return { ...state, change: { ...change, stage: 'sent' }, changeIfRefused: state.change };
}
function refused(state) {
    return { ...state, change: state.changeIfRefused, isRefused: true };
}
function accepted(state, sinceMs) {
    return isSent(state.change) ? { ...state, change: { ...state.change, stage: 'accepted', sinceMs } } : state;
}
function answerLost(state, sinceMs) {
    return isSent(state.change) ? { ...state, change: { ...state.change, sinceMs } } : state;
}
function ended(state) {
    return isSent(state.change) ? { ...state, change: { ...state.change, stage: 'ended' } } : state;
}
function secondAttempt(state) {
    return { ...ended(state), isSecondAttempt: true };
}
function recordVerified(state) {
    return { ...state, recordVerified: true };
}
function isSent(change) {
    return change.stage !== 'none';
}
function isInFlight({ stage }) {
    return stage === 'sent' || stage === 'accepted';
}

;// CONCATENATED MODULE: ./lib/encryption/stream/polling.js



const STALE_FOR_MS = 5_000;
const WRONG_KEY_FOR_MS = 2_000;
async function poll(run, sinceMs) {
    const { deadline, fleet, minPollIntervalMs } = run;
    const waitedMs = Math.max(run.now() - sinceMs, fleet.estimatedRemainingMs());
    await run.sleep(pollInterval(waitedMs, deadline.leftMs(), minPollIntervalMs, run.random()));
    const requestedMs = run.now();
    return { observation: await run.describe({ pollTimeLeftMs: deadline.leftMs() }), requestedMs };
}
async function pollUntilAtRest(run) {
    const sinceMs = run.now();
    let observation = await run.describe();
    while (observation.phase === 'changing') {
        if (!run.state.waitedForOther)
            run.log('another change is in flight: waiting for it to end');
        run.apply(waitingForOther);
        run.fleet.setWaiting(true);
        ({ observation } = await poll(run, sinceMs));
    }
    return observation;
}
async function pollUntilEnded(run, change) {
    let seenInFlight = false;
    let wrongKeySinceMs = null;
    for (;;) {
        const { observation, requestedMs } = await poll(run, change.sinceMs);
        if (observation.phase === 'changing') {
            seenInFlight = true;
            wrongKeySinceMs = null;
        }
        else {
            wrongKeySinceMs ??= run.now();
            const isOtherKey = seenInFlight
                ? requestedMs - wrongKeySinceMs >= WRONG_KEY_FOR_MS
                : requestedMs - change.sinceMs >= STALE_FOR_MS;
            if (isOtherKey || isEnd(observation, change))
                return observation;
        }
    }
}
async function pollUntilAccepted(run, change) {
    for (;;) {
        const { observation, requestedMs } = await poll(run, change.sinceMs);
        if (observation.phase === 'changing' || isEnd(observation, change))
            return observation;
        if (requestedMs - change.sinceMs >= STALE_FOR_MS)
            return null;
    }
}
function isEnd(observation, { target, before }) {
    return isProof(observation, target) || isNewFailure(observation, before);
}
function isNewFailure({ phase, failure }, before) {
    return phase === 'failed' && !(before.phase === 'failed' && before.failure?.reason === failure?.reason);
}
async function settle(run) {
    run.fleet.setWaiting(false);
    const { settleMs } = run.request;
    if (settleMs === 0)
        return;
    run.log(`settling for ${settleMs / 1000} s, until every record is encrypted`);
    await run.sleep(settleMs);
}
const RECORD_CHECK_MS = 10_000;
const RECORD_CHECK_INTERVAL_MS = 1_000;
async function putUntilEncrypted(run) {
    run.fleet.setWaiting(false);
    const sinceMs = run.now();
    while (!(await run.putRecord())) {
        run.log('the service accepted a record but did not confirm its encryption');
        if (run.now() + RECORD_CHECK_INTERVAL_MS - sinceMs > RECORD_CHECK_MS)
            return false;
        if (run.deadline.leftMs() <= RECORD_CHECK_INTERVAL_MS)
            return false;
        await run.sleep(RECORD_CHECK_INTERVAL_MS);
    }
    return true;
}

;// CONCATENATED MODULE: ./lib/encryption/stream/cause.js
const TOKEN = /arn:[^\s()"',;]+|[\w.-]+(?::[\w.-]+)?/g;
const ARN_OF_KIND = {
    kinesis: /^arn:[\w-]+:kinesis:/,
    firehose: /^arn:[\w-]+:firehose:/
};
const WORD = /^[a-z]+$/i;
const BEFORE_NAME = /(?:(?:stream|firehose):? |["'])$/i;
const BEFORE_NAME_LENGTH = 12;
const REFERENCE = / (?:for|on|on resource:) (?:the (?:data|delivery) stream \u2026|arn:[^\s\u2026]+\/\u2026)/g;
const OF_REQUEST = /\b(request id: |date\/time ?)[\w-]+|\b\d{8}T\d{6}Z\b/gi;
const DENIED_LOOKUP = /kms:DescribeKey for (\S+) in [^\s:]+: (?:(?!kms:DescribeKey for ).)*? on resource: arn:[\w-]+:kms:[\w-]*:\d*:key\/([\w-]+)(?![\w/-]| with an explicit deny| because (?!no identity-based))/gs;
function withoutStreamName(text, { kind, name }) {
    if (!text.includes(name))
        return withoutRequest(text);
    const named = text.replace(TOKEN, (token, offset) => {
        const word = token.replace(/[.:]+$/, '');
        const end = token.slice(word.length);
        if (word === name)
            return isName(name, text.slice(Math.max(0, offset - BEFORE_NAME_LENGTH), offset)) ? `\u2026${end}` : token;
        return ARN_OF_KIND[kind].test(word) && word.endsWith(`/${name}`) ? `${word.slice(0, -name.length)}\u2026${end}` : token;
    });
    return withoutRequest(named.replace(REFERENCE, ''));
}
function isName(name, before) {
    return !WORD.test(name) || BEFORE_NAME.test(before);
}
function withoutRequest(text) {
    return text.replace(OF_REQUEST, (_quoted, what = '') => `${what}\u2026`);
}
function withoutDeniedKeys(text) {
    const denied = [...text.matchAll(DENIED_LOOKUP)];
    if (denied.length === 0)
        return text;
    const replaced = denied.reduce((result, [, given = '', id = '']) => {
        const shortGiven = given.startsWith('alias/') ? 'alias/\u2026' : given.replace(/[^/]+$/, '\u2026');
        return result.replaceAll(given, shortGiven).replaceAll(id, '\u2026');
    }, text);
    return replaced.replace(REFERENCE, '');
}

;// CONCATENATED MODULE: ./lib/encryption/stream/plan.js









function planChange(selected, observation, criteria) {
    const plan = decide(selected, observation, criteria);
    switch (plan.action) {
        case 'leave':
            return { ...plan, warnings: [...plan.warnings, ...keyWarnings([observation.key, targetOf(criteria)])] };
        case 'skip':
            return { ...plan, warnings: [...plan.warnings, ...keyWarnings([observation.key])] };
        case 'change':
            return { ...plan, warnings: changeWarnings(observation, plan.target) };
        default:
            return plan;
    }
}
function decide({ stream, named }, observation, criteria) {
    const obstacle = whyNotEncryptable(observation, named);
    if (obstacle !== null)
        return obstacle;
    switch (criteria.which) {
        case 'any':
            return planAnyKey(stream.kind, observation);
        case 'customer-managed':
        case 'approved':
            return fail(`${criteria.which} is for mode check: encryption needs a key-id`);
        case 'unresolved':
            return fail(criteria.why);
        case 'target': {
            const { target, from } = criteria;
            if (isProof(observation, target)) {
                return leave(observation.key, observation.key?.id === target.id ? '' : `, which is ${formatKey(target)}`);
            }
            const exception = from === null ? planUnlessNamed(observation, target, named) : planUnlessOnFromKey(from, observation);
            return exception ?? planTarget(observation, target);
        }
    }
}
function planAnyKey(kind, observation) {
    if (observation.phase !== 'final') {
        return fail(formatUnclear(observation, 'give a key-type or key-id to set a key'));
    }
    return observation.encrypted === 'false' ? change(awsTarget(kind), 'not encrypted') : leave(observation.key, '');
}
const NAME_IT = 'name the stream exactly';
function planUnlessNamed(observation, target, named) {
    if (named || isPlainlyUnencrypted(observation))
        return null;
    if (observation.phase !== 'final')
        return fail(formatUnclear(observation, `${NAME_IT}, or set from-key-id: any`));
    const { key } = observation;
    if (key?.type === 'aws-owned')
        return null;
    const match = key === null ? 'unknown' : compareKeys(key, target);
    if (match === 'same')
        return null;
    if (match === 'unknown' || key?.type !== 'customer-managed') {
        return fail(formatUndetermined(key, 'another customer key', [], `${NAME_IT}, or give this key as from-key-id`));
    }
    const state = `encrypted with ${formatKey(key)}, another customer key`;
    return skip(`the stream is ${state}, and a glob or tags selected it: not changed`, 'on another customer key, and selected by a glob or tags', [
        `left ${state}, because a glob or tags alone never move a stream off a customer key: ${NAME_IT}, or give this key as from-key-id`
    ]);
}
function planUnlessOnFromKey(from, observation) {
    if (isPlainlyUnencrypted(observation)) {
        const cause = 'not encrypted, so on none of the keys in from-key-id';
        return skip('the stream is not encrypted, so it is on none of the keys in from-key-id', cause);
    }
    if (from.includes('any'))
        return null;
    if (observation.phase !== 'final') {
        return fail(formatUnclear(observation, 'set from-key-id: any to change it anyway'));
    }
    const { key } = observation;
    const scope = (0,encryption_arn/* arnScope */.UF)(observation.arn);
    const matches = from.map((one) => (key === null ? 'unknown' : compareFromKey(key, one, scope)));
    if (matches.includes('same'))
        return null;
    const named = from.filter((one) => typeof one !== 'string');
    if (matches.includes('unknown'))
        return fail(formatUndetermined(key, 'one of from-key-id', named));
    return skip(`the stream is encrypted with ${formatKey(key)}, which is not in from-key-id: not changed`, 'on a key that is not in from-key-id', whyUnknown(named, 'from-key-id'));
}
function planTarget(observation, target) {
    const { phase, status, failure, encrypted, key } = observation;
    if (phase !== 'final')
        return change(target, `in status ${status}${because(failure?.reason)}`);
    if (encrypted === 'false')
        return change(target, 'not encrypted');
    if (key?.viaAlias) {
        return change(target, `encrypted through the alias ${key.id}, which may have been repointed, so it does not prove which key is used`, 'encrypted through an alias, which does not prove which key is used');
    }
    if (key === null || (compareKeys(key, target) === 'unknown' && (target.arn === null || key.id === ''))) {
        return fail(formatUndetermined(key, 'the target key'));
    }
    return change(target, `encrypted with ${formatKey(key)}`, 'on another key');
}
function changeWarnings({ key, channelCount }, target) {
    const warnings = keyWarnings([key, target]);
    if (key?.unreadable)
        warnings.unshift(key.unreadable);
    if (channelCount > 0 && target.type === 'aws-owned') {
        warnings.push(`the data stream has channels, and AWS refuses new ones on a stream that is encrypted with ${model/* KINESIS_AWS_ALIAS */.We}: ` +
            'use a customer managed key if it needs another channel');
    }
    return warnings;
}
function leave(key, alsoKnownAs) {
    return {
        action: 'leave',
        why: `the stream is already encrypted with ${formatKey(key)}${alsoKnownAs}`,
        warnings: key?.problem ? [key.problem] : []
    };
}
function skip(why, cause, warnings = []) {
    return { action: 'skip', why, cause, warnings };
}
function change(target, stateBefore, cause = stateBefore) {
    return target.problem === null
        ? { action: 'change', target, stateBefore, cause, warnings: [] }
        : fail(`${target.problem}. No change was sent`);
}
function fail(why) {
    return { action: 'fail', why };
}

;// CONCATENATED MODULE: ./lib/encryption/stream/source.js





function judgeSource(source, view, request) {
    if (view === null)
        return judgeOtherSource(source, request, 'compliant');
    if ('unseen' in view)
        return { outcome: 'failed', ...unjudged(source, view.unseen) };
    if (isDeleting(view))
        return { outcome: 'failed', ...judged(source, `${DELETING}: ${OF_NO_USE}`) };
    const { outcome, why, cause, warnings } = judge({ named: true }, view.observation, view.criteria);
    const advice = outcome === 'non-compliant' ? whereToEncrypt(NOT_HERE) : '';
    return {
        outcome,
        message: `${formatJudged(source, why)}${advice}`,
        cause: `${causeOf(source, cause)}${advice}`,
        warnings: warnings.map((warning) => causeOf(source, warning))
    };
}
function planSource(source, view, request) {
    const verdict = view === null ? judgeOtherSource(source, request, 'unchanged') : planDataStream(source, view);
    if (verdict.outcome !== 'unchanged' || !request.verifyRecords)
        return verdict;
    const warning = 'no test record was put, because the delivery stream takes records from its source only';
    return { ...verdict, warnings: [...(verdict.warnings ?? []), warning] };
}
function planDataStream(source, view) {
    if ('unseen' in view)
        return notApplicable(unjudged(source, view.unseen));
    if (isDeleting(view))
        return notApplicable(judged(source, DELETING), OF_NO_USE);
    const plan = planChange(view.request, view.observation, view.criteria);
    switch (plan.action) {
        case 'leave':
            return {
                outcome: 'unchanged',
                message: formatJudged(source, plan.why),
                warnings: plan.warnings.map((warning) => causeOf(source, warning))
            };
        case 'change':
            return notApplicable(judged(source, `the stream is ${plan.stateBefore}, but the request requires ${formatKey(plan.target)}`, plan.cause), 'encrypt the source itself, with stream-kind kinesis');
        case 'skip':
            return notApplicable(judged(source, plan.why, plan.cause));
        case 'fail':
            if (view.criteria.which === 'unresolved')
                return { outcome: 'failed', ...judged(source, plan.why) };
            return notApplicable(judged(source, plan.why));
        case 'not-applicable':
            return notApplicable(judged(source, plan.why));
    }
}
function isDeleting({ observation }) {
    return observation.phase === 'deleting';
}
const DELETING = 'the data stream is being deleted';
const OF_NO_USE = 'leave the delivery stream out of the run, or delete it as well';
function judgeOtherSource(source, { criteria }, good) {
    if (source.kind !== 'msk')
        return notApplicable({ message: formatUnjudged(source) }, ENCRYPT_SOURCE);
    if (criteria.which === 'any')
        return { outcome: good, message: formatJudged(source, 'Amazon MSK always encrypts at rest') };
    return notApplicable(judged(source, 'Amazon MSK always encrypts at rest, but the key cannot be determined'), 'the key is a setting of the cluster, so leave the delivery stream out of this step');
}
function whereToEncrypt(remedy) {
    return `. The delivery stream has no encryption of its own: ${remedy}`;
}
const ENCRYPT_SOURCE = 'encrypt the source itself';
const NOT_HERE = 'only the source itself can be encrypted';
function notApplicable({ message, cause = message }, remedy = NOT_HERE) {
    const advice = whereToEncrypt(remedy);
    return { outcome: 'not-applicable', message: `${message}${advice}`, cause: `${cause}${advice}` };
}
function judged(source, why, cause = why) {
    return { message: formatJudged(source, why), cause: causeOf(source, cause) };
}
function unjudged(source, why) {
    const cause = `its source cannot be judged: ${withoutSourceName(source, why)}`;
    return { message: `${formatUnjudged(source)}: ${why}`, cause };
}
function formatJudged(source, why) {
    return `judged by its source ${formatSource(source)}: ${why}`;
}
function causeOf(source, why) {
    return `judged by its source: ${withoutSourceName(source, why)}`;
}
function withoutSourceName({ arn }, text) {
    const stream = arn === null ? undefined : (0,encryption_arn/* parseStreamArn */.BP)(arn)?.stream;
    return stream === undefined ? text : withoutStreamName(text, stream);
}
function formatUnjudged(source) {
    return `its source ${formatSource(source)} cannot be judged`;
}

;// CONCATENATED MODULE: ./lib/encryption/stream/result.js





function toResult(request, state, verdict, { durationMs, lastObservedMsAgo }) {
    const { stream, region, named } = request;
    const { last, change, source } = state;
    const { encrypted, key } = encryptionOf(stream, state, verdict);
    return {
        kind: stream.kind,
        name: stream.name,
        arn: last?.arn ?? stream.arn,
        region,
        named,
        outcome: verdict.outcome,
        changed: isSent(change),
        encrypted,
        status: last?.status ?? null,
        key,
        keyArn: key?.arn ?? null,
        ...previousEncryption(source ?? state),
        source: last?.source?.arn ?? null,
        target: toTarget(isSent(change) ? change.target : verdict.target),
        inFlight: isInFlight(change),
        recordVerified: request.verifyRecords && !last?.source ? state.recordVerified : null,
        durationSeconds: Math.round(durationMs) / 1000,
        message: verdict.message,
        cause: result_causeOf(verdict, stream, last?.source ?? null),
        reason: isSent(change) ? whyChanged(request, change) : verdict.message,
        lastObservedMsAgo,
        warnings: [...new Set([...warningsOfChange(state), ...(verdict.warnings ?? [])])],
        previousKeyNeededHours: last?.previousKeyNeededHours ?? null
    };
}
function result_causeOf({ message, cause = message }, stream, source) {
    const common = withoutStreamName(cause, stream);
    const read = (0,encryption_arn/* parseStreamArn */.BP)(source?.arn ?? '')?.stream;
    return read === undefined ? common : withoutStreamName(common, read);
}
function warningsOfChange({ change, last }) {
    if (!isSent(change))
        return [];
    const { key } = change.before;
    if (change.stage !== 'ended' || last?.phase !== 'failed' || !key?.unreadable)
        return change.warnings;
    const { unreadable, problem } = key;
    return change.warnings.flatMap((warning) => (warning === unreadable ? (problem ?? []) : warning));
}
function whyChanged({ criteria, stream }, { stateBefore }) {
    return `was ${stateBefore}, but the request requires encryption with ${formatCriteria(criteria, [stream.kind])}`;
}
const UNKNOWN = { encrypted: 'unknown', key: null };
function encryptionOf({ kind }, state, { outcome }) {
    if (state.source !== null)
        return encryptionNow('kinesis', state.source);
    return outcome === 'not-applicable' ? UNKNOWN : encryptionNow(kind, state);
}
function encryptionNow(kind, { last, beforeChange, change }) {
    if (last === null)
        return UNKNOWN;
    if (last.phase === 'changing' || isInFlight(change)) {
        if (beforeChange?.encrypted === 'false')
            return { encrypted: 'false', key: null };
        const encrypted = kind === 'firehose' ? 'unknown' : last.encrypted;
        return { encrypted, key: beforeChange === null ? last.key : beforeChange.key };
    }
    if (last.phase === 'failed' && beforeChange !== null) {
        return { encrypted: beforeChange.encrypted, key: beforeChange.key };
    }
    return { encrypted: last.phase === 'unclear' ? 'unknown' : last.encrypted, key: last.key };
}
function toTarget(target) {
    return target === undefined ? null : { type: target.type, id: target.id };
}
function previousEncryption({ change, first, beforeChange }) {
    const found = first?.phase === 'final' ? first : null;
    const previous = isSent(change) ? beforeChange : found;
    return {
        previousKey: previous?.key ?? null,
        previousKeyProblem: previous?.key?.unreadable ?? null,
        previouslyEncrypted: previous?.encrypted ?? 'unknown'
    };
}
function afterEarlyEnd({ mode }) {
    const again = 'Running again is safe';
    return mode === 'encrypt' ? `The service continues by itself any change that was sent. ${again}` : again;
}
function verdictOnError(request, state, error, lastError) {
    if (error instanceof ports/* TimedOut */.GA) {
        const late = `did not finish within ${request.timeoutMs / 1000} s (timeout-seconds)`;
        const message = `${late}. ${result_formatProgress(state, lastError)}`;
        const cause = `${late}. ${formatSeen(state, lastError)}. ${afterEarlyEnd(request)}`;
        return { outcome: 'timed-out', message, cause };
    }
    if (error instanceof ports/* Cancelled */.cJ) {
        const message = `the run was cancelled. ${result_formatProgress(state, lastError)}`;
        return { outcome: 'cancelled', message, cause: `the run was cancelled. ${afterEarlyEnd(request)}` };
    }
    const message = error instanceof ports/* ServiceError */._7 ? formatError(error) : `${formatError(error)}. ${DEFECT}`;
    const { mode, named } = request;
    if (error instanceof ports/* ServiceError */._7 && error.errorKind === 'missing' && !named) {
        const { change } = state;
        const sent = isSent(change) ? `the change to ${formatKey(change.target)} was sent, but ` : '';
        const cause = `the stream no longer exists, although it was listed (${message})`;
        return { outcome: 'not-applicable', message: `${sent}${cause}`, cause };
    }
    return {
        outcome: 'failed',
        message: mode === 'encrypt' ? `${message}. ${formatChange(state, mayBeTransient(error))}` : message,
        cause: message
    };
}
const DEFECT = 'This is an error of the action itself: report it as an issue, with this message';
function mayBeTransient(error) {
    return error instanceof ports/* ServiceError */._7 && error.errorKind === 'unanswered';
}
function result_formatProgress(state, lastError) {
    return `${formatSeen(state, lastError)}. ${formatChange(state.source ?? state, true)}`;
}
function formatSeen(state, lastError) {
    return `${formatLastStatus(state)}${lastError === null ? '' : `; the last call failed: ${lastError}`}`;
}
function formatLastStatus({ last, source }) {
    if (source?.last)
        return `The last status of the source ${source.last.arn} was ${source.last.status}`;
    if (last === null)
        return 'The service has not described the stream';
    return last.source === null
        ? `The last status was ${last.status}`
        : `The service has not described the source ${formatSource(last.source)}`;
}
function formatChange({ change, last, isRefused }, mayRepeat) {
    const isChanging = last?.phase === 'changing';
    const again = '. Running again is safe';
    const againUnlessCorrected = mayRepeat ? again : '';
    if (!isSent(change)) {
        const other = isChanging
            ? ': the change in flight was started elsewhere, and the service continues it by itself'
            : '';
        return `${isRefused ? 'The service accepted no change' : 'No change was sent'}${other}${againUnlessCorrected}`;
    }
    const subject = `The change to ${formatKey(change.target)}`;
    if (change.stage === 'ended') {
        const end = last?.phase === 'failed' ? 'failed' : 'ended; only settling or the record check was left';
        return `${subject} ${end}${againUnlessCorrected}`;
    }
    if (change.stage === 'sent' && !isChanging) {
        return `${subject} was sent, but no usable answer came: if it was accepted, the service continues it by itself${again}`;
    }
    return `${subject} was sent, and the service continues it by itself${again}`;
}

;// CONCATENATED MODULE: ./lib/encryption/stream/stream-run.js











async function runStream(request, tools, story) {
    const run = new StreamRun(request, tools);
    const finish = (verdict) => {
        const durationMs = request.timeoutMs - run.deadline.leftMs();
        return toResult(request, run.state, verdict, { durationMs, lastObservedMsAgo: run.lastObservedMsAgo() });
    };
    try {
        const { refusal } = request;
        return finish(refusal === undefined ? await story(run) : { outcome: 'failed', message: refusal });
    }
    catch (error) {
        const { aborted, reason } = run.deadline.signal;
        return finish(verdictOnError(request, run.state, aborted ? reason : error, run.lastError));
    }
    finally {
        if (isSent(run.state.change))
            run.fleet.changed();
        run.deadline.stop();
    }
}
const MAX_STARTS = 10;
const MAX_STARTS_IF_UNCLEAR = 3;
const MAX_START_DELAY_MS = 60_000;
class StreamRun {
    request;
    deadline;
    #tools;
    #state = INITIAL_STATE;
    #lastError = null;
    #lastObservedMs = null;
    #isAdmitted = false;
    #starts = 0;
    #startError = null;
    constructor(request, tools) {
        this.request = request;
        this.#tools = tools;
        this.deadline = (0,encryption_deadline/* createDeadline */.dU)(tools.clock, request.timeoutMs, tools.cancelled);
    }
    get state() {
        return this.#state;
    }
    get lastError() {
        return this.#lastError;
    }
    lastObservedMsAgo() {
        return this.#lastObservedMs === null ? null : this.now() - this.#lastObservedMs;
    }
    get minPollIntervalMs() {
        return this.#tools.service.minPollIntervalMs;
    }
    get fleet() {
        return this.#tools.fleet;
    }
    now() {
        return this.#tools.clock.now();
    }
    random() {
        return this.#tools.random();
    }
    log(line) {
        this.#tools.log(`${this.request.stream.kind} ${this.request.stream.name}: ${line}`);
    }
    sleep(ms) {
        return this.#tools.clock.sleep(ms, this.deadline.signal);
    }
    apply(transition) {
        this.#state = transition(this.#state);
    }
    async describe(options = {}) {
        const [observation, target] = await Promise.all([this.#describeOnce(options), this.#lookUpTarget()]);
        const resolved = { ...observation, key: await this.#resolveKey(this.request, observation, target) };
        this.fleet.described();
        this.apply((state) => observed(state, resolved));
        return resolved;
    }
    async #describeOnce(options) {
        const { stream, region } = this.request;
        const { last } = this.state;
        const onReady = () => this.#onReady();
        const observation = await this.#retry((signal) => this.#tools.service.describe(stream, signal, { onReady, ...options }));
        const different = whyDifferentStream(stream, observation.arn) ?? whyElsewhere(observation.arn, region, last?.arn ?? null);
        if (different !== null)
            throw new ports/* ServiceError */._7('refused', different);
        const { status, key } = observation;
        if (last?.status !== status || last.key?.id !== key?.id)
            this.log(formatObservation(observation));
        this.#lastObservedMs = this.now();
        this.apply((state) => described(state, withoutLookup(observation)));
        return observation;
    }
    #onReady() {
        this.deadline.start();
        this.fleet.ready();
    }
    async #resolveKey(request, { key, phase, arn }, target) {
        if (key === null)
            return null;
        const needsArn = mayBeAwsManaged(target) || mayListAwsManagedKey(request);
        const isLookedUp = phase === 'final' && ((0,key_id/* isAwsAlias */.c_)(key.id) ? needsArn : key.id !== '');
        const scope = (0,encryption_arn/* arnScope */.UF)(arn);
        const id = request.stream.arn === null ? (0,encryption_arn/* withRegionPartition */.fJ)(key.id) : (0,key_id/* arnInScope */.hE)(key.id, scope);
        return resolveKey(key, isLookedUp ? await this.#lookUp(id) : null, scope);
    }
    #lookUpTarget() {
        const id = targetToLookUp(this.request);
        return id === null ? Promise.resolve(null) : this.#lookUp(id);
    }
    #lookUp(id) {
        return this.#retry((signal) => this.#tools.keys.lookUp(id, signal));
    }
    resolveCriteria(observation, request = this.request) {
        return resolveCriteria(request, observation, (id) => this.#lookUp(id));
    }
    async observeSource(source) {
        if (source.kind !== 'data-stream')
            return null;
        const stream = (0,encryption_arn/* parseStreamArn */.BP)((0,encryption_arn/* withRegionPartition */.fJ)(source.arn ?? ''))?.stream;
        if (stream?.kind !== 'kinesis')
            return { unseen: 'Firehose does not report the ARN of a data stream' };
        this.fleet.setWaiting(false);
        const lookup = await this.#lookUpSource(stream);
        if (lookup.answer !== 'found') {
            return { unseen: lookup.answer === 'missing' ? `${lookup.why}. ${SOURCE_IS_GONE}` : lookup.why };
        }
        const { observation, observedMs, waitedForChange } = lookup;
        const different = whyDifferentStream(stream, observation.arn);
        if (different !== null)
            return { unseen: different };
        if (waitedForChange)
            this.apply(waitingForOther);
        const request = this.#requestFor(stream);
        const resolved = { ...observation, key: await this.#resolveKey(request, observation, await this.#lookUpTarget()) };
        this.#lastObservedMs = observedMs;
        this.apply((state) => sourceObserved(state, resolved));
        return { request, observation: resolved, criteria: await this.resolveCriteria(resolved, request) };
    }
    #lookUpSource(stream) {
        const waiter = {
            leftMs: () => this.deadline.leftMs(),
            onChanging: (observation) => {
                if (!this.state.waitedForOther)
                    this.log(`a change of ${stream.arn} is in flight: waiting for it to end`);
                this.apply(waitingForOther);
                this.#lastObservedMs = this.now();
                this.apply((state) => sourceObserved(state, withoutLookup(observation)));
                this.fleet.setWaiting(true);
            }
        };
        return this.#retry((signal) => this.#tools.sources.lookUp(stream, { ...waiter, signal }));
    }
    #requestFor({ kind, name, arn }) {
        const isOwn = (0,encryption_arn/* arnScope */.UF)(arn ?? '').accountId === (0,encryption_arn/* arnScope */.UF)(this.state.last?.arn ?? '').accountId;
        return { ...this.request, stream: { kind, name, arn: isOwn ? null : arn }, named: true };
    }
    async admit() {
        const { admit } = this.fleet;
        if (admit === null || this.#isAdmitted)
            return 'admitted';
        this.fleet.releaseSlot();
        this.deadline.pause();
        this.#isAdmitted = await (0,encryption_deadline/* untilAborted */.Eu)(admit(), this.deadline.signal);
        return this.#isAdmitted ? 'admitted-later' : 'not-admitted';
    }
    async startEncryption({ target, stateBefore, warnings }, before) {
        const unclear = unclearStatus(before);
        const maxStarts = unclear === null ? MAX_STARTS : MAX_STARTS_IF_UNCLEAR;
        const mayStart = () => this.#starts < maxStarts;
        if (!mayStart())
            throw tooManyStarts(this.#starts, unclear, this.#startError);
        let hasLeft = false;
        const onSend = () => {
            if (hasLeft)
                this.apply(refused);
            hasLeft = true;
            this.#starts += 1;
            this.apply((state) => sent(state, { target, stateBefore, warnings, before, sinceMs: this.now() }));
        };
        const send = async (signal) => {
            hasLeft = false;
            await this.#tools.service.startEncryption(this.request.stream, target, signal, onSend, mayStart);
        };
        const onError = (error) => {
            this.#startError = error;
            if (hasLeft && error.errorKind !== 'unanswered')
                this.apply(refused);
        };
        try {
            await this.#retry(send, {
                isRetried: ({ errorKind }) => (hasLeft ? errorKind === 'throttled' && mayStart() : retry/* RETRIED */.eI.has(errorKind)),
                onError,
                maxDelayMs: MAX_START_DELAY_MS
            });
            this.apply((state) => accepted(state, this.now()));
            this.fleet.changed();
            return this.#answer('accepted');
        }
        catch (error) {
            if (!(error instanceof ports/* ServiceError */._7))
                throw error;
            if (error.errorKind === 'unanswered' && hasLeft) {
                this.apply((state) => answerLost(state, this.now()));
                return this.#answer('lost');
            }
            if (error.errorKind !== 'busy' && error.errorKind !== 'throttled')
                throw error;
            if (!mayStart())
                throw tooManyStarts(this.#starts, unclear, error);
            return { answer: 'busy' };
        }
    }
    #answer(answer) {
        const { change } = this.state;
        if (!isSent(change))
            throw new Error('The service answered a change that was not sent');
        return { answer, change };
    }
    delayAfterBusy() {
        return this.sleep((0,retry/* retryDelay */.a2)(2 + this.#starts, this.random()));
    }
    putRecord() {
        return this.#retry((signal) => this.#tools.service.putRecord(this.request.stream, signal));
    }
    async #retry(call, options = {}) {
        const { clock, random } = this.#tools;
        const onError = (error, willRetry) => {
            this.#lastError = error.message;
            options.onError?.(error);
            if (!willRetry)
                return;
            this.log(`${error.message}; retrying`);
            this.fleet.releaseSlot();
        };
        const answer = await (0,retry/* retry */.L5)(call, { clock, random, signal: this.deadline.signal, ...options, onError });
        this.#lastError = null;
        return answer;
    }
}
const SOURCE_IS_GONE = 'Firehose still reads from it: create the data stream again, or delete the delivery stream';
function unclearStatus({ phase, status, unusualStatus }) {
    return unusualStatus ?? (phase === 'unclear' ? status : null);
}
function tooManyStarts(starts, unclear, error) {
    const subject = unclear === null ? 'one stream' : `a stream in status ${unclear}`;
    const why = error === null ? '' : `. The latest was not accepted: ${error.message}`;
    return new ports/* ServiceError */._7('refused', `the start was sent ${starts} times, the most for ${subject} in a run, because each may count towards the 25 changes that AWS allows in 24 hours${why}. ${remedyFor(unclear, error)}`);
}
function remedyFor(unclear, error) {
    if (unclear !== null)
        return `Find out why the status is ${unclear}, and run again when that has ended`;
    return error?.errorKind === 'busy'
        ? 'Find out which other change keeps the stream busy, and run again when it has ended'
        : 'Run again later';
}
function withoutLookup(observation) {
    const { key, arn } = observation;
    return { ...observation, key: key === null ? null : resolveKey(key, null, (0,encryption_arn/* arnScope */.UF)(arn)) };
}
function mayBeAwsManaged(target) {
    return target?.answer === 'denied' || (target?.answer === 'found' && target.key.type !== 'customer-managed');
}

;// CONCATENATED MODULE: ./lib/encryption/stream/check.js





function check(request, tools) {
    return runStream(request, tools, async (run) => {
        const verdict = await judgeRecords(run, await pollUntilAtRest(run));
        if (verdict.outcome === 'compliant' && run.state.waitedForOther)
            await settle(run);
        return verdict;
    });
}
async function judgeRecords(run, observation) {
    const source = sourceOfRecords(observation);
    if (source !== null)
        return judgeSource(source, await run.observeSource(source), run.request);
    const { outcome, why, cause, warnings } = judge(run.request, observation, await run.resolveCriteria(observation));
    return { outcome, message: why, cause, warnings };
}

;// CONCATENATED MODULE: ./lib/encryption/stream/encrypt.js








const GRANT_DELAY_MS = 10_000;
function encrypt(request, tools) {
    return runStream(request, tools, observeAndPlan);
}
async function observeAndPlan(run) {
    const observation = await pollUntilAtRest(run);
    const { change } = run.state;
    if (isSent(change) && isProof(observation, change.target))
        return concludeChange(run, change, observation);
    const source = sourceOfRecords(observation);
    if (source !== null)
        return followSource(run, source);
    const plan = await planFor(run, observation);
    switch (plan.action) {
        case 'change':
            return run.request.mode === 'plan' ? planned(plan, observation) : changeIfAdmitted(run, plan, observation);
        case 'leave':
            return unchanged(run, plan);
        case 'skip':
            if (isSent(change))
                return concludeChange(run, change, observation);
            return { outcome: 'skipped', message: plan.why, cause: plan.cause, warnings: plan.warnings };
        case 'not-applicable':
            return { outcome: 'not-applicable', message: plan.why };
        case 'fail':
            return { outcome: 'failed', message: plan.why };
    }
}
async function followSource(run, source) {
    const verdict = planSource(source, await run.observeSource(source), run.request);
    if (verdict.outcome === 'unchanged' && run.state.waitedForOther && run.request.mode === 'encrypt')
        await settle(run);
    return verdict;
}
async function planFor(run, observation) {
    const { change, beforeChange } = run.state;
    const asBefore = observation.phase === 'failed' && isSent(change) ? beforeChange : null;
    const current = asBefore ?? observation;
    const plan = planChange(run.request, current, await run.resolveCriteria(current));
    if (plan.action !== 'change' || asBefore === null)
        return plan;
    const failure = observation.failure?.reason ?? observation.status;
    return { ...plan, stateBefore: `${plan.stateBefore}, unchanged by an attempt that failed (${failure})` };
}
function planned({ target, stateBefore, cause, warnings }, { failure }, whyNotStarted = '') {
    const remedy = failure?.advice ? `. Fix the cause of the failed attempt first: ${failure.advice}` : '';
    const message = `is ${stateBefore}; would be encrypted with ${formatKey(target)}${whyNotStarted}${remedy}`;
    return { outcome: 'planned', message, cause: `${cause}${whyNotStarted}${remedy}`, target, warnings };
}
async function unchanged(run, plan) {
    const verdict = { outcome: 'unchanged', message: plan.why, warnings: plan.warnings };
    if (run.request.mode !== 'encrypt')
        return verdict;
    if (run.state.waitedForOther)
        await settle(run);
    return verifyRecords(run, verdict);
}
async function changeIfAdmitted(run, plan, observation) {
    switch (await run.admit()) {
        case 'admitted':
            return startChange(run, plan, observation);
        case 'admitted-later':
            return observeAndPlan(run);
        case 'not-admitted':
            return planned(plan, observation, '. Not started: max-changes is reached');
    }
}
async function startChange(run, plan, before) {
    run.log(`starting encryption with ${formatKey(plan.target)}`);
    const start = await sendStart(run, plan, before);
    switch (start.answer) {
        case 'accepted':
            run.fleet.setWaiting(true);
            return waitForEnd(run, start.change, null);
        case 'lost':
            run.fleet.setWaiting(true);
            return findOutWhetherAccepted(run, start.change);
        case 'busy':
            run.apply(waitingForOther);
            run.fleet.setWaiting(true);
            await run.delayAfterBusy();
            return observeAndPlan(run);
        case 'already-in-force':
            run.apply(waitingForOther);
            return observeAndPlan(run);
    }
}
async function sendStart(run, plan, before) {
    try {
        return await run.startEncryption(plan, before);
    }
    catch (error) {
        if (!(error instanceof ports/* ServiceError */._7) || error.errorKind !== 'refused')
            throw error;
        const observation = await run.describe().catch(() => null);
        if (observation === null || !isProof(observation, plan.target))
            throw error;
        return { answer: 'already-in-force' };
    }
}
async function findOutWhetherAccepted(run, change) {
    run.log('the answer to the start was lost: polling to see whether it was accepted');
    const observation = await pollUntilAccepted(run, change);
    return observation === null ? observeAndPlan(run) : waitForEnd(run, change, observation);
}
async function waitForEnd(run, change, seen) {
    if (!run.request.wait && seen?.phase !== 'failed') {
        const message = `was ${change.stateBefore}; the service accepted the change to ${formatKey(change.target)}`;
        return { outcome: 'started', message };
    }
    const end = seen === null || seen.phase === 'changing' ? await pollUntilEnded(run, change) : seen;
    return isWorthSecondAttempt(run, end) ? makeSecondAttempt(run, end) : concludeChange(run, change, end);
}
function isWorthSecondAttempt({ state, request, deadline, fleet }, { phase, failure }) {
    if (fleet.admit !== null)
        return false;
    if (state.isSecondAttempt || phase !== 'failed' || !failure?.isRetryable)
        return false;
    return deadline.leftMs() > GRANT_DELAY_MS + request.settleMs;
}
async function makeSecondAttempt(run, { failure }) {
    run.apply(secondAttempt);
    run.log(`the change failed (${failure?.reason}), perhaps because a new grant has not taken effect yet: retrying once`);
    await run.sleep(GRANT_DELAY_MS);
    return observeAndPlan(run);
}
async function concludeChange(run, change, end) {
    run.apply(ended);
    const target = formatKey(change.target);
    const obstacle = whyNotEncryptable(end, run.request.named);
    if (obstacle !== null) {
        const outcome = obstacle.action === 'fail' ? 'failed' : obstacle.action;
        return { outcome, message: `the change to ${target} was sent, but ${obstacle.why}`, cause: obstacle.why };
    }
    const { beforeChange } = run.state;
    if (!isProof(end, change.target))
        return { outcome: 'failed', ...whyNotProved(beforeChange, change, end) };
    await settle(run);
    return verifyRecords(run, {
        outcome: beforeChange?.encrypted === 'false' ? 'enabled' : 'rekeyed',
        message: `was ${change.stateBefore}; the service now reports ${end.status} with ${formatKey(end.key)}`
    });
}
async function verifyRecords(run, verdict) {
    if (!run.request.verifyRecords)
        return verdict;
    if (await putUntilEncrypted(run)) {
        run.apply(recordVerified);
        return { ...verdict, message: `${verdict.message}; the service confirmed that a test record was encrypted` };
    }
    return {
        ...verdict,
        outcome: 'failed',
        message: 'the required key is in force, but the service confirmed encryption for none of the test records: run again; if it fails again, contact AWS Support'
    };
}
const ADVICE_WITHOUT_REASON = 'The service gave no reason: check that the key is enabled, and that the role of this step may use it, then run again';
function whyNotProved(beforeChange, { target, before }, { phase, status, failure, encrypted, key }) {
    if (phase !== 'failed') {
        const current = encrypted === 'false' ? 'not encrypted' : `with ${formatKey(key)}`;
        const sent = `the change to ${formatKey(target)} was sent, but the stream ended in ${status}`;
        const advice = 'another change may have replaced it. Find out who else changes this stream, then run again';
        return { message: `${sent}, ${current}: ${advice}`, cause: `${sent} without this key: ${advice}` };
    }
    const reason = failure === null ? '' : `: ${failure.reason}`;
    const again = before.failure?.isRetryable ? ' again' : '';
    const failed = `the change to ${formatKey(target)} failed${again} (${status}${reason})`;
    const advice = failure?.advice || ADVICE_WITHOUT_REASON;
    return { message: `${failed}. ${formatUnchanged(beforeChange)}. ${advice}`, cause: `${failed}. ${advice}` };
}
function formatUnchanged(beforeChange) {
    if (beforeChange === null)
        return 'Which key is in force now, if any, cannot be determined';
    if (beforeChange.encrypted === 'false')
        return 'The stream is still not encrypted';
    return `The stream is still encrypted with ${formatKey(beforeChange.key)}, the previous key`;
}

;// CONCATENATED MODULE: ./lib/encryption/stream/source-cache.js



class SourceCache {
    #tools;
    #lookups = new SharedCalls();
    #waiters = new Map();
    constructor(tools) {
        this.#tools = tools;
    }
    async lookUp(source, waiter) {
        const id = source.arn ?? source.name;
        const waiters = this.#waiters.get(id) ?? new Set();
        this.#waiters.set(id, waiters.add(waiter));
        try {
            return await this.#lookups.answer(id, waiter.signal, (shared) => this.#lookUp(source, waiters, shared));
        }
        finally {
            waiters.delete(waiter);
        }
    }
    async #lookUp(source, waiters, signal) {
        try {
            return await this.#pollUntilAtRest(source, waiters, signal);
        }
        catch (error) {
            if (error instanceof ports/* ServiceError */._7 && (error.errorKind === 'missing' || error.errorKind === 'denied')) {
                return { answer: error.errorKind, why: error.errorKind === 'missing' ? error.withoutAdvice : error.message };
            }
            throw error;
        }
    }
    async #pollUntilAtRest(source, waiters, signal) {
        const { clock, random } = this.#tools;
        const service = await this.#tools.dataStreams();
        const leftMs = () => Math.max(...Array.from(waiters, (waiter) => waiter.leftMs()));
        const sinceMs = clock.now();
        let observation = await service.describe(source, signal);
        const waitedForChange = observation.phase === 'changing';
        while (observation.phase === 'changing') {
            for (const waiter of waiters)
                waiter.onChanging(observation);
            const intervalMs = pollInterval(clock.now() - sinceMs, leftMs(), service.minPollIntervalMs, random());
            await clock.sleep(intervalMs, signal);
            observation = await service.describe(source, signal, { pollTimeLeftMs: leftMs() });
        }
        return { answer: 'found', observation, observedMs: clock.now(), waitedForChange };
    }
}

;// CONCATENATED MODULE: ./lib/reporting/tally.js

function tallyResults(results, runOutcome = null) {
    const counts = countOutcomes(results);
    return {
        outcome: model/* OUTCOMES */.im.find((outcome) => outcome === runOutcome || outcome in counts) ?? 'failed',
        changed: results.some(({ changed }) => changed),
        encrypted: allEncrypted(results),
        counts
    };
}
function countOutcomes(results) {
    const counts = { total: results.length };
    for (const { outcome } of results)
        counts[outcome] = (counts[outcome] ?? 0) + 1;
    return counts;
}
function formatCounts(counts) {
    return model/* OUTCOMES */.im.filter((outcome) => outcome in counts)
        .map((outcome) => `${counts[outcome]} ${outcome}`)
        .join(', ');
}
function worstFirst(items, outcomeOf) {
    return items.toSorted((a, b) => outcomeRank(outcomeOf(a)) - outcomeRank(outcomeOf(b)));
}
function outcomeRank(outcome) {
    return RANKS.get(outcome) ?? model/* OUTCOMES */.im.length;
}
const RANKS = new Map(model/* OUTCOMES */.im.map((outcome, rank) => [outcome, rank]));
function allEncrypted(results) {
    const has = (encrypted) => results.some((result) => result.encrypted === encrypted);
    if (has('false'))
        return 'false';
    return has('unknown') || results.length === 0 ? 'unknown' : 'true';
}

;// CONCATENATED MODULE: ./lib/reporting/format-result.js


const ICONS = {
    failed: '\u274c',
    'timed-out': '\u231b',
    cancelled: '\ud83d\uded1',
    'non-compliant': '\u274c',
    'not-applicable': '\u26a0\ufe0f',
    skipped: '\u23ed\ufe0f',
    planned: '\ud83d\udcdd',
    started: '\ud83d\ude80',
    rekeyed: '\ud83d\udd11',
    enabled: '\ud83d\udd12',
    unchanged: '\u2705',
    compliant: '\u2705'
};
function formatResult({ kind, name, outcome, message }) {
    return `${kind} ${name}: ${outcome}: ${message}`;
}
const MAX_NAME_CHARACTERS = 50;
const VARIATION_SELECTOR = '\ufe0f';
function formatTitle({ kind, name, outcome }) {
    const icon = ICONS[outcome].replace(VARIATION_SELECTOR, '');
    return `${icon} ${kind} ${shorten(name)}: ${outcome}`;
}
function shorten(name) {
    if (name.length <= MAX_NAME_CHARACTERS)
        return name;
    const half = MAX_NAME_CHARACTERS / 2;
    return `${name.slice(0, half - 1)}\u2026${name.slice(-half)}`;
}
function formatSelected(streams) {
    const counts = model/* KINDS */.GW.map((kind) => ({ kind, count: streams.filter(({ stream }) => stream.kind === kind).length }));
    const kinds = counts.filter(({ count }) => count > 0).map(({ kind, count }) => `${count} ${kind}`);
    return `${formatStreamCount(streams.length)} selected: ${kinds.join(', ')}`;
}
function formatTally({ counts }, durationSeconds) {
    return `${formatStreamCount(counts.total)} in ${durationSeconds.toFixed(1)} s: ${formatCounts(counts)}`;
}
function formatStreamCount(count) {
    return count === 1 ? '1 stream' : `${count} streams`;
}

// EXTERNAL MODULE: external "os"
var external_os_ = __webpack_require__(857);
;// CONCATENATED MODULE: ./lib/node_modules/@actions/core/lib/utils.js
// We use any as a valid input type
/* eslint-disable @typescript-eslint/no-explicit-any */
/**
 * Sanitizes an input into a string so it can be passed into issueCommand safely
 * @param input input to sanitize into a string
 */
function utils_toCommandValue(input) {
    if (input === null || input === undefined) {
        return '';
    }
    else if (typeof input === 'string' || input instanceof String) {
        return input;
    }
    return JSON.stringify(input);
}
/**
 *
 * @param annotationProperties
 * @returns The command properties to send with the actual annotation command
 * See IssueCommandProperties: https://github.com/actions/runner/blob/main/src/Runner.Worker/ActionCommandManager.cs#L646
 */
function utils_toCommandProperties(annotationProperties) {
    if (!Object.keys(annotationProperties).length) {
        return {};
    }
    return {
        title: annotationProperties.title,
        file: annotationProperties.file,
        line: annotationProperties.startLine,
        endLine: annotationProperties.endLine,
        col: annotationProperties.startColumn,
        endColumn: annotationProperties.endColumn
    };
}
//# sourceMappingURL=utils.js.map
;// CONCATENATED MODULE: ./lib/node_modules/@actions/core/lib/command.js


/**
 * Issues a command to the GitHub Actions runner
 *
 * @param command - The command name to issue
 * @param properties - Additional properties for the command (key-value pairs)
 * @param message - The message to include with the command
 * @remarks
 * This function outputs a specially formatted string to stdout that the Actions
 * runner interprets as a command. These commands can control workflow behavior,
 * set outputs, create annotations, mask values, and more.
 *
 * Command Format:
 *   ::name key=value,key=value::message
 *
 * @example
 * ```typescript
 * // Issue a warning annotation
 * issueCommand('warning', {}, 'This is a warning message');
 * // Output: ::warning::This is a warning message
 *
 * // Set an environment variable
 * issueCommand('set-env', { name: 'MY_VAR' }, 'some value');
 * // Output: ::set-env name=MY_VAR::some value
 *
 * // Add a secret mask
 * issueCommand('add-mask', {}, 'secretValue123');
 * // Output: ::add-mask::secretValue123
 * ```
 *
 * @internal
 * This is an internal utility function that powers the public API functions
 * such as setSecret, warning, error, and exportVariable.
 */
function command_issueCommand(command, properties, message) {
    const cmd = new Command(command, properties, message);
    process.stdout.write(cmd.toString() + external_os_.EOL);
}
function command_issue(name, message = '') {
    command_issueCommand(name, {}, message);
}
const CMD_STRING = '::';
class Command {
    constructor(command, properties, message) {
        if (!command) {
            command = 'missing.command';
        }
        this.command = command;
        this.properties = properties;
        this.message = message;
    }
    toString() {
        let cmdStr = CMD_STRING + this.command;
        if (this.properties && Object.keys(this.properties).length > 0) {
            cmdStr += ' ';
            let first = true;
            for (const key in this.properties) {
                if (this.properties.hasOwnProperty(key)) {
                    const val = this.properties[key];
                    if (val) {
                        if (first) {
                            first = false;
                        }
                        else {
                            cmdStr += ',';
                        }
                        cmdStr += `${key}=${escapeProperty(val)}`;
                    }
                }
            }
        }
        cmdStr += `${CMD_STRING}${escapeData(this.message)}`;
        return cmdStr;
    }
}
function escapeData(s) {
    return utils_toCommandValue(s)
        .replace(/%/g, '%25')
        .replace(/\r/g, '%0D')
        .replace(/\n/g, '%0A');
}
function escapeProperty(s) {
    return utils_toCommandValue(s)
        .replace(/%/g, '%25')
        .replace(/\r/g, '%0D')
        .replace(/\n/g, '%0A')
        .replace(/:/g, '%3A')
        .replace(/,/g, '%2C');
}
//# sourceMappingURL=command.js.map
// EXTERNAL MODULE: external "crypto"
var external_crypto_ = __webpack_require__(6982);
// EXTERNAL MODULE: external "fs"
var external_fs_ = __webpack_require__(9896);
;// CONCATENATED MODULE: ./lib/node_modules/@actions/core/lib/file-command.js
// For internal use, subject to change.
// We use any as a valid input type
/* eslint-disable @typescript-eslint/no-explicit-any */




function file_command_issueFileCommand(command, message) {
    const filePath = process.env[`GITHUB_${command}`];
    if (!filePath) {
        throw new Error(`Unable to find environment variable for file command ${command}`);
    }
    if (!external_fs_.existsSync(filePath)) {
        throw new Error(`Missing file at path: ${filePath}`);
    }
    external_fs_.appendFileSync(filePath, `${utils_toCommandValue(message)}${external_os_.EOL}`, {
        encoding: 'utf8'
    });
}
function file_command_prepareKeyValueMessage(key, value) {
    const delimiter = `ghadelimiter_${external_crypto_.randomUUID()}`;
    const convertedValue = utils_toCommandValue(value);
    // These should realistically never happen, but just in case someone finds a
    // way to exploit uuid generation let's not allow keys or values that contain
    // the delimiter.
    if (key.includes(delimiter)) {
        throw new Error(`Unexpected input: name should not contain the delimiter "${delimiter}"`);
    }
    if (convertedValue.includes(delimiter)) {
        throw new Error(`Unexpected input: value should not contain the delimiter "${delimiter}"`);
    }
    return `${key}<<${delimiter}${external_os_.EOL}${convertedValue}${external_os_.EOL}${delimiter}`;
}
//# sourceMappingURL=file-command.js.map
// EXTERNAL MODULE: external "path"
var external_path_ = __webpack_require__(6928);
;// CONCATENATED MODULE: ./lib/node_modules/@actions/core/lib/core.js
var __awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};






/**
 * The code to exit an action
 */
var ExitCode;
(function (ExitCode) {
    /**
     * A code indicating that the action was successful
     */
    ExitCode[ExitCode["Success"] = 0] = "Success";
    /**
     * A code indicating that the action was a failure
     */
    ExitCode[ExitCode["Failure"] = 1] = "Failure";
})(ExitCode || (ExitCode = {}));
//-----------------------------------------------------------------------
// Variables
//-----------------------------------------------------------------------
/**
 * Sets env variable for this action and future actions in the job
 * @param name the name of the variable to set
 * @param val the value of the variable. Non-string values will be converted to a string via JSON.stringify
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
function exportVariable(name, val) {
    const convertedVal = toCommandValue(val);
    process.env[name] = convertedVal;
    const filePath = process.env['GITHUB_ENV'] || '';
    if (filePath) {
        return issueFileCommand('ENV', prepareKeyValueMessage(name, val));
    }
    issueCommand('set-env', { name }, convertedVal);
}
/**
 * Registers a secret which will get masked from logs
 *
 * @param secret - Value of the secret to be masked
 * @remarks
 * This function instructs the Actions runner to mask the specified value in any
 * logs produced during the workflow run. Once registered, the secret value will
 * be replaced with asterisks (***) whenever it appears in console output, logs,
 * or error messages.
 *
 * This is useful for protecting sensitive information such as:
 * - API keys
 * - Access tokens
 * - Authentication credentials
 * - URL parameters containing signatures (SAS tokens)
 *
 * Note that masking only affects future logs; any previous appearances of the
 * secret in logs before calling this function will remain unmasked.
 *
 * @example
 * ```typescript
 * // Register an API token as a secret
 * const apiToken = "abc123xyz456";
 * setSecret(apiToken);
 *
 * // Now any logs containing this value will show *** instead
 * console.log(`Using token: ${apiToken}`); // Outputs: "Using token: ***"
 * ```
 */
function setSecret(secret) {
    issueCommand('add-mask', {}, secret);
}
/**
 * Prepends inputPath to the PATH (for this action and future actions)
 * @param inputPath
 */
function addPath(inputPath) {
    const filePath = process.env['GITHUB_PATH'] || '';
    if (filePath) {
        issueFileCommand('PATH', inputPath);
    }
    else {
        issueCommand('add-path', {}, inputPath);
    }
    process.env['PATH'] = `${inputPath}${path.delimiter}${process.env['PATH']}`;
}
/**
 * Gets the value of an input.
 * Unless trimWhitespace is set to false in InputOptions, the value is also trimmed.
 * Returns an empty string if the value is not defined.
 *
 * @param     name     name of the input to get
 * @param     options  optional. See InputOptions.
 * @returns   string
 */
function getInput(name, options) {
    const val = process.env[`INPUT_${name.replace(/ /g, '_').toUpperCase()}`] || '';
    if (options && options.required && !val) {
        throw new Error(`Input required and not supplied: ${name}`);
    }
    if (options && options.trimWhitespace === false) {
        return val;
    }
    return val.trim();
}
/**
 * Gets the values of an multiline input.  Each value is also trimmed.
 *
 * @param     name     name of the input to get
 * @param     options  optional. See InputOptions.
 * @returns   string[]
 *
 */
function getMultilineInput(name, options) {
    const inputs = getInput(name, options)
        .split('\n')
        .filter(x => x !== '');
    if (options && options.trimWhitespace === false) {
        return inputs;
    }
    return inputs.map(input => input.trim());
}
/**
 * Gets the input value of the boolean type in the YAML 1.2 "core schema" specification.
 * Support boolean input list: `true | True | TRUE | false | False | FALSE` .
 * The return value is also in boolean type.
 * ref: https://yaml.org/spec/1.2/spec.html#id2804923
 *
 * @param     name     name of the input to get
 * @param     options  optional. See InputOptions.
 * @returns   boolean
 */
function getBooleanInput(name, options) {
    const trueValue = ['true', 'True', 'TRUE'];
    const falseValue = ['false', 'False', 'FALSE'];
    const val = getInput(name, options);
    if (trueValue.includes(val))
        return true;
    if (falseValue.includes(val))
        return false;
    throw new TypeError(`Input does not meet YAML 1.2 "Core Schema" specification: ${name}\n` +
        `Support boolean input list: \`true | True | TRUE | false | False | FALSE\``);
}
/**
 * Sets the value of an output.
 *
 * @param     name     name of the output to set
 * @param     value    value to store. Non-string values will be converted to a string via JSON.stringify
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
function setOutput(name, value) {
    const filePath = process.env['GITHUB_OUTPUT'] || '';
    if (filePath) {
        return file_command_issueFileCommand('OUTPUT', file_command_prepareKeyValueMessage(name, value));
    }
    process.stdout.write(external_os_.EOL);
    command_issueCommand('set-output', { name }, utils_toCommandValue(value));
}
/**
 * Enables or disables the echoing of commands into stdout for the rest of the step.
 * Echoing is disabled by default if ACTIONS_STEP_DEBUG is not set.
 *
 */
function setCommandEcho(enabled) {
    issue('echo', enabled ? 'on' : 'off');
}
//-----------------------------------------------------------------------
// Results
//-----------------------------------------------------------------------
/**
 * Sets the action status to failed.
 * When the action exits it will be with an exit code of 1
 * @param message add error issue message
 */
function setFailed(message) {
    process.exitCode = ExitCode.Failure;
    error(message);
}
//-----------------------------------------------------------------------
// Logging Commands
//-----------------------------------------------------------------------
/**
 * Gets whether Actions Step Debug is on or not
 */
function isDebug() {
    return process.env['RUNNER_DEBUG'] === '1';
}
/**
 * Writes debug message to user log
 * @param message debug message
 */
function debug(message) {
    command_issueCommand('debug', {}, message);
}
/**
 * Adds an error issue
 * @param message error issue message. Errors will be converted to string via toString()
 * @param properties optional properties to add to the annotation.
 */
function error(message, properties = {}) {
    command_issueCommand('error', utils_toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
/**
 * Adds a warning issue
 * @param message warning issue message. Errors will be converted to string via toString()
 * @param properties optional properties to add to the annotation.
 */
function warning(message, properties = {}) {
    command_issueCommand('warning', utils_toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
/**
 * Adds a notice issue
 * @param message notice issue message. Errors will be converted to string via toString()
 * @param properties optional properties to add to the annotation.
 */
function notice(message, properties = {}) {
    issueCommand('notice', toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
/**
 * Writes info to log with console.log.
 * @param message info message
 */
function info(message) {
    process.stdout.write(message + external_os_.EOL);
}
/**
 * Begin an output group.
 *
 * Output until the next `groupEnd` will be foldable in this group
 *
 * @param name The name of the output group
 */
function startGroup(name) {
    command_issue('group', name);
}
/**
 * End an output group.
 */
function endGroup() {
    command_issue('endgroup');
}
/**
 * Wrap an asynchronous function call in a group.
 *
 * Returns the same type as the function itself.
 *
 * @param name The name of the group
 * @param fn The function to wrap in the group
 */
function group(name, fn) {
    return __awaiter(this, void 0, void 0, function* () {
        startGroup(name);
        let result;
        try {
            result = yield fn();
        }
        finally {
            endGroup();
        }
        return result;
    });
}
//-----------------------------------------------------------------------
// Wrapper action state
//-----------------------------------------------------------------------
/**
 * Saves state for current action, the state can only be retrieved by this action's post job execution.
 *
 * @param     name     name of the state to store
 * @param     value    value to store. Non-string values will be converted to a string via JSON.stringify
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
function saveState(name, value) {
    const filePath = process.env['GITHUB_STATE'] || '';
    if (filePath) {
        return issueFileCommand('STATE', prepareKeyValueMessage(name, value));
    }
    issueCommand('save-state', { name }, toCommandValue(value));
}
/**
 * Gets the value of an state set by this action's main execution.
 *
 * @param     name     name of the state to get
 * @returns   string
 */
function getState(name) {
    return process.env[`STATE_${name}`] || '';
}
function getIDToken(aud) {
    return __awaiter(this, void 0, void 0, function* () {
        return yield OidcClient.getIDToken(aud);
    });
}
/**
 * Summary exports
 */

/**
 * @deprecated use core.summary
 */

/**
 * Path exports
 */

/**
 * Platform utilities exports
 */

//# sourceMappingURL=core.js.map
;// CONCATENATED MODULE: ./lib/github/secrets.js

const SECRET_VARIABLES = /^(AWS_SECRET_ACCESS_KEY|AWS_SESSION_TOKEN|AWS_SECURITY_TOKEN|AWS_CONTAINER_AUTHORIZATION_TOKEN|AWS_BEARER_TOKEN_.*|ACTIONS_ID_TOKEN_REQUEST_TOKEN|ACTIONS_RUNTIME_TOKEN|(GITHUB|GH)_(ENTERPRISE_)?TOKEN|INPUT_GITHUB-TOKEN)$/i;
const MIN_KEY_LENGTH = 8;
const MIN_PASSWORD_LENGTH = 4;
const CONTRACT_WORDS = [...model/* KINDS */.GW, ...model/* MODES */.FN, ...model/* OUTCOMES */.im, 'aws-owned', 'customer-managed', 'unknown'];
const HIDDEN = '***';
const secrets_forms = new Set();
let anyForm = null;
function addEnvironment(env) {
    addSecrets(Object.entries(env).flatMap(([name, value]) => (value && SECRET_VARIABLES.test(name) ? [value] : [])));
    addPasswords(Object.values(env).flatMap((value = '') => /^[a-z]+:\/\/[^/]*:(.+)@/i.exec(value.trim())?.[1] ?? []));
}
function addSecrets(secrets) {
    add(secrets.flatMap((secret) => [secret.trim(), ...secret.trim().split(/\s+/)]), MIN_KEY_LENGTH);
}
function addPasswords(passwords) {
    add(passwords, MIN_PASSWORD_LENGTH);
}
function hideSecrets(text) {
    return anyForm === null ? text : hideCutOff(text.replace(anyForm, HIDDEN));
}
function hideSecretsIn(streams) {
    for (const stream of streams) {
        const write = stream.write.bind(stream);
        stream.write = (chunk, encoding, callback) => {
            const hidden = typeof chunk === 'string' ? hideSecrets(chunk) : chunk;
            return typeof encoding === 'function' ? write(hidden, encoding) : write(hidden, encoding, callback);
        };
    }
}
function add(secrets, minLength) {
    const before = secrets_forms.size;
    for (const secret of secrets) {
        if (secret.length < minLength || CONTRACT_WORDS.some((word) => word.includes(secret)))
            continue;
        for (const form of formsOf(secret))
            secrets_forms.add(form);
    }
    if (secrets_forms.size === before)
        return;
    const longestFirst = [...secrets_forms].sort((a, b) => b.length - a.length);
    anyForm = new RegExp(longestFirst.map((form) => form.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')).join('|'), 'g');
}
function formsOf(secret) {
    const encoded = [encodeURIComponent(secret.toWellFormed()), encodeURI(secret.toWellFormed())];
    const json = JSON.stringify(secret).slice(1, -1);
    return [
        secret,
        secret.replace(/\.+$/, ''),
        ...encoded,
        ...encoded.map((text) => text.replace(/%../g, (code) => code.toLowerCase())),
        json,
        json.replaceAll('/', '\\/'),
        secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
    ].filter((form) => form.length >= MIN_PASSWORD_LENGTH);
}
function hideCutOff(text) {
    const parts = text.split(/(\u2026|\.{3})/);
    return parts.map((part, index) => (index % 2 === 0 && index < parts.length - 1 ? hideEnd(part) : part)).join('');
}
function hideEnd(text) {
    for (const form of secrets_forms) {
        for (let length = Math.min(form.length - 1, text.length); length >= MIN_PASSWORD_LENGTH; length--) {
            if (text.endsWith(form.slice(0, length)))
                return text.slice(0, -length) + HIDDEN;
        }
    }
    return text;
}

;// CONCATENATED MODULE: ./lib/github/log.js


const MAX_CHARACTERS = 4_000;
function truncate(text) {
    return (text.length > MAX_CHARACTERS ? `${text.slice(0, MAX_CHARACTERS)}\u2026` : text).toWellFormed();
}
function sanitize(text) {
    return truncate(hideSecrets(text))
        .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]+/gu, ' ')
        .replaceAll('##[', '# #[')
        .replace(/^(\s*):(?=:)/, '$1: ');
}
function log_info(line) {
    info(sanitize(line));
}
function log_debug(line) {
    debug(sanitize(line));
}
function log_warning(title, ...lines) {
    warning(lines.map(sanitize).join('\n'), { title: sanitize(title) });
}
function log_error(title, ...lines) {
    error(lines.map(sanitize).join('\n'), { title: sanitize(title) });
}
function log_group(title, lines) {
    startGroup(sanitize(title));
    for (const line of lines)
        log_info(line);
    endGroup();
}

;// CONCATENATED MODULE: ./lib/github/fleet-log.js



function fleetLog(streamCount) {
    const lineCounts = new Map();
    return () => (streamCount === 1 ? SINGLE : groupedLog(lineCounts));
}
const SINGLE = {
    write: log_info,
    end(result) {
        if ((0,model/* endedWell */.Jr)(result))
            log_info(formatResult(result));
    }
};
function groupedLog(lineCounts) {
    const lines = [];
    return {
        write: (line) => lines.push(line),
        end(result) {
            const { cause } = result;
            if (!(0,model/* endedWell */.Jr)(result)) {
                if (lines.length <= (lineCounts.get(cause) ?? -1))
                    return log_info(formatTitle(result));
                lineCounts.set(cause, lines.length);
            }
            log_group(formatTitle(result), [...lines, formatResult(result)]);
        }
    };
}

;// CONCATENATED MODULE: ./lib/reporting/result-fields.js
function resultFields(result) {
    const { kind, name, arn, region, outcome, changed, encrypted, status, key, keyArn, previousKey } = result;
    const { source, recordVerified, durationSeconds, message } = result;
    return {
        kind,
        name,
        arn,
        region,
        outcome,
        changed,
        encrypted,
        status,
        keyType: key?.type ?? null,
        keyId: keyId(key),
        keyArn,
        previousKeyType: previousKey?.type ?? null,
        previousKeyId: keyId(previousKey),
        source,
        recordVerified,
        durationSeconds,
        message
    };
}
function keyId(key) {
    return key?.id || null;
}

;// CONCATENATED MODULE: ./lib/github/files.js


const { O_WRONLY, O_CREAT, O_TRUNC, O_APPEND, O_NONBLOCK } = external_node_fs_.constants;
function appendToFile(path, text) {
    write(path, O_APPEND, text);
}
function replaceFile(path, text) {
    makeFolder((0,external_node_path_.dirname)(path));
    write(path, O_CREAT | O_TRUNC, text);
}
function write(path, flags, text) {
    const file = (0,external_node_fs_.openSync)(path, O_WRONLY | O_NONBLOCK | flags);
    try {
        (0,external_node_fs_.writeFileSync)(file, text);
    }
    finally {
        (0,external_node_fs_.closeSync)(file);
    }
}
function makeFolder(folder) {
    const parent = (0,external_node_path_.dirname)(folder);
    if ((0,external_node_fs_.existsSync)(folder) || parent === folder)
        return;
    makeFolder(parent);
    (0,external_node_fs_.mkdirSync)(folder);
}

;// CONCATENATED MODULE: ./lib/github/inputs-outputs.js






function input(name) {
    return getInput(name);
}
const inputs_outputs_MAX_CHARACTERS = 400_000;
function toOutputs(results, durationSeconds, runOutcome = null) {
    const { outcome, changed, encrypted, counts } = tallyResults(results, runOutcome);
    const outputs = {
        outcome,
        changed: String(changed),
        encrypted,
        status: commonValue(results, ({ status }) => status),
        'key-type': commonValue(results, ({ key }) => key?.type),
        'key-id': commonValue(results, ({ key }) => key?.id),
        'key-arn': commonValue(results, ({ keyArn }) => keyArn),
        'previous-key-type': commonValue(results, ({ previousKey }) => previousKey?.type),
        'previous-key-id': commonValue(results, ({ previousKey }) => previousKey?.id),
        'stream-name': commonValue(results, ({ name }) => name),
        'stream-arn': commonValue(results, ({ arn }) => arn),
        'duration-seconds': durationSeconds.toFixed(3),
        counts: JSON.stringify(counts),
        results: '[]'
    };
    const used = Object.entries(outputs).reduce((length, [name, value]) => length + name.length + value.length, 0);
    return { ...outputs, results: `[${worstResultsWithin(inputs_outputs_MAX_CHARACTERS - used, results).join(',')}]` };
}
function setOutputs(outputs, env) {
    if (env.GITHUB_OUTPUT)
        appendToFile(env.GITHUB_OUTPUT, '');
    for (const [name, value] of Object.entries(outputs))
        setOutput(name, value);
}
function commonValue(results, value) {
    const values = new Set(results.map((result) => value(result) ?? ''));
    const [first = ''] = values;
    return values.size === 1 ? truncate(hideSecrets(first)) : '';
}
function worstResultsWithin(maxCharacters, results) {
    const indexed = results.map((result, index) => ({ result, index }));
    const kept = [];
    let remaining = maxCharacters;
    for (const { result, index } of worstFirst(indexed, ({ result }) => result.outcome)) {
        const json = JSON.stringify(resultFields(result), toPrintable);
        remaining -= json.length + 1;
        if (remaining < 0)
            break;
        kept.push({ index, json });
    }
    return kept.sort((a, b) => a.index - b.index).map(({ json }) => json);
}
function toPrintable(_field, value) {
    return typeof value === 'string' ? truncate(hideSecrets(value)) : value;
}

;// CONCATENATED MODULE: ./lib/reporting/causes.js




function groupCauses(results) {
    const groups = Map.groupBy(results.flatMap(causesOf), ({ level, id }) => `${level} ${id}`);
    const causes = [...groups.values()].flatMap(toCause);
    return causes.toSorted((a, b) => Number(a.level === 'warning') - Number(b.level === 'warning') ||
        worstRank(a) - worstRank(b) ||
        b.streams.length - a.streams.length);
}
function causesOf(stream) {
    const { outcome, message, cause } = stream;
    const level = (0,model/* endedWell */.Jr)(stream) ? 'warning' : 'error';
    const ofOutcome = level === 'error' || outcome === 'not-applicable'
        ? [{ level, outcome, id: withoutDeniedKeys(cause), text: message, common: cause, stream }]
        : [];
    const warnings = [...new Set(stream.warnings)].map((text) => {
        const common = withoutStreamName(text, stream);
        return { level: 'warning', outcome: null, id: withoutDeniedKeys(common), text, common, stream };
    });
    return [...ofOutcome, ...warnings];
}
function toCause(group) {
    const [worst] = worstFirst(group, ({ stream }) => stream.outcome);
    if (worst === undefined)
        return [];
    const { level, outcome, id, common } = worst;
    const streams = [...new Set(group.map(({ stream }) => stream))];
    if (streams.length === 1)
        return group.map((one) => ({ level, outcome, id, text: one.text, streams }));
    const isCommon = group.every((one) => one.common === common);
    return [{ level, outcome, id, text: isCommon ? common : id, streams }];
}
function worstRank({ streams }) {
    return streams.reduce((worst, { outcome }) => Math.min(worst, outcomeRank(outcome)), Number.POSITIVE_INFINITY);
}
function formatCause(cause) {
    const names = cause.streams.length === 1 ? '' : `. ${formatStreams(cause)}`;
    return `${formatSubject(cause)}: ${formatReason(cause)}${names}`;
}
function formatSubject({ streams }) {
    const [first] = streams;
    return streams.length === 1 && first !== undefined ? `${first.kind} ${first.name}` : `${streams.length} streams`;
}
function formatReason({ outcome, text }) {
    return outcome === null ? text : `${outcome}: ${text}`;
}
const MAX_NAMES = 10;
function formatStreams(cause) {
    const { names, more } = namesOf(cause);
    return `Streams: ${names.join(', ')}${more === 0 ? '' : ` and ${more} more`}`;
}
function namesOf({ streams }) {
    const hasBoth = new Set(streams.map(({ kind }) => kind)).size > 1;
    const names = streams
        .slice(0, MAX_NAMES)
        .map(({ kind, name, source }) => `${hasBoth ? `${kind} ` : ''}${name}${formatSourceName(source)}`);
    return { names, more: streams.length - names.length };
}
function formatSourceName(source) {
    const name = source === null ? undefined : (0,encryption_arn/* parseStreamArn */.BP)(source)?.stream.name;
    return name === undefined ? '' : ` (source: ${name})`;
}

;// CONCATENATED MODULE: ./lib/reporting/next-steps.js




const MAX_RETENTION_HOURS = 8_760;
function nextSteps(streams) {
    const results = streams.map(({ result }) => result);
    const now = requiredPermissions(results.filter(isOrMayBeInForce));
    const planned = requiredPermissions(results.filter(({ outcome }) => outcome === 'planned'));
    const later = planned.filter((sentence) => !now.includes(sentence));
    return [...previousKeysToKeep(streams), ...now, ...later.map((sentence) => `Before the change: ${sentence}`)];
}
function previousKeyNeed({ result, endedAt }) {
    const { kind, previousKey: key, previousKeyProblem, previousKeyNeededHours: hours } = result;
    if (!isOrMayBeInForce(result) || key === null || key.type === 'aws-owned' || hours === null)
        return null;
    if (previousKeyProblem !== null)
        return null;
    const until = new Date(endedAt.getTime() + Math.min(hours, MAX_RETENTION_HOURS) * 3_600_000);
    const reason = kind === 'kinesis'
        ? `records written before the change stay encrypted with it for the retention period of ${hours} h`
        : `Firehose keeps records for ${hours} h if it cannot decrypt them`;
    return { key, until, reason };
}
function previousKeysToKeep(streams) {
    const needs = streams.flatMap((stream) => {
        const need = previousKeyNeed(stream);
        return need === null ? [] : [{ ...need, name: canonicalKeyName(need.key, stream.result) }];
    });
    const stillOn = Map.groupBy(streams, ({ result }) => result.key === null || isOrMayBeInForce(result) ? null : canonicalKeyName(result.key, result));
    const longestFirst = needs.toSorted((a, b) => b.until.getTime() - a.until.getTime());
    return [...Map.groupBy(longestFirst, ({ name }) => name)].flatMap(([name, [longest, ...others]]) => {
        if (longest === undefined)
            return [];
        const key = (0,key_id/* isCustomerAlias */.Tw)(longest.key.id) ? `each key that ${name} has pointed to` : `the previous key ${name}`;
        const shared = `${others.length + 1} streams were encrypted with it, and one of them needs it until then`;
        const reason = others.length === 0 ? longest.reason : shared;
        return [
            `Keep ${key} enabled until at least ${formatUtc(longest.until)}: ${reason}.${formatStillOn(stillOn.get(name) ?? [])}`
        ];
    });
}
function formatStillOn(streams) {
    if (streams.length === 0)
        return '';
    const still = streams.length === 1 ? 'stream of this run still uses this key' : 'streams of this run still use this key';
    const need = streams.length === 1 ? 'needs' : 'need';
    return ` ${streams.length} other ${still}, and ${need} it for longer: ${formatList(streams.map(({ result }) => result.name))}.`;
}
function canonicalKeyName(key, { arn }) {
    return arn === null ? formatKey(key) : (0,key_id/* arnInScope */.hE)(formatKey(key), (0,encryption_arn/* arnScope */.UF)(arn));
}
function requiredPermissions(results) {
    const sentences = results.flatMap(({ kind, target }) => {
        if (target === null || target.type === 'aws-owned')
            return [];
        const key = formatKey(target);
        return kind === 'kinesis'
            ? [`Producers need kms:GenerateDataKey on ${key} for a data stream; consumers need kms:Decrypt.`]
            : [`Producers need kms:GenerateDataKey and kms:Decrypt on ${key} for a delivery stream.`];
    });
    return [...new Set(sentences)];
}
function isOrMayBeInForce(result) {
    const { changed, outcome, inFlight } = result;
    return changed && (model/* PROVED */.jS.has(outcome) || inFlight || isTargetInForce(result));
}
function isTargetInForce(result) {
    const { key, keyArn, target } = result;
    if (key === null || target === null)
        return false;
    if (keyArn === target.id)
        return true;
    if (target.type === 'aws-owned')
        return key.type === 'aws-owned';
    return canonicalKeyName(key, result) === canonicalKeyName(target, result);
}

;// CONCATENATED MODULE: ./lib/reporting/ended-run.js

function accountsOf(streams) {
    return [...new Set(streams.flatMap(({ result }) => (0,encryption_arn/* parseArn */.Lw)(result.arn ?? '')?.accountId ?? []))];
}

;// CONCATENATED MODULE: ./lib/reporting/report.js






function toReport(run, workflowRun) {
    const { actionVersion, request, startedAt, endedAt, durationSeconds, runOutcome, errors, noStreams, streams } = run;
    const [account = null, ...otherAccounts] = accountsOf(streams);
    const tally = tallyResults(streams.map(({ result }) => result), runOutcome);
    return {
        version: 2,
        actionVersion,
        run: workflowRun,
        request: request === null ? null : formatRequest(request),
        account: otherAccounts.length === 0 ? account : null,
        region: request?.region ?? null,
        mode: request?.mode ?? null,
        criteria: request === null ? null : toReportedCriteria(request, run.keyArns),
        startedAt: startedAt.toISOString(),
        endedAt: endedAt.toISOString(),
        durationSeconds: Math.round(durationSeconds * 1000) / 1000,
        ...tally,
        errors,
        noStreams,
        streams: streams.map(toStreamReport)
    };
}
function toReportedCriteria({ criteria, from }, keyArns) {
    const toGivenKey = (given) => ({ given, arn: keyArns.get(given) ?? arnAsGiven(given) });
    return {
        keyType: keyTypeOf(criteria),
        keys: keysOf(criteria).map(toGivenKey),
        fromKeys: from?.map((key) => toGivenKey(typeof key === 'string' ? key : key.id)) ?? null
    };
}
function arnAsGiven(given) {
    return (0,key_id/* parseKeyId */.mz)(given)?.form === 'arn' ? given : null;
}
function keyTypeOf(criteria) {
    switch (criteria.which) {
        case 'any':
        case 'customer-managed':
            return criteria.which;
        case 'approved':
            return null;
        case 'target':
            return criteria.target.type;
    }
}
function keysOf(criteria) {
    if (criteria.which === 'approved')
        return criteria.ids;
    return criteria.which === 'target' && criteria.target.id !== '' ? [criteria.target.id] : [];
}
function toStreamReport(stream) {
    const { result, endedAt } = stream;
    const { lastObservedMsAgo, target } = result;
    return {
        ...resultFields(result),
        named: result.named,
        reason: result.reason,
        targetKeyType: target?.type ?? null,
        targetKeyId: keyId(target),
        lastObservedAt: lastObservedMsAgo === null ? null : new Date(endedAt.getTime() - lastObservedMsAgo).toISOString(),
        endedAt: endedAt.toISOString(),
        previousKeyNeededUntil: previousKeyNeed(stream)?.until.toISOString() ?? null,
        warnings: result.warnings
    };
}

;// CONCATENATED MODULE: ./lib/github/annotations.js


const MAX_ANNOTATIONS = 10;
const TITLE = 'Stream encryption';
function selectAnnotations(runAnnotations, causes) {
    const all = [...runAnnotations, ...causes.map(toAnnotation)];
    const ordered = [...all.filter(isError), ...all.filter((annotation) => !isError(annotation))];
    if (ordered.length <= MAX_ANNOTATIONS)
        return { shown: ordered, overflow: [] };
    const overflow = ordered.slice(MAX_ANNOTATIONS - 1);
    return { shown: [...ordered.slice(0, MAX_ANNOTATIONS - 1), countOverflow(overflow)], overflow };
}
function annotate({ shown, overflow }) {
    for (const { level, title, lines } of shown) {
        if (level === 'error')
            log_error(title, ...lines);
        else
            log_warning(title, ...lines);
    }
    for (const annotation of overflow)
        logAnnotation(annotation);
}
function annotateLate({ shown }, title, message) {
    if (shown.length < MAX_ANNOTATIONS)
        log_warning(title, message);
    else
        logAnnotation({ level: 'warning', title, lines: [message] });
}
function logAnnotation({ level, title, lines }) {
    log_info(`${level}: ${title}: ${lines.join(' ')}`);
}
function toAnnotation(cause) {
    const { level, streams } = cause;
    const reason = formatReason(cause);
    if (streams.length === 1)
        return { level, title: formatSubject(cause), lines: [reason] };
    return { level, title: TITLE, lines: [`${formatSubject(cause)}: ${reason}.`, formatStreams(cause)] };
}
function countOverflow(overflow) {
    const errors = overflow.filter(isError).length;
    const warnings = overflow.length - errors;
    const counts = [...(errors > 0 ? [`errors: ${errors}`] : []), ...(warnings > 0 ? [`warnings: ${warnings}`] : [])];
    return {
        level: errors > 0 ? 'error' : 'warning',
        title: TITLE,
        lines: [`More ${counts.join(', more ')}. See the job summary and the log.`]
    };
}
function isError({ level }) {
    return level === 'error';
}

;// CONCATENATED MODULE: ./lib/github/api-answers.js
class UnusableAnswer extends Error {
    name = 'UnusableAnswer';
}
function checkAnswer({ url, status, headers, data }) {
    if (typeof data === 'object' && data !== null && !(data instanceof ArrayBuffer))
        return;
    const type = headers['content-type'] || 'without a type';
    throw new UnusableAnswer(`${hostOf(url)} did not answer as GitHub's API does (status ${status}, ${type}); a proxy or a sign-in page may have answered instead`);
}
function readLogin({ url, data }) {
    const { data: result, errors } = toFields(data);
    const login = toFields(toFields(result).viewer).login;
    if (typeof login === 'string' && login !== '')
        return login;
    const [error] = Array.isArray(errors) ? errors : [];
    const { message } = toFields(error);
    const why = typeof message === 'string' ? `: ${message}` : '';
    throw new UnusableAnswer(`${hostOf(url)} did not say which account the token belongs to${why}`);
}
function readIssues({ url, data }) {
    if (!Array.isArray(data))
        throw new UnusableAnswer(`${hostOf(url)} did not answer with a list of issues`);
    return data.map((issue) => readIssue(issue, url));
}
function readNextPage({ url, headers }, apiUrl, earlier) {
    const [, next] = /<([^<>]*)>; *rel="next"/.exec(String(headers.link ?? '')) ?? [];
    if (next === undefined)
        return null;
    const host = hostOf(url);
    if (URL.parse(next)?.origin !== URL.parse(apiUrl)?.origin) {
        throw new UnusableAnswer(`${host} continues the list of issues on another host, ${hostOf(next)}`);
    }
    if (earlier.has(next))
        throw new UnusableAnswer(`${host} answered with a list of issues that starts over`);
    return next;
}
function readIssue(data, apiUrl) {
    const { number, html_url: url, body, user, pull_request } = toFields(data);
    const author = toFields(user).login;
    const isIssue = typeof number === 'number' &&
        Number.isSafeInteger(number) &&
        typeof url === 'string' &&
        (typeof body === 'string' || isAbsent(body)) &&
        (typeof author === 'string' || isAbsent(user));
    if (!isIssue)
        throw new UnusableAnswer(`${hostOf(apiUrl)} answered with an issue without a number, URL, text or author`);
    return {
        number,
        url,
        body: typeof body === 'string' ? body : '',
        author: typeof author === 'string' ? author : null,
        isPullRequest: !isAbsent(pull_request)
    };
}
function readIsPrivate(data) {
    return toFields(data).private === true;
}
const MAX_ANSWER_MIB = 32;
function limitAnswers(fetchAnswer) {
    return async (resource, options) => {
        const response = await fetchAnswer(resource, options);
        if (response.body === null)
            return response;
        const chunks = [];
        let size = 0;
        for await (const chunk of response.body) {
            size += chunk.length;
            if (size > MAX_ANSWER_MIB * 2 ** 20) {
                throw new UnusableAnswer(`${hostOf(response.url)} answered with more than ${MAX_ANSWER_MIB} MiB`);
            }
            chunks.push(chunk);
        }
        const { status, statusText, headers, url } = response;
        const whole = new Response(Buffer.concat(chunks), { status, statusText, headers });
        return Object.defineProperty(whole, 'url', { value: url });
    };
}
function hostOf(url) {
    return URL.parse(url)?.host ?? 'GitHub';
}
function toFields(value) {
    return typeof value === 'object' && value !== null ? { ...value } : {};
}
function isAbsent(value) {
    return value === undefined || value === null;
}

;// CONCATENATED MODULE: ./lib/github/issue-api.js



async function openIssues(options) {
    const { repository, apiUrl, token, proxies, signal, requestMs } = options;
    const url = new URL(apiUrl);
    const fault = LOOPBACK.test(url.hostname) ? null : proxies.faultOf(url);
    if (fault !== null)
        throw new Error(fault);
    Object.assign(process.env, proxies.env);
    const { getOctokit } = await loadClient();
    const octokit = getOctokit(token, { baseUrl: apiUrl, userAgent: 'stream-encryption' });
    octokit.hook.before('request', (options) => {
        const requestSignal = AbortSignal.any([signal, AbortSignal.timeout(requestMs)]);
        options.request = {
            ...options.request,
            signal: requestSignal,
            fetch: limitAnswers(options.request.fetch ?? fetch)
        };
    });
    octokit.hook.after('request', checkAnswer);
    octokit.hook.error('request', (error) => {
        if (error instanceof UnusableAnswer)
            throw error;
        if (error.cause instanceof UnusableAnswer)
            throw error.cause;
        throw new Error(formatRequestError(error, { repository, apiUrl, requestMs }));
    });
    const { issues, repos } = octokit.rest;
    const [owner = '', repo = ''] = repository.split('/');
    return {
        async listOwn() {
            const login = readLogin(await octokit.request('POST /graphql', { baseUrl: graphqlUrl(apiUrl), query: '{ viewer { login } }' }));
            const order = { sort: 'created', direction: 'asc', per_page: 100 };
            const listed = [];
            const pages = new Set();
            let page = await issues.listForRepo({ owner, repo, state: 'open', creator: login, ...order });
            for (;;) {
                listed.push(...readIssues(page));
                const next = readNextPage(page, apiUrl, pages);
                if (next === null)
                    return listed.filter(({ author, isPullRequest }) => author === login && !isPullRequest);
                pages.add(next);
                page = await octokit.request(`GET ${next}`);
            }
        },
        async isPublic() {
            try {
                return !readIsPrivate((await repos.get({ owner, repo })).data);
            }
            catch {
                signal.throwIfAborted();
                return true;
            }
        },
        async open(title, body) {
            const { data } = await issues.create({ owner, repo, title, body });
            return { ...readIssue(data, apiUrl), body };
        },
        async update(number, body) {
            await issues.update({ owner, repo, issue_number: number, body });
        },
        async close(number) {
            await issues.update({ owner, repo, issue_number: number, state: 'closed', state_reason: 'completed' });
        },
        async comment(number, body) {
            await issues.createComment({ owner, repo, issue_number: number, body });
        }
    };
}
async function loadClient() {
    const { GITHUB_EVENT_PATH: eventPath } = process.env;
    delete process.env.GITHUB_EVENT_PATH;
    try {
        return await __webpack_require__.e(/* import() */ 195).then(__webpack_require__.bind(__webpack_require__, 7195));
    }
    finally {
        if (eventPath !== undefined)
            process.env.GITHUB_EVENT_PATH = eventPath;
    }
}
const LOOPBACK = /^(localhost$|127\.|\[::1\])/;
function graphqlUrl(apiUrl) {
    return apiUrl.replace(/\/api\/v3\/?$/, '/api');
}
const ADD_TOKEN = 'add "github-token: $' + '{{ github.token }}" to the step';
function formatRequestError(error, { repository, apiUrl, requestMs }) {
    const { status = 0, response } = error;
    const message = truncate(error.message);
    if (response === undefined) {
        return isTimeout(error)
            ? `GitHub did not answer within ${requestMs / 1000} s; the next run retries`
            : `GitHub could not be reached at ${apiUrl} (${message}); on a self-hosted runner, check HTTPS_PROXY, NO_PROXY and NODE_EXTRA_CA_CERTS`;
    }
    const limitResets = rateLimitReset(status, message, response.headers);
    if (limitResets !== null) {
        return `GitHub's rate limit is exceeded; it resets ${limitResets}, and the next run retries`;
    }
    if (status === 401)
        return `GitHub rejected the token (401); ${ADD_TOKEN}`;
    if (status === 403 || status === 404) {
        return `the token cannot write issues of ${repository} (${status}: ${message}); add "permissions: issues: write" to the job; ${ADD_TOKEN}`;
    }
    if (status === 410) {
        return `issues are disabled in ${repository}; enable them in its settings, or remove report-issue`;
    }
    if (status >= 500)
        return `GitHub returned an error (${status}: ${message}); the next run retries`;
    return `GitHub rejected the request (${status}: ${message})`;
}
function isTimeout({ cause }) {
    return cause instanceof Error && cause.name === 'TimeoutError';
}
function rateLimitReset(status, message, headers) {
    if (status !== 403 && status !== 429)
        return null;
    const retryAfter = headers['retry-after'];
    if (retryAfter !== undefined)
        return formatReset(retryTime(String(retryAfter)));
    if (headers['x-ratelimit-remaining'] === '0')
        return formatReset(Number(headers['x-ratelimit-reset']) * 1000);
    return status === 429 || /rate limit/i.test(message) ? UNKNOWN_RESET : null;
}
const UNKNOWN_RESET = 'in a minute at the earliest';
function retryTime(retryAfter) {
    return /^\d+$/.test(retryAfter) ? Date.now() + Number(retryAfter) * 1000 : Date.parse(retryAfter);
}
function formatReset(timeMs) {
    const time = new Date(timeMs);
    return Number.isNaN(time.getTime()) ? UNKNOWN_RESET : `at ${formatUtc(time)}`;
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
;// CONCATENATED MODULE: ./lib/github/markup.js

function prose(text) {
    return sanitize(text)
        .split(markup_WORD)
        .map((part) => {
        const [, word = '', punctuation = ''] = /^(.*?)([.:!?\u2026]*)$/.exec(part) ?? [];
        return NAME.test(word) && !TIME_OF_DAY.test(word)
            ? `<code>${escapeHtml(word)}</code>${escapeHtml(punctuation)}`
            : escapeHtml(part);
    })
        .join('');
}
const markup_WORD = /([^\s()",;'<>]+)/;
const TIME_OF_DAY = /^\d\d:\d\d$/;
const NAME = /[@#:/_]|^www\.|(?<![\w-])[a-z]+-\d|\b[0-9a-f]{7,}\b/i;
function code(text) {
    return `<code>${escapeHtml(sanitize(text))}</code>`;
}
function markup_link(url, html) {
    return `<a href="${escapeHtml(sanitize(url))}">${html}</a>`;
}
function byteLength(lines) {
    return lines.reduce((bytes, line) => bytes + Buffer.byteLength(line) + 1, 0);
}
function renderWithin(maxBytes, items, render) {
    const lines = [];
    let remaining = maxBytes;
    for (const item of items) {
        const line = render(item);
        remaining -= byteLength([line]);
        if (remaining < 0)
            break;
        lines.push(line);
    }
    return lines;
}
const ENTITIES = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;'
};
function escapeHtml(text) {
    return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

;// CONCATENATED MODULE: ./lib/github/workflow-run.js

function runLink(env) {
    const run = code(`${env.GITHUB_WORKFLOW ?? 'workflow'} #${env.GITHUB_RUN_NUMBER ?? '?'}`);
    const url = runUrl(env);
    return url === null ? run : markup_link(url, run);
}
function runUrl({ GITHUB_SERVER_URL = '', GITHUB_REPOSITORY, GITHUB_RUN_ID }) {
    if (!isHttpUrl(GITHUB_SERVER_URL) || !GITHUB_REPOSITORY || !GITHUB_RUN_ID)
        return null;
    return `${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}/actions/runs/${GITHUB_RUN_ID}`;
}
function isHttpUrl(text) {
    return /^https?:\/\/[^/]/i.test(text) && URL.canParse(text);
}
function workflowRun(env) {
    const { run, attempt } = currentAttempt(env);
    return {
        server: env.GITHUB_SERVER_URL || null,
        repository: env.GITHUB_REPOSITORY || null,
        workflow: env.GITHUB_WORKFLOW || null,
        job: env.GITHUB_JOB || null,
        id: run || null,
        attempt: attempt || null,
        url: runUrl(env),
        event: env.GITHUB_EVENT_NAME || null,
        ref: env.GITHUB_REF || null,
        commit: env.GITHUB_SHA || null,
        actor: env.GITHUB_ACTOR || null
    };
}
function apiUrl({ GITHUB_API_URL }) {
    const url = GITHUB_API_URL?.trim() || 'https://api.github.com';
    if (isHttpUrl(url))
        return url;
    const subject = url.includes('@') ? 'GITHUB_API_URL' : `GITHUB_API_URL is ${url}`;
    throw new Error(`${subject}: it must be a URL that begins with http:// or https://`);
}
function repository({ GITHUB_REPOSITORY = '' }) {
    const name = GITHUB_REPOSITORY.trim();
    if (/^[\w.-]+\/[\w.-]+$/.test(name))
        return name;
    throw new Error(`GITHUB_REPOSITORY is "${name}": it must be the repository as owner/name`);
}
function currentAttempt(env) {
    return { run: Number(env.GITHUB_RUN_ID) || 0, attempt: Number(env.GITHUB_RUN_ATTEMPT) || 0 };
}
function compareAttempts(a, b) {
    return a.run - b.run || a.attempt - b.attempt;
}
function workflowJob(env) {
    return { workflow: workflowFile(env), job: jobName(env) };
}
function workflowFile({ GITHUB_WORKFLOW_REF = '', GITHUB_WORKFLOW = '', GITHUB_REPOSITORY }) {
    const file = GITHUB_WORKFLOW_REF.replace(/@refs\/.*$/s, '');
    const prefix = `${GITHUB_REPOSITORY}/`;
    return (file.startsWith(prefix) ? file.slice(prefix.length) : file) || GITHUB_WORKFLOW;
}
function jobName({ ACTIONS_ORCHESTRATION_ID = '', GITHUB_JOB = '' }) {
    const [, ...path] = ACTIONS_ORCHESTRATION_ID.split('.');
    return path.includes(GITHUB_JOB) ? path.filter((part) => part !== '__default').join('.') : GITHUB_JOB;
}

;// CONCATENATED MODULE: ./lib/github/issue-text.js





const MAX_BODY_CHARACTERS = 65_536;
const issue_text_MAX_NAME_CHARACTERS = 80;
const SESSION_NAME = /(:assumed-role\/[^/\s]+)\/[^\s:]+/g;
function fingerprint(causes) {
    const ids = new Set(causes.map(({ id }) => id.replace(SESSION_NAME, '$1')));
    return (0,external_node_crypto_.createHash)('sha256')
        .update(JSON.stringify([...ids].sort()))
        .digest('hex')
        .slice(0, 16);
}
function issueMarker(env) {
    const { workflow, job } = workflowJob(env);
    return `<!-- stream-encryption tracks ${encodeName(workflow)} ${encodeName(job)} -->`;
}
function hasMarker(body, marker) {
    return body.split(/\r?\n/, 1)[0] === marker;
}
const RECORD = /^<!-- failing runs: (\d{1,9}), latest: (\d{1,15})\.(\d{1,9}), causes: ([0-9a-f]{16}) -->$/m;
function parseRecord(body) {
    const [, failingRuns, run, attempt, causes = ''] = RECORD.exec(body) ?? [];
    const latest = { run: Number(run ?? 0), attempt: Number(attempt ?? 0) };
    return { failingRuns: Number(failingRuns ?? 0), latest, causes };
}
function issueTitle(env) {
    return `Stream encryption fails: ${titleName(env.GITHUB_WORKFLOW ?? '')} / ${titleName(workflowJob(env).job)}`;
}
function titleName(name) {
    const text = sanitize(name)
        .replace(/[@#`<>]+/g, ' ')
        .replace(/\s+/g, ' ')
        .trim();
    return text.length > issue_text_MAX_NAME_CHARACTERS ? `${text.slice(0, issue_text_MAX_NAME_CHARACTERS)}\u2026`.toWellFormed() : text;
}
function issueBody({ env, record, failedAt, isPublic, summary }) {
    const { failingRuns, latest, causes } = record;
    const { workflow, job } = workflowJob(env);
    const introduction = [
        issueMarker(env),
        `<!-- failing runs: ${failingRuns}, latest: ${latest.run}.${latest.attempt}, causes: ${causes} -->`,
        `<p>Stream encryption fails in job ${code(job)} of workflow ${code(workflow)}. Latest failing run: ${runLink(env)}, ` +
            `${formatUtc(failedAt)}. Failing runs so far: ${failingRuns}.</p>`,
        '<p><sub>Each failing run replaces this text. The next successful run closes the issue.</sub></p>',
        ''
    ].join('\n');
    const maxSummaryCharacters = Math.max(0, MAX_BODY_CHARACTERS - introduction.length);
    const html = isPublic ? hideAccountIds(summary(maxSummaryCharacters)) : summary(maxSummaryCharacters);
    return introduction + (html.length <= maxSummaryCharacters ? html : SUMMARY_TOO_LONG);
}
const SUMMARY_TOO_LONG = '<p>The summary is too long for an issue: see the run.</p>';
function resolvedComment(env) {
    return `<p>Resolved: run ${runLink(env)} succeeded.</p>`;
}
const MAX_CAUSES_BYTES = 10_000;
function changedCausesComment(env, causes, isPublic) {
    const items = renderWithin(MAX_CAUSES_BYTES, causes, ({ text }) => `<li>${prose(text)}</li>`);
    const omitted = causes.length - items.length;
    const html = [
        `<p>The causes have changed. Since run ${runLink(env)}:</p>`,
        '<ul>',
        ...items,
        ...(omitted === 0 ? [] : [`<li>\u2026 and ${omitted} more in the run.</li>`]),
        '</ul>'
    ].join('\n');
    return isPublic ? hideAccountIds(html) : html;
}
const OTHER_ID = /\/actions\/runs\/\d+|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|mrk-[0-9a-f]{32}/;
const OTHER_ID_OR_ACCOUNT = new RegExp(`(${OTHER_ID.source})|(?<!\\d)\\d{12}(?!\\d)`, 'gi');
function hideAccountIds(html) {
    return html.replace(OTHER_ID_OR_ACCOUNT, (_match, otherId) => otherId ?? '************');
}
function encodeName(name) {
    return encodeURIComponent(name.toWellFormed());
}

;// CONCATENATED MODULE: ./lib/github/repository-visibility.js

function isPublicByEvent({ GITHUB_EVENT_PATH }) {
    if (!GITHUB_EVENT_PATH)
        return null;
    try {
        if (!(0,external_node_fs_.statSync)(GITHUB_EVENT_PATH).isFile())
            return null;
        const event = JSON.parse((0,external_node_fs_.readFileSync)(GITHUB_EVENT_PATH, 'utf8'));
        const isPrivate = event?.repository?.private;
        return typeof isPrivate === 'boolean' ? !isPrivate : null;
    }
    catch {
        return null;
    }
}

;// CONCATENATED MODULE: ./lib/github/issue.js







const TIMEOUTS = { requestMs: 5_000, allMs: 15_000 };
async function trackIssue(tracking, { requestMs, allMs } = TIMEOUTS) {
    const { failed, token, signal, info, warn } = tracking;
    if (signal.aborted)
        return;
    addSecrets([token]);
    const timeout = new AbortController();
    const timer = setTimeout(() => timeout.abort(), allMs);
    const stop = AbortSignal.any([signal, timeout.signal]);
    try {
        await (0,encryption_deadline/* untilAborted */.Eu)(updateIssue(tracking, stop, requestMs), stop);
    }
    catch (cause) {
        if (signal.aborted)
            return info('The run was cancelled, so the tracking issue may be out of date.');
        const reason = timeout.signal.aborted
            ? `the requests took longer than ${allMs / 1000} s; the next run retries`
            : formatError(cause);
        warn(`The tracking issue was not ${failed ? 'written' : 'closed'}: ${hideSecrets(reason)}.`);
    }
    finally {
        clearTimeout(timer);
    }
}
async function updateIssue(tracking, signal, requestMs) {
    const { failed, env, token, proxies } = tracking;
    const issues = await openIssues({
        repository: repository(env),
        apiUrl: apiUrl(env),
        token,
        proxies,
        signal,
        requestMs
    });
    const tracked = (await issues.listOwn()).filter(({ body }) => hasMarker(body, issueMarker(env)));
    await (failed ? reportFailure(tracked, issues, tracking) : resolveIssues(tracked, issues, tracking));
}
async function reportFailure([oldest, ...others], issues, { env, causes, summary, info }) {
    const isPublic = isPublicByEvent(env) ?? (await issues.isPublic());
    const content = { env, summary, failedAt: new Date(), isPublic };
    const current = { latest: currentAttempt(env), causes: fingerprint(causes) };
    if (oldest === undefined) {
        const record = { failingRuns: 1, ...current };
        const { url } = await issues.open(issueTitle(env), issueBody({ ...content, record }));
        return info(`Opened the tracking issue ${url}.`);
    }
    const { failingRuns, latest, causes: earlier } = parseRecord(oldest.body);
    const order = compareAttempts(current.latest, latest);
    if (order < 0)
        return info(`The tracking issue ${oldest.url} was not updated: it already reports a later run.`);
    const record = { failingRuns: order > 0 ? failingRuns + 1 : failingRuns, ...current };
    await issues.update(oldest.number, issueBody({ ...content, record }));
    if (current.causes !== earlier)
        await issues.comment(oldest.number, changedCausesComment(env, causes, isPublic));
    info(`Updated the tracking issue ${oldest.url}.`);
    if (others.length > 0) {
        const urls = others.map(({ url }) => url).join(', ');
        info(`Concurrent failing runs also opened ${urls}; the next successful run closes all of them.`);
    }
}
async function resolveIssues(tracked, issues, { env, info }) {
    for (const { number, url, body } of tracked) {
        if (compareAttempts(currentAttempt(env), parseRecord(body).latest) <= 0) {
            info(`The tracking issue ${url} stays open: it reports this run or a later one.`);
            continue;
        }
        await issues.close(number);
        await issues.comment(number, resolvedComment(env));
        info(`Closed the tracking issue ${url}.`);
    }
}

;// CONCATENATED MODULE: ./lib/github/report-file.js



function writeReport(path, report) {
    try {
        replaceFile(path, `${JSON.stringify(report, report_file_toPrintable, 2)}\n`);
    }
    catch (cause) {
        throw new Error(`The report was not written: report-path is "${path}": ${formatError(cause)}. Give the path of a file that the step can write`, { cause });
    }
}
function report_file_toPrintable(_field, value) {
    return typeof value === 'string' ? hideSecrets(value).toWellFormed() : value;
}

;// CONCATENATED MODULE: ./lib/reporting/console-link.js

const HOSTS = new Map([
    ['aws', 'console.aws.amazon.com'],
    ['aws-cn', 'console.amazonaws.cn'],
    ['aws-us-gov', 'console.amazonaws-us-gov.com']
]);
function consoleUrl(stream) {
    const host = HOSTS.get((0,encryption_arn/* partitionOf */.iQ)(stream.region, (0,encryption_arn/* arnScope */.UF)(stream.arn ?? '').partition || 'aws'));
    if (host === undefined)
        return null;
    const region = encodeURIComponent(stream.region);
    const name = encodeURIComponent(stream.name.toWellFormed());
    const page = stream.kind === 'kinesis' ? `#/streams/details/${name}` : `#/details/${name}`;
    return `https://${region}.${host}/${stream.kind}/home?region=${region}${page}/monitoring`;
}

;// CONCATENATED MODULE: ./lib/github/summary-table.js








const OUTCOME = {
    title: 'Outcome',
    cell({ result: { outcome }, causeLabel }) {
        return `${ICONS[outcome]} ${outcome}${causeLabel === '' ? '' : `<br><sub>${causeLabel}</sub>`}`;
    }
};
const STREAM = {
    title: 'Stream',
    cell({ result }) {
        const name = code(result.name);
        const url = consoleUrl(result);
        return `${url === null ? name : markup_link(url, name)} <sub>${result.kind}</sub>`;
    }
};
const KEY_COLUMNS = {
    encrypt: { title: 'Key before \u2192 key now', cell: ({ result }) => formatKeys(result) + formatBriefReason(result) },
    plan: { title: 'Key now \u2192 planned key', cell: ({ result }) => formatKeys(result) + formatBriefReason(result) },
    check: { title: 'Key', cell: ({ result }) => formatKeyNow(result) + formatBriefReason(result) }
};
const KEEP_PREVIOUS_KEY = {
    title: 'Keep previous<br>key until',
    nowrap: true,
    cell: (row) => {
        const need = previousKeyNeed(row);
        return need === null ? '' : formatUtc(need.until).replace(' ', '<br>').replace(' ', '&nbsp;');
    }
};
const TIME = { title: 'Time', cell: ({ result }) => `${result.durationSeconds.toFixed(2)}&nbsp;s` };
const MAX_UNFOLDED = 20;
function renderTable(rows, { mode, maxBytes, reportPath }) {
    if (rows.length === 0)
        return [];
    const keep = rows.length > 1 && rows.some(previousKeyNeed) ? [KEEP_PREVIOUS_KEY] : [];
    const columns = [OUTCOME, STREAM, KEY_COLUMNS[mode ?? 'encrypt'], ...keep, TIME];
    const head = `<tr>${columns.map(({ title }) => `<th>${title}</th>`).join('')}</tr>`;
    const renderRow = (row) => `<tr>${columns.map(({ cell, nowrap }) => `<td${nowrap ? ' nowrap' : ''}>${cell(row)}</td>`).join('')}</tr>`;
    const table = (lines) => (lines.length === 0 ? [] : ['<table>', head, ...lines, '</table>']);
    const omittedLine = (omitted) => renderOmitted(omitted, rows.length, reportPath);
    const well = rows.filter(({ result }) => (0,model/* endedWell */.Jr)(result));
    const ordered = [...rows.filter(({ result }) => !(0,model/* endedWell */.Jr)(result)), ...well];
    const wellFrom = ordered.length - well.length;
    const isFolded = well.length > MAX_UNFOLDED;
    const frame = [...table(['']), ...(isFolded ? fold(rows, table([''])) : []), omittedLine(rows)];
    const lines = renderWithin(maxBytes - byteLength(frame), ordered, renderRow);
    const omitted = ordered.slice(lines.length);
    const footer = omitted.length === 0 ? [] : [omittedLine(omitted)];
    if (!isFolded)
        return [...table(lines), ...footer];
    const folded = fold(ordered.slice(wellFrom, lines.length), table(lines.slice(wellFrom)));
    return [...table(lines.slice(0, wellFrom)), ...folded, ...footer];
}
function fold(rows, table) {
    if (rows.length === 0)
        return [];
    return [
        `<details><summary>${rows.length} streams that ended well: ${formatOutcomes(rows)}</summary>`,
        ...table,
        '</details>'
    ];
}
function renderOmitted(omitted, total, reportPath) {
    const hint = reportPath === null
        ? `Set ${code('report-path')} to write all streams to a file.`
        : `All streams are in ${code(reportPath)}.`;
    return `<p>Omitted for space: ${omitted.length} of ${total} streams (${formatOutcomes(omitted)}). ${hint}</p>`;
}
function formatOutcomes(rows) {
    return formatCounts(countOutcomes(rows.map(({ result }) => result)));
}
function formatKeys(result) {
    const { outcome, changed, inFlight, previousKey, previouslyEncrypted, target } = result;
    const now = formatKeyNow(result);
    const isInForce = model/* PROVED */.jS.has(outcome) || (!inFlight && isTargetInForce(result));
    if (target !== null && !isInForce) {
        return `${now}<br>\u2192 ${formatShortKey(target, result)}, ${changed ? 'not proved' : 'planned'}`;
    }
    if (!changed && previousKey === null)
        return now;
    const before = formatState(previouslyEncrypted, previousKey, result);
    return before === now ? now : `${before}<br>\u2192 ${now}`;
}
function formatKeyNow(result) {
    return formatState(result.encrypted, result.key, result);
}
function formatState(encrypted, key, result) {
    if (encrypted === 'false')
        return 'not encrypted';
    return key === null ? 'unknown' : formatShortKey(key, result);
}
function formatShortKey(key, { arn, region }) {
    if (key.id === '')
        return formatKey(key);
    const prefix = (0,encryption_arn/* kmsArn */.D$)({ ...(0,encryption_arn/* arnScope */.UF)(arn ?? ''), region }, 'key/');
    return code(key.id.startsWith(prefix) ? key.id.slice(prefix.length) : key.id);
}
const EXPLAINED = new Set(['skipped', 'planned', 'not-applicable']);
const MAX_REASON_CHARACTERS = 300;
function formatBriefReason(result) {
    const { outcome, cause } = result;
    if (!EXPLAINED.has(outcome) || cause === formatKeyNow(result))
        return '';
    const isLong = cause.length > MAX_REASON_CHARACTERS;
    return `<br><sub>${prose(isLong ? `${cause.slice(0, MAX_REASON_CHARACTERS)}\u2026` : cause)}</sub>`;
}

;// CONCATENATED MODULE: ./lib/github/summary.js











const MAX_BYTES = 1_000_000;
const CAUSES_SHARE = 0.25;
const LIST_SHARE = 0.12;
function writeSummary(content, env) {
    const file = env.GITHUB_STEP_SUMMARY;
    if (file?.trim())
        appendToFile(file, `${renderSummary(content, env)}\n`);
}
function renderSummary({ run, reportPath }, env, maxBytes = MAX_BYTES) {
    const { request, streams, runOutcome, errors, noStreams } = run;
    const results = streams.map(({ result }) => result);
    const tally = tallyResults(results, runOutcome);
    const causes = groupCauses(results);
    const reasons = labelled(causes.filter(({ level }) => level === 'error'));
    const warnings = causes.filter(({ level }) => level === 'warning');
    const maxListBytes = maxBytes * LIST_SHARE;
    const aboveTable = [
        `<h3>${ICONS[tally.outcome]} Stream encryption: ${formatVerdict(tally, runOutcome)}</h3>`,
        ...(request === null ? [] : [`<p>${prose(formatRequest(request))}</p>`]),
        ...renderPlace(run),
        ...renderList(renderElements('li', maxListBytes, [...errors, ...(noStreams === null ? [] : [noStreams])], prose)),
        ...renderElements('p', maxBytes * CAUSES_SHARE, reasons, ({ label, cause }) => {
            const title = label === '' ? '' : `<strong>${capitalize(label)}</strong>: `;
            return `${title}${renderCause(cause, results.length)}`;
        })
    ];
    const belowTable = [
        ...renderList([
            ...renderElements('li', maxListBytes, warnings, (warning) => renderCause(warning, results.length)),
            ...renderElements('li', maxListBytes, nextSteps(streams), prose)
        ]),
        ...renderProof(run),
        `<p><sub>Run ${runLink(env)}, triggered by ${code(env.GITHUB_EVENT_NAME ?? 'unknown')}</sub></p>`
    ];
    const labels = new Map(reasons.flatMap(({ label, cause }) => cause.streams.map((stream) => [stream, label])));
    const rows = worstFirst(streams, ({ result }) => result.outcome).map((stream) => {
        return { ...stream, causeLabel: labels.get(stream.result) ?? '' };
    });
    const maxTableBytes = maxBytes - byteLength(aboveTable) - byteLength(belowTable);
    const table = renderTable(rows, { mode: request?.mode ?? null, maxBytes: maxTableBytes, reportPath });
    return [...aboveTable, ...table, ...belowTable].join('\n');
}
function formatVerdict({ outcome, counts }, runOutcome) {
    if (counts.total === 0 || (counts.total === 1 && runOutcome === null))
        return outcome;
    return runOutcome === null ? formatCounts(counts) : `${runOutcome}; ${formatCounts(counts)}`;
}
function renderPlace({ request, streams }) {
    const accountIds = accountsOf(streams);
    const account = accountIds.length === 0 ? [] : [`account ${formatList(accountIds)}`];
    const region = request === null ? [] : [`region ${request.region}`];
    const place = [...account, ...region].join(' \u00b7 ');
    return place === '' ? [] : [`<p>${prose(capitalize(place))}</p>`];
}
function labelled(causes) {
    return causes.map((cause, index) => ({ label: causes.length === 1 ? '' : `cause ${index + 1}`, cause }));
}
function renderCause(cause, streamCount) {
    if (streamCount === 1)
        return prose(cause.text);
    const { names, more } = namesOf(cause);
    const list = `${names.map(code).join(', ')}${more === 0 ? '' : ` and ${more} more`}`;
    if (cause.streams.length === 1)
        return `${list}: ${prose(formatReason(cause))}`;
    return `${cause.streams.length} streams: ${prose(formatReason(cause))}.<br><sub>Streams: ${list}</sub>`;
}
function renderProof({ streams }) {
    const results = streams.map(({ result }) => result);
    const subject = results.length === 1 ? 'the stream' : 'each enabled or rekeyed stream';
    const sentences = [];
    if (results.some(({ outcome }) => model/* PROVED */.jS.has(outcome))) {
        sentences.push(`After the change the service itself said, in one answer, that ${subject} is in its final state, encrypted, and with this key.`);
    }
    const verified = results.filter(({ recordVerified }) => recordVerified).length;
    if (verified > 0) {
        const streamCount = results.length === 1 ? '' : `: ${verified} of ${results.length} streams`;
        sentences.push(`The service confirmed that a test record was encrypted${streamCount}.`);
    }
    return sentences.length === 0 ? [] : [`<p>Proof: ${sentences.join(' ')}</p>`];
}
function renderList(items) {
    return items.length === 0 ? [] : ['<ul>', ...items, '</ul>'];
}
function renderElements(name, maxBytes, items, render) {
    const rendered = renderWithin(maxBytes, items, (item) => `<${name}>${render(item)}</${name}>`);
    const omitted = items.length - rendered.length;
    return omitted === 0 ? rendered : [...rendered, `<${name}>\u2026 and ${omitted} more in the log.</${name}>`];
}
function capitalize(text) {
    return text.charAt(0).toUpperCase() + text.slice(1);
}

;// CONCATENATED MODULE: ./lib/github/publish.js














async function publish(run, options, env, cancelled) {
    try {
        await publishAll(run, options, env, cancelled);
    }
    catch (cause) {
        process.exitCode = 1;
        log_error('Stream encryption', `The result of the run could not be reported: ${cause}`);
    }
}
async function publishAll(run, options, env, cancelled) {
    const results = run.streams.map(({ result }) => result);
    const outputErrors = publishOutputs(results, run, env);
    const report = publishReport(withErrors(run, outputErrors), options.path, env);
    const reported = withErrors(run, [...outputErrors, ...report.errors]);
    const summary = { run: reported, reportPath: report.path };
    const summaryWarnings = publishSummary(summary, env);
    const causes = groupCauses(results);
    const runAnnotations = [...runErrors(reported), ...emptySelectionWarning(run), ...summaryWarnings];
    const annotations = selectAnnotations(runAnnotations, causes);
    annotate(annotations);
    if (run.noStreams !== null && run.request?.ifNoStreamsFound === 'ignore')
        log_info(run.noStreams);
    for (const step of nextSteps(run.streams))
        log_info(step);
    if (results.length > 0)
        log_info(formatTally(tallyResults(results), run.durationSeconds));
    const failed = reported.errors.length > 0 || !results.every(model/* endedWell */.Jr);
    process.exitCode = failed ? 1 : 0;
    if (options.issueToken === null)
        return;
    await trackIssue({
        failed,
        causes: issueCauses(reported, causes),
        summary: (maxBytes) => renderSummary(summary, env, maxBytes),
        env,
        token: options.issueToken,
        proxies: options.proxies,
        signal: cancelled,
        info: log_info,
        warn: (message) => annotateLate(annotations, 'Tracking issue', message)
    });
}
function publishOutputs(results, { durationSeconds, runOutcome }, env) {
    try {
        setOutputs(toOutputs(results, durationSeconds, runOutcome), env);
        return [];
    }
    catch (cause) {
        return [`The outputs were not written: GITHUB_OUTPUT is "${env.GITHUB_OUTPUT}": ${formatError(cause)}`];
    }
}
function publishReport(run, path, env) {
    if (path === null)
        return { path, errors: [] };
    try {
        writeReport(path, toReport(run, workflowRun(env)));
        return { path, errors: [] };
    }
    catch (cause) {
        return { path: null, errors: [formatError(cause)] };
    }
}
function publishSummary(summary, env) {
    try {
        writeSummary(summary, env);
        return [];
    }
    catch (cause) {
        return [
            {
                level: 'warning',
                title: 'Job summary',
                lines: [
                    `The summary was not written: GITHUB_STEP_SUMMARY is "${env.GITHUB_STEP_SUMMARY}": ${formatError(cause)}`
                ]
            }
        ];
    }
}
function withErrors(run, errors) {
    return { ...run, errors: [...run.errors, ...errors] };
}
function issueCauses({ errors }, causes) {
    return [
        ...errors.map((error) => ({ id: error, text: error })),
        ...causes.filter(({ level }) => level === 'error').map((cause) => ({ id: cause.id, text: formatCause(cause) }))
    ];
}
function runErrors({ errors }) {
    return errors.length === 0 ? [] : [{ level: 'error', title: 'Stream encryption', lines: errors }];
}
function emptySelectionWarning({ request, noStreams }) {
    if (noStreams === null || request?.ifNoStreamsFound !== 'warn')
        return [];
    return [{ level: 'warning', title: 'Stream encryption', lines: [noStreams] }];
}

;// CONCATENATED MODULE: ./lib/inputs/input-reader.js

const INPUT_DEFAULTS = {
    'stream-kind': '',
    'stream-name': '',
    'stream-tags': '',
    'if-no-streams-found': 'error',
    mode: 'encrypt',
    'key-type': '',
    'key-id': '',
    'from-key-id': '',
    'approved-key-ids': '',
    'max-changes': '',
    wait: 'true',
    'timeout-seconds': '600',
    'settle-seconds': '5',
    'verify-records': 'false',
    region: '',
    'report-path': '',
    'github-token': '',
    'report-issue': 'false'
};
class InputReader {
    #input;
    #errors = [];
    constructor(input) {
        this.#input = input;
    }
    text(name) {
        return this.#input(name) || INPUT_DEFAULTS[name];
    }
    choice(name, values) {
        const text = this.text(name);
        return values.find((value) => value === text.toLowerCase()) ?? this.error(name, text, mustBe(values));
    }
    lines(name) {
        return trimmed(this.text(name).split('\n'));
    }
    entries(name) {
        const entries = trimmed(this.text(name).split(/[\n,]/));
        return entries.length === 0 ? this.lines(name) : entries;
    }
    error(name, value, why) {
        const remedy = /^[\s,]+$/.test(value) ? `${why} (an unset variable leaves only the comma)` : why;
        const known = this.#errors.find((error) => error.name === name && error.remedy === remedy);
        if (known)
            known.values.add(value);
        else
            this.#errors.push({ name, remedy, values: new Set([value]) });
        return null;
    }
    get errors() {
        return this.#errors.map(({ name, remedy, values }) => {
            if (values.has(''))
                return `Input ${name} is missing: ${remedy}`;
            return `Input ${name} is ${formatList([...values].map((value) => `"${value}"`))}: ${remedy}`;
        });
    }
}
function mustBe(values) {
    return `must be ${values.slice(0, -1).join(', ')} or ${values.at(-1)}`;
}
function trimmed(texts) {
    return texts.map((text) => text.trim()).filter((text) => text !== '');
}

;// CONCATENATED MODULE: ./lib/inputs/key-inputs.js




const key_inputs_KEY_TYPES = new Map([
    ['any', 'any'],
    ['aws-owned', 'aws-owned'],
    ['aws_owned_cmk', 'aws-owned'],
    ['customer-managed', 'customer-managed'],
    ['customer_managed_cmk', 'customer-managed']
]);
const KEY_FORMS = 'must be a key ARN, a key id, an alias name (alias/\u2026) or an alias ARN';
const AWS_KEY = { which: 'target', target: { type: 'aws-owned', id: '' } };
function readCriteria(reader, context) {
    const type = readKeyType(reader);
    const id = reader.text('key-id');
    const target = id === '' ? null : readKeyId(reader, id, type, context);
    const approved = new Set(reader.entries('approved-key-ids'));
    if (approved.size > 0)
        return readApproved(reader, [...approved], context.mode);
    return id === '' ? readTypeAlone(reader, type, context.mode) : target;
}
function readKeyType(reader) {
    const text = reader.text('key-type');
    if (text === '')
        return undefined;
    return (key_inputs_KEY_TYPES.get(text.toLowerCase()) ??
        reader.error('key-type', text, mustBe(['aws-owned', 'customer-managed', 'any'])));
}
function readTypeAlone(reader, type, mode) {
    switch (type) {
        case undefined:
            return reader.error('key-type', '', 'none of key-type, key-id and approved-key-ids is set (an unset variable is empty): give the key, or key-type aws-owned, customer-managed or any');
        case null:
            return null;
        case 'any':
            return { which: 'any' };
        case 'aws-owned':
            return AWS_KEY;
        case 'customer-managed':
            if (mode === null)
                return null;
            if (mode === 'check')
                return { which: 'customer-managed' };
            return reader.error('key-id', '', 'key-type customer-managed needs the key to encrypt with (an unset variable is empty)');
    }
}
function readKeyId(reader, id, type, { kinds, region }) {
    const parsed = (0,key_id/* parseKeyId */.mz)(withAliasPrefix(id));
    const wrongKey = (0,key_id/* isAwsAlias */.c_)(withAliasPrefix(id)) ? whyNotAwsAlias(parsed, type, kinds) : whyNoKey(type);
    const remedy = wrongKey ?? whyTypeOfKey(id) ?? whyNotForm(id) ?? whyOtherRegion(parsed, region);
    if (remedy !== null)
        return reader.error('key-id', id, remedy);
    if (id === model/* KINESIS_AWS_ALIAS */.We && !kinds.includes('firehose')) {
        return { which: 'target', target: { type: 'aws-owned', id: model/* KINESIS_AWS_ALIAS */.We } };
    }
    if (type === null)
        return null;
    return { which: 'target', target: { type: type === 'customer-managed' ? type : null, id } };
}
const ALIAS_WITHOUT_PREFIX = /^(?!alias\/|arn\b|mrk-|any$|aws[-_]owned|customer[-_]managed)[a-z][\w/-]*$/i;
function withAliasPrefix(text) {
    const lowerCase = text.toLowerCase();
    return lowerCase.startsWith('aws/') ? `alias/${lowerCase}` : text;
}
function whyTypeOfKey(text) {
    return key_inputs_KEY_TYPES.has(text.toLowerCase()) ? 'this is a type of key: give it as key-type' : null;
}
function whyNotForm(text, forms = KEY_FORMS) {
    const lowerCase = text.toLowerCase();
    if (text !== lowerCase && (0,key_id/* parseKeyId */.mz)(lowerCase)?.alias === null) {
        return `a key id or key ARN is in lower case: give ${lowerCase}`;
    }
    if ((0,key_id/* parseKeyId */.mz)(text) !== null)
        return null;
    if (lowerCase.startsWith('aws/'))
        return `${forms}; did you mean alias/${lowerCase}?`;
    const alias = text.replace(/^alias\//i, 'alias/');
    if ((0,key_id/* parseKeyId */.mz)(alias) !== null)
        return `${forms}; did you mean ${alias}?`;
    return ALIAS_WITHOUT_PREFIX.test(text) ? `${forms}; did you mean alias/${text}?` : forms;
}
function whyNoKey(type) {
    return type === 'aws-owned' ? 'key-type aws-owned allows no key-id: remove one of them' : null;
}
function whyNotAwsAlias(parsed, type, kinds) {
    if (type === 'customer-managed')
        return 'this is an AWS managed key, but key-type is customer-managed';
    if (kinds.includes('firehose') && !kinds.includes('kinesis')) {
        return 'Firehose accepts no AWS managed key: use key-type aws-owned without key-id';
    }
    return parsed?.alias === model/* KINESIS_AWS_ALIAS */.We
        ? null
        : `this AWS managed key is not for Kinesis: use ${model/* KINESIS_AWS_ALIAS */.We}`;
}
function whyOtherRegion(parsed, region) {
    if (!parsed?.region || region === null || parsed.region === region)
        return null;
    return `this key is not in the region of the run, ${region}: give a key of that region, or set region`;
}
function readApproved(reader, ids, mode) {
    const type = reader.text('key-type');
    for (const id of ids) {
        const error = (remedy) => reader.error('approved-key-ids', id, remedy);
        const notForm = whyNotForm(id);
        if (notForm !== null)
            error(notForm);
        if (mode !== null && mode !== 'check')
            error(`works only in mode check, but mode is ${mode}: set mode to check`);
        if (reader.text('key-id') !== '')
            error('cannot be combined with key-id: remove one of them');
        if (type !== '')
            error(`cannot be combined with key-type ${type}: remove one of them`);
    }
    return { which: 'approved', ids };
}
const FROM_WORDS = ['any', 'aws-owned'];
function readFromKeys(reader, criteria, { mode, region, kinds }) {
    const texts = [...new Set(reader.entries('from-key-id').map((entry) => fromWord(entry) ?? entry))];
    for (const text of texts) {
        const error = (remedy) => remedy !== null && reader.error('from-key-id', text, remedy);
        error(whyNotFromKey(text) ?? whyOtherRegion((0,key_id/* parseKeyId */.mz)(text), region) ?? whyTarget(text, criteria));
        error(whyNoTarget(criteria, mode));
    }
    return texts.length === 0 ? null : texts.map((text) => toFromKey(text, kinds));
}
function fromWord(text) {
    return FROM_WORDS.find((word) => word === text.toLowerCase());
}
function toFromKey(text, kinds) {
    if (text === model/* KINESIS_AWS_ALIAS */.We && !kinds.includes('firehose'))
        return 'aws-owned';
    return fromWord(text) ?? { id: text };
}
function whyNotFromKey(text) {
    if (fromWord(text) !== undefined)
        return null;
    return whyNotForm(text, `${KEY_FORMS}, aws-owned or any`);
}
function whyTarget(text, criteria) {
    if (criteria?.which !== 'target' || canonical(text) !== canonical(criteria.target.id || 'aws-owned'))
        return null;
    return IS_TARGET;
}
function whyNoTarget(criteria, mode) {
    if (mode === 'check')
        return 'mode check changes nothing: use mode encrypt or plan, with the target key';
    if (criteria === null || criteria.which === 'target')
        return null;
    return 'it needs a target key: give key-id, or key-type aws-owned';
}
function canonical(text) {
    if (text === model/* KINESIS_AWS_ALIAS */.We)
        return 'aws-owned';
    const form = (0,key_id/* parseKeyId */.mz)(text)?.form;
    return form === 'arn' || form === 'id' ? text.slice(text.lastIndexOf('/') + 1) : text;
}

;// CONCATENATED MODULE: ./lib/inputs/selection-inputs.js


function readKind(reader) {
    return reader.text('stream-kind') === '' ? undefined : reader.choice('stream-kind', model/* KINDS */.GW);
}
function readSelection(reader, kind, region) {
    const selectors = readSelectors(reader, kind, region);
    const tags = readTags(reader);
    if (selectors === null || tags === null)
        return null;
    if (selectors.length > 0)
        return { kinds: [...new Set(selectors.map(kindOf))], selectors, tags };
    if (tags.length === 0)
        return reader.error('stream-name', '', 'give names, globs or ARNs, or select by stream-tags');
    return kind === null ? null : { kinds: kind === undefined ? model/* KINDS */.GW : [kind], selectors, tags };
}
function kindOf(selector) {
    return selector.by === 'name' ? selector.stream.kind : selector.kind;
}
function readSelectors(reader, kind, region) {
    const entries = [...new Set(reader.entries('stream-name'))];
    if (kind === undefined && !entries.every(isArn)) {
        reader.error('stream-kind', '', 'give kinesis or firehose, or the ARN of each stream as stream-name');
    }
    const selectors = entries
        .map((entry) => readSelector(reader, entry, kind, region))
        .filter((selector) => selector !== null);
    return selectors.length === entries.length ? selectors : null;
}
function readSelector(reader, entry, kind, region) {
    if (/[{}]/.test(entry)) {
        return reader.error('stream-name', entry, 'braces are not supported: give each name by itself, one per line');
    }
    return isArn(entry) ? readArn(reader, entry, kind, region) : readName(reader, entry, kind);
}
function isArn(entry) {
    return entry.startsWith('arn:');
}
const NAME_RULES = {
    kinesis: 'a data stream name has 1 to 128 letters, digits, "_", "." and "-"',
    firehose: 'a delivery stream name has 1 to 64 letters, digits, "_", "." and "-"'
};
const WILDCARD = /[*?]/;
const GLOB = /^[a-zA-Z0-9_.*?-]+$/;
function readName(reader, entry, kind) {
    if (WILDCARD.test(entry)) {
        if (!GLOB.test(entry)) {
            return reader.error('stream-name', entry, 'a glob has letters, digits, "_", ".", "-", "*" and "?"');
        }
        return kind ? { by: 'glob', kind, glob: entry } : null;
    }
    const rule = kind ?? 'kinesis';
    if (!encryption_arn/* STREAM_NAMES */.iX[rule].test(entry))
        return reader.error('stream-name', entry, NAME_RULES[rule]);
    return kind ? { by: 'name', stream: { kind, name: entry, arn: null } } : null;
}
function readArn(reader, arn, kind, region) {
    const error = (remedy) => reader.error('stream-name', arn, remedy);
    if (WILDCARD.test(arn))
        return error('wildcards are not allowed in an ARN: give a glob over names, with stream-kind');
    const parsed = (0,encryption_arn/* parseStreamArn */.BP)(arn);
    if (parsed === null)
        return error('this is not the ARN of a data stream or a delivery stream');
    if (region !== null && parsed.region !== region) {
        error(`this is not in the region of the run, ${region}: set region, or use a separate step for it`);
    }
    const { stream } = parsed;
    if (kind && kind !== stream.kind)
        return error(`this is a ${stream.kind} stream, but stream-kind is ${kind}`);
    return { by: 'name', stream };
}
function readTags(reader) {
    const tags = new Map();
    let isValid = true;
    for (const line of reader.lines('stream-tags')) {
        const [key, value] = splitTag(line);
        const remedy = whyNotTag(key, value, tags.get(key));
        if (remedy === null) {
            tags.set(key, value);
        }
        else {
            reader.error('stream-tags', line, remedy);
            isValid = false;
        }
    }
    return isValid ? [...tags].map(([key, value]) => ({ key, value })) : null;
}
function splitTag(line) {
    const end = Math.max(line.indexOf('='), 0);
    return [line.slice(0, end).trim(), line.slice(end + 1).trim() || null];
}
const SECOND_TAG = /,\s*[^\s,=]+\s*=/;
function whyNotTag(key, value, earlier) {
    if (key === '')
        return 'write key=value, or key= for any value';
    if (SECOND_TAG.test(value ?? ''))
        return 'write one tag per line, because a comma does not separate them';
    if (earlier === undefined || earlier === value)
        return null;
    return 'an earlier line gives another value for this tag: remove one of them';
}

;// CONCATENATED MODULE: ./lib/inputs/unknown-inputs.js

const NAMES = Object.keys(INPUT_DEFAULTS);
const VARIABLE = /^INPUT_(.+)$/s;
const MAX_EDITS = 3;
const MIN_PART_LENGTH = 3;
function unknownInputs(env) {
    return Object.keys(env).flatMap((variable) => {
        const name = VARIABLE.exec(variable)?.[1]?.toLowerCase();
        return name === undefined || NAMES.includes(name) ? [] : [formatUnknown(name, variable)];
    });
}
function formatUnknown(name, variable) {
    const similar = similarNames(name);
    const remedy = similar.length > 0 ? `did you mean ${similar.join(' or ')}?` : `remove it, or use ${NAMES.join(', ')}.`;
    return `Input ${name} does not exist: ${remedy} An environment variable ${variable} of the job counts as an input, too`;
}
function similarNames(name) {
    const maxEdits = Math.min(MAX_EDITS, Math.floor(name.length / 2));
    for (let edits = 1; edits <= maxEdits; edits += 1) {
        const close = NAMES.filter((known) => isWithinEdits(name, known, edits));
        if (close.length > 0)
            return close;
    }
    return NAMES.filter((known) => isPart(known, name) || isPart(name, known));
}
function isPart(part, text) {
    return part.length >= MIN_PART_LENGTH && (text.startsWith(part) || text.endsWith(part));
}
function isWithinEdits(one, other, edits) {
    if (one === '' || other === '')
        return one.length + other.length <= edits;
    const [restOfOne, restOfOther] = [one.slice(1), other.slice(1)];
    if (one[0] === other[0])
        return isWithinEdits(restOfOne, restOfOther, edits);
    if (edits === 0)
        return false;
    return (isWithinEdits(restOfOne, restOfOther, edits - 1) ||
        isWithinEdits(restOfOne, other, edits - 1) ||
        isWithinEdits(one, restOfOther, edits - 1));
}

;// CONCATENATED MODULE: ./lib/inputs/inputs.js







class InvalidInputs extends Error {
    errors;
    constructor(errors) {
        super(errors.join('\n'));
        this.name = 'InvalidInputs';
        this.errors = errors;
    }
}
function readReporting(input) {
    const reader = new InputReader(input);
    return { path: readReportPath(reader), issueToken: readIssueToken(reader) };
}
async function readInputs({ input, env, profileRegion }) {
    const reader = new InputReader(input);
    const region = await readRegion(reader, env, profileRegion);
    const kind = readKind(reader);
    const selection = readSelection(reader, kind, region);
    const ifNoStreamsFound = reader.choice('if-no-streams-found', model/* EMPTY_SELECTION_ACTIONS */.tP);
    const mode = reader.choice('mode', model/* MODES */.FN);
    const context = { region, mode, kinds: selection?.kinds ?? (kind ? [kind] : []) };
    const criteria = readCriteria(reader, context);
    const from = readFromKeys(reader, criteria, context);
    const maxChanges = readMaxChanges(reader, mode);
    const wait = readBoolean(reader, 'wait');
    const times = readTimes(reader);
    const verifyRecords = readVerifyRecords(reader, mode, wait);
    readReportPath(reader);
    readIssueToken(reader);
    const errors = [...unknownInputs(env), ...reader.errors];
    if (errors.length === 0 &&
        region !== null &&
        selection !== null &&
        ifNoStreamsFound !== null &&
        mode !== null &&
        criteria !== null &&
        wait !== null &&
        times !== null &&
        verifyRecords !== null) {
        const settings = { criteria, from, wait, ...times, verifyRecords, maxChanges };
        return { region, selection, ifNoStreamsFound, mode, ...settings };
    }
    throw new InvalidInputs(errors);
}
const REGION_VARIABLES = ['AWS_REGION', 'AWS_DEFAULT_REGION'];
async function readRegion(reader, env, profileRegion) {
    const given = reader.text('region');
    const variable = given === '' ? REGION_VARIABLES.find((name) => env[name]?.trim()) : undefined;
    const remedy = variable === undefined
        ? 'give a region such as eu-central-1, or set AWS_REGION, as aws-actions/configure-aws-credentials does'
        : `this comes from ${variable}, which must be a region such as eu-central-1`;
    try {
        const region = given || env[variable ?? '']?.trim() || (await profileRegion());
        if (/^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/.test(region))
            return region;
        return reader.error('region', region, remedy);
    }
    catch (cause) {
        if (cause instanceof ports/* Cancelled */.cJ)
            throw cause;
        return reader.error('region', '', `${formatError(cause)}; ${remedy}`);
    }
}
function readBoolean(reader, name) {
    const value = reader.choice(name, ['true', 'false']);
    return value === null ? null : value === 'true';
}
function readMaxChanges(reader, mode) {
    const text = reader.text('max-changes');
    if (text === '')
        return null;
    if (mode !== null && mode !== 'encrypt') {
        reader.error('max-changes', text, `works only in mode encrypt, but mode is ${mode}`);
    }
    if (/^[1-9]\d{0,8}$/.test(text))
        return Number(text);
    return reader.error('max-changes', text, 'must be a whole number, 1 or more');
}
function readVerifyRecords(reader, mode, wait) {
    const verifyRecords = readBoolean(reader, 'verify-records');
    if (verifyRecords !== true)
        return verifyRecords;
    const error = (remedy) => reader.error('verify-records', reader.text('verify-records'), remedy);
    if (mode !== null && mode !== 'encrypt')
        error(`works only in mode encrypt, but mode is ${mode}: remove one of them`);
    if (wait === false)
        error('it must wait for the change to end, so it cannot be combined with wait: false');
    return verifyRecords;
}
function readTimes(reader) {
    const timeout = readSeconds(reader, 'timeout-seconds', 1, 86_400);
    const settle = readSeconds(reader, 'settle-seconds', 0, 60);
    if (timeout === null || settle === null)
        return null;
    if (settle < timeout)
        return { timeoutMs: timeout * 1000, settleMs: settle * 1000 };
    const settleText = reader.text('settle-seconds');
    if (settleText !== INPUT_DEFAULTS['settle-seconds']) {
        const remedy = `it is part of timeout-seconds (${timeout}) and must be less; give a smaller value, or 0`;
        return reader.error('settle-seconds', settleText, remedy);
    }
    const remedy = `must be greater than settle-seconds (${settle}), which is part of it: give a greater value, or settle-seconds: 0`;
    return reader.error('timeout-seconds', reader.text('timeout-seconds'), remedy);
}
function readSeconds(reader, name, min, max) {
    const text = reader.text(name);
    const seconds = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
    if (seconds >= min && seconds <= max)
        return seconds;
    return reader.error(name, text, `must be a decimal number of seconds from ${min} to ${max}`);
}
function readReportPath(reader) {
    const path = reader.text('report-path');
    if (path.endsWith('/'))
        return reader.error('report-path', path, 'this is a folder: give the path of a file in it');
    if (/^~($|[/\\])/.test(path)) {
        return reader.error('report-path', path, 'a path is used as it is, without expanding "~": give the full path');
    }
    return path || null;
}
function readIssueToken(reader) {
    const token = reader.text('github-token');
    if (readBoolean(reader, 'report-issue') !== true)
        return null;
    if (token === '')
        return reader.error('github-token', '', 'report-issue needs it: give github.token');
    if (/\s/.test(token))
        return reader.error('github-token', '***', 'it contains a blank or a line break, which no token does: give github.token');
    return token;
}

// EXTERNAL MODULE: ./lib/version.js
var version = __webpack_require__(3411);
;// CONCATENATED MODULE: ./lib/main.js






















const { env } = process;
async function run(cancelled) {
    const startedAt = new Date();
    const startedMs = performance.now();
    (0,environment/* cleanEnvironment */.hh)(env);
    const proxies = (0,proxy/* readProxies */.r)(env);
    addEnvironment(env);
    addSecrets(await secretsInFiles({ env, clock: encryption_deadline/* systemClock */.ml, cancelled }));
    addPasswords(proxies.secrets);
    hideSecretsIn([process.stdout, process.stderr]);
    const reporting = readReporting(input);
    let request = null;
    let ends = { streams: [], keyArns: new Map() };
    let runOutcome = null;
    let errors = [];
    let noStreams = null;
    try {
        const regionOfProfile = () => profileRegion({ env, clock: encryption_deadline/* systemClock */.ml, cancelled });
        request = await readInputs({ input: input, env, profileRegion: regionOfProfile });
        log_info(formatRequest(request));
        ends = await runStreams(request, cancelled);
    }
    catch (cause) {
        ({ runOutcome, errors, noStreams } = endOf(cause, request));
    }
    const durationSeconds = (performance.now() - startedMs) / 1000;
    const times = { startedAt, endedAt: new Date(), durationSeconds };
    const ended = { actionVersion: version/* VERSION */.x, request, ...times, runOutcome, errors, noStreams, ...ends };
    await publish(ended, { ...reporting, proxies }, env, cancelled);
}
async function runStreams(request, cancelled) {
    const options = {
        region: request.region,
        env,
        clock: encryption_deadline/* systemClock */.ml,
        debug: log_debug,
        log: log_info,
        onSecrets: addSecrets,
        cancelled
    };
    const aws = await openAws(options);
    try {
        const keys = new KeyCache(aws.keys);
        const streams = await selectStreams(request, aws, keys, cancelled);
        log_info(formatSelected(streams));
        const streamLog = fleetLog(streams.length);
        const runOne = request.mode === 'check' ? check : encrypt;
        const tools = {
            serviceOf: aws.streams,
            maxChanges: request.maxChanges,
            keys,
            sources: new SourceCache({ dataStreams: () => aws.streams('kinesis'), clock: encryption_deadline/* systemClock */.ml, random: Math.random }),
            clock: encryption_deadline/* systemClock */.ml,
            random: Math.random,
            cancelled,
            onProgress: (progress) => log_info(formatProgress(progress))
        };
        const ended = await runFleet(streams, tools, async (selected, streamTools) => {
            const log = streamLog();
            const result = await runOne({ ...request, ...selected }, { ...streamTools, log: log.write });
            log.end(result);
            return { result, endedAt: new Date() };
        });
        return { streams: ended, keyArns: keys.arns() };
    }
    finally {
        aws.close();
    }
}
async function selectStreams(request, aws, keys, cancelled) {
    const { selection, region, timeoutMs } = request;
    const deadline = (0,encryption_deadline/* createDeadline */.dU)(encryption_deadline/* systemClock */.ml, timeoutMs, cancelled);
    deadline.start();
    const { signal } = deadline;
    try {
        await rejectTargetInFromKeys(request, { keys, clock: encryption_deadline/* systemClock */.ml, random: Math.random, log: log_info, signal });
        return await select_select(selection, {
            region,
            directory: aws.directory,
            describe: async (stream, signal) => (await aws.streams(stream.kind)).describe(stream, signal),
            clock: encryption_deadline/* systemClock */.ml,
            random: Math.random,
            log: log_info,
            signal
        });
    }
    finally {
        deadline.stop();
    }
}
function endOf(cause, request) {
    if (cause instanceof EmptySelection && request !== null && request.ifNoStreamsFound !== 'error') {
        return { runOutcome: 'not-applicable', errors: [], noStreams: cause.message };
    }
    return { runOutcome: outcomeOf(cause), errors: errorsOf(cause), noStreams: null };
}
function outcomeOf(cause) {
    if (cause instanceof ports/* Cancelled */.cJ)
        return 'cancelled';
    return cause instanceof ports/* TimedOut */.GA ? 'timed-out' : 'failed';
}
function errorsOf(cause) {
    if (cause instanceof InvalidInputs)
        return cause.errors;
    if (cause instanceof ports/* Cancelled */.cJ)
        return ['The run was cancelled before its streams were known. No change was sent'];
    if (cause instanceof ports/* TimedOut */.GA) {
        const lastError = cause.message === '' ? '' : `; the last call failed: ${cause.message}`;
        return [
            `Selecting the streams took longer than timeout-seconds${lastError}. No change was sent: run again, or raise timeout-seconds`
        ];
    }
    return [formatError(cause)];
}


/***/ }),

/***/ 3411:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   x: () => (/* binding */ VERSION)
/* harmony export */ });
const VERSION = '1.0.0';


/***/ })

};

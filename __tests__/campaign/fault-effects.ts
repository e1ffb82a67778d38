/** Effects of a fault on a request that several tables of faults share. */

const JSON_1_1 = 'application/x-amz-json-1.1';

/** For a fault that hits every request. */
export const ALWAYS = Number.POSITIVE_INFINITY;
/** The duration of a change that never ends. */
export const FOREVER = Number.POSITIVE_INFINITY;

/** The client's request timeout in real time, for a fault that the client must notice. A busy machine responds sooner. */
export const CLIENT_TIMEOUT = { requestTimeoutMs: 2_000 } as const;
/** Of all other runs: a request that hangs ends at the deadline of its run. */
export const NO_CLIENT_TIMEOUT_MS = 600_000;

/** The service returns this error. */
export function error(code: string, message: string, more: { status?: number; extra?: Record<string, unknown> } = {}) {
  return { error: { code, message, ...more } };
}

export const THROTTLED = error('ThrottlingException', 'Rate exceeded');
export const RATE_EXCEEDED = error(
  'LimitExceededException',
  'Rate exceeded for stream orders under account 111122223333.'
);
export const INTERNAL_FAILURE = error('InternalFailure', 'an internal error', { status: 500 });
export const EXPIRED_TOKEN = error('ExpiredTokenException', 'The security token included in the request is expired');
export const UNKNOWN_CODE = error('MoonPhaseException', 'The moon is not full, try Tuesday');

/** A proxy returns an HTML page. */
export const HTML_PAGE = { body: '<html><body><h1>503 Service Unavailable</h1></body></html>', status: 503 };
export const EMPTY_RESPONSE = okResponse('');

/** A response with status 200 and this body, which may be incomplete. */
export function okResponse(body: string) {
  return { body, status: 200, contentType: JSON_1_1 };
}

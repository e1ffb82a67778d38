/** What becomes of a request that a fault hits, as several tables of faults have it. */

const JSON_1_1 = 'application/x-amz-json-1.1';

/** How often something happens, or how long it takes, that has no end. */
export const EVER = Number.POSITIVE_INFINITY;

/** The service refuses with this code. */
export function error(code: string, message: string, more: { status?: number; extra?: Record<string, unknown> } = {}) {
  return { error: { code, message, ...more } };
}

export const THROTTLE = error('ThrottlingException', 'Rate exceeded');
export const RATE = error('LimitExceededException', 'Rate exceeded for stream orders under account 111122223333.');
export const INTERNAL = error('InternalFailure', 'an internal error', { status: 500 });
export const EXPIRED = error('ExpiredTokenException', 'The security token included in the request is expired');
export const UNHEARD_OF = error('MoonPhaseException', 'The moon is not full, try Tuesday');

/** Something comes in place of the answer. */
export const HTML = { body: '<html><body><h1>503 Service Unavailable</h1></body></html>', status: 503 };
export const EMPTY = { body: '', status: 200, contentType: JSON_1_1 };

/** This comes in place of the answer. */
export function answer(output: object) {
  return { body: JSON.stringify(output), status: 200, contentType: JSON_1_1 };
}

/** So much of an answer comes. */
export function half(body: string) {
  return { body, status: 200, contentType: JSON_1_1 };
}

/** Reads an error of the SDK without trusting its shape, and removes what it quotes of a signed request. */

export interface SdkError {
  readonly code: string;
  /** The service's own message. */
  readonly message: string;
  /** The code inside an InvalidKMSResourceException, or Node's code of a network error. */
  readonly innerCode: string;
  readonly status: number | null;
}

/** Reads what a call through the SDK threw. */
export function readSdkError(error: unknown): SdkError {
  const code = truncate(text(property(error, 'name')) || 'Error', MAX_CODE_LENGTH);
  const message = (text(property(error, 'message')) || String(error))
    .replace(DESERIALIZATION_HINT, '')
    .replace(QUOTED_REQUEST, '…');
  return {
    code,
    message: truncate(SIGNATURE_ERROR.test(code) ? firstSentence(message) : message),
    innerCode: text(property(error, 'code')),
    status: statusOf(error)
  };
}

/** The line that the SDK adds if it cannot read an answer. */
const DESERIALIZATION_HINT = /\s*Deserialization error: to see the raw response.*$/s;
/** What AWS quotes of a signed request: the Authorization header, the session token, and everything after them. */
const QUOTED_REQUEST = /(?:\bauthorization['"]?\s*[:=]|\bAWS4-|\bx-amz-security-token).*$/is;
/** The codes of errors whose messages quote the signed request, session token included. */
const SIGNATURE_ERROR = /signature/i;
const MAX_CODE_LENGTH = 100;

/** Cuts a text that is longer than any message of the services, so that what follows it is not lost. */
export function truncate(value: string, maxLength = 1_000): string {
  return value.length > maxLength ? `${value.slice(0, maxLength)}…` : value;
}

function firstSentence(message: string): string {
  return message.split(/\. |\n/, 1).join('');
}

function statusOf(error: unknown): number | null {
  const status = property(property(error, '$metadata'), 'httpStatusCode');
  return typeof status === 'number' ? status : null;
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && name in value ? Reflect.get(value, name) : undefined;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

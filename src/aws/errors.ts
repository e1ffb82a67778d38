/** Converts what a call through the SDK threw: by the error catalogue, or by what is known of an error without a code in it. */

import { type ErrorKind, MalformedAnswer, ServiceError } from '../encryption/ports.ts';
import { type Call, formatCall } from './call.ts';
import { catalogueRow, checkEndpoint, correctCredentials, isClockRefusal } from './error-catalogue.ts';
import { UnreachableHost } from './hosts.ts';
import { readSdkError, type SdkError, truncate } from './sdk-error.ts';
import { tlsAdvice } from './tls.ts';

/** The name of the error for an answer that is too large to be one. */
export const ANSWER_TOO_LARGE = 'AnswerTooLarge';
/** The name of the error for a proxy variable that cannot be used. Its message says what to do. */
export const INVALID_PROXY = 'InvalidProxy';
/** The name of the error for an error answer whose fields have wrong types. */
export const UNREADABLE_ANSWER = 'UnreadableAnswer';

interface Entry {
  readonly errorKind: ErrorKind;
  /** What to do; empty if the service's own message says it all. */
  readonly advice: string;
}

/** Converts what a call through the SDK threw. */
export function serviceError(error: unknown, call: Call): ServiceError {
  if (error instanceof UnreachableHost) {
    return new ServiceError('refused', `${formatCall(call)}: ${error.message}`, { cause: error });
  }
  const sdkError = readSdkError(error);
  if (sdkError.code === ANSWER_TOO_LARGE || sdkError.code === UNREADABLE_ANSWER) {
    return new MalformedAnswer(`${formatCall(call)}: ${sdkError.message}`, { cause: error });
  }
  if (isParserFault(sdkError)) {
    return new MalformedAnswer(`${formatCall(call)}: the answer cannot be read`, { cause: error });
  }
  if (isPage(sdkError)) {
    return new MalformedAnswer(`${formatCall(call)}: the answer, with status ${sdkError.status}, is not JSON`, {
      cause: error
    });
  }
  const { errorKind, advice } = entryFor(sdkError, call);
  const reason = `${withoutPeriod(formatReason(sdkError, call))}${innerCodeOf(sdkError)}`;
  const withoutAdvice = `${formatCall(call)}: ${reason}`;
  const message = `${withoutAdvice}${advice === '' ? '' : `${endOf(reason)} ${advice}`}`;
  return new ServiceError(errorKind, message, { cause: error, withoutAdvice });
}

/** The parser of the SDK met a value that it does not expect. Its message would be about JavaScript, or the SDK itself. */
function isParserFault({ code, message, status }: SdkError): boolean {
  return status !== null && (isOfJavaScript(code) || /^@(aws-sdk|smithy)\//.test(message));
}

function isOfJavaScript(code: string): boolean {
  return code === 'TypeError' || code === 'RangeError';
}

/**
 * A page of a proxy or a portal, or a redirect to one, which stays there. With another status, it says that a later attempt may
 * succeed.
 */
function isPage(error: SdkError): boolean {
  const { code, status } = error;
  if (status === null) return false;
  const isRedirect = isWithoutCode(error) && status < 400;
  return isRedirect || (code === 'SyntaxError' && status < 500 && status !== 408 && status !== 429);
}

/**
 * The service's code and message, or what the code means if the service sent no message. For an answer that the SDK cannot
 * read, only what is wrong with it.
 */
function formatReason(error: SdkError, call: Call): string {
  const { code, message, status } = error;
  if (code === 'SyntaxError') {
    if (status !== null) return `status ${status}, and no JSON`;
    return areCredentialsMalformed(error, call) ? 'the credentials are not JSON' : 'the answer is not JSON';
  }
  if (isUnreadable(code, status)) return `the answer cannot be read: ${message || code}`;
  if (code === 'TimeoutError') return formatTimeout(message);
  if (areCredentialsMalformed(error, call)) {
    return isOfJavaScript(code) ? `no request can be made with the credentials (${message})` : message;
  }
  const hasMessage = message !== '' && message !== code && message !== SDK_PLACEHOLDER;
  if (isWithoutCode(error)) return `an error with status ${status} and no code${hasMessage ? `: ${message}` : ''}`;
  const words = hasMessage ? message : catalogueRow(error, call)?.cause;
  return words === undefined ? code : `${code}: ${words}`;
}

/** The SDK's own words contain the name of a package and of a setting. */
function formatTimeout(message: string): string {
  const [, ms] = /(?:configured (?:timeout of )?|timed out after )(\d+) ms/.exec(message) ?? [];
  if (ms === undefined) return message;
  return `${/establish a connection/.test(message) ? 'no connection was made' : 'no answer came'} within ${Number(ms) / 1000} s`;
}

/**
 * Whether the credentials have wrong types or characters. Those in the environment are checked before, and the SDK does not
 * check what it gets from elsewhere. A call whose host cannot be reached has Node's code.
 */
function areCredentialsMalformed({ code, innerCode, status }: SdkError, { credentialSources = '' }: Call): boolean {
  const isUnexpected = isOfJavaScript(code) || code === 'Error' || code === 'SyntaxError';
  return status === null && isUnexpected && /^(ERR_INVALID_CHAR)?$/.test(innerCode) && credentialSources !== '';
}

/** The message that the SDK gives an error if the service sent none. */
const SDK_PLACEHOLDER = 'UnknownError';

/** The names that the SDK gives an error whose answer has no code. */
function isWithoutCode({ code, status }: SdkError): boolean {
  return status !== null && (code === 'Unknown' || code === 'UnknownError');
}

/** A good status means a truncated answer, or one that a proxy made up. */
function isUnreadable(code: string, status: number | null): boolean {
  return code === 'SyntaxError' || (status !== null && status < 400);
}

/** The code inside the error of a service, in parentheses. Node's codes of network errors are part of their messages. */
function innerCodeOf({ innerCode, status }: SdkError): string {
  return innerCode === '' || status === null ? '' : ` (${truncate(innerCode, MAX_INNER_CODE_LENGTH)})`;
}

const MAX_INNER_CODE_LENGTH = 100;

function entryFor(error: SdkError, call: Call): Entry {
  const row = catalogueRow(error, call);
  if (row !== undefined) return { errorKind: row.errorKind, advice: row.remedy?.(call, error) ?? '' };
  if (error.status === null) return withoutAnswer(error, call);
  if (error.status === 429 || THROTTLE.test(error.code)) return throttled;
  // 5xx are errors of the service.
  if (isUnreadable(error.code, error.status) || error.status >= 500) return unanswered;
  if (isWithoutCode(error)) return refused(checkEndpoint(call, error));
  return refused(
    `This code is not known to the action: look it up in the API reference of ${call.action}, or contact AWS Support with this message`
  );
}

/** `ThrottlingException`, `ProvisionedThroughputExceededException`, `TooManyRequestsException` and similar codes. */
const THROTTLE = /throttl|(rate|throughput|bandwidth|request).*exceeded|toomanyrequests|slowdown/i;

const throttled: Entry = { errorKind: 'throttled', advice: '' };
const unanswered: Entry = { errorKind: 'unanswered', advice: '' };

function refused(advice: string): Entry {
  return { errorKind: 'refused', advice };
}

/** Node's codes of transient network errors, and those of its HTTP parser for a broken answer. */
const NETWORK =
  /^(ECONN[A-Z]+|EPIPE|ETIMEDOUT|EHOSTUNREACH|EHOSTDOWN|ENETUNREACH|ENETDOWN|ENOTFOUND|EAI_AGAIN|EPROTO|HPE_[A-Z_]+)$/;

function withoutAnswer(error: SdkError, call: Call): Entry {
  const { code, innerCode } = error;
  const advice = tlsAdvice(error);
  if (advice !== null) return refused(advice);
  // The only files that the SDK reads are those of credentials: a profile, a web identity token.
  if (/^(ENOENT|EACCES|EPERM|EISDIR)$/.test(innerCode)) return refused(correctCredentials(call, error));
  if (areCredentialsMalformed(error, call)) return refused(correctCredentials(call, error));
  if (innerCode === 'ERR_INVALID_URL') return refused('Check that the endpoint in AWS_ENDPOINT_URL… is a URL');
  if (innerCode === 'ERR_PROXY_TUNNEL') {
    return { errorKind: 'unanswered', advice: 'Check that the proxy in HTTPS_PROXY allows this host' };
  }
  if (code === 'TimeoutError' || code === 'SyntaxError' || NETWORK.test(innerCode)) return unanswered;
  return refused(
    code === INVALID_PROXY
      ? ''
      : 'This is not an error of AWS: run again; if it occurs again, report it as an issue of this action'
  );
}

/** Whether a request was refused because the clock of the machine is wrong. */
export function isClockError(error: unknown): boolean {
  return isClockRefusal(readSdkError(error));
}

/** What ends a sentence before the next one. */
function endOf(sentence: string): string {
  return /[?!]$/.test(sentence) ? '' : '.';
}

function withoutPeriod(sentence: string): string {
  return sentence.replace(/\.+$/, '');
}

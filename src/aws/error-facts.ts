/** What an error of the SDK tells, read without trusting its shape, and free of what it quotes of a signed request. */

/** The parts of an error that matter. */
export interface Facts {
  readonly code: string;
  /** The service's own words. */
  readonly message: string;
  /** The code inside an InvalidKMSResourceException, or Node's of a network error. */
  readonly innerCode: string;
  readonly status: number | null;
}

/** Reads whatever a call through the SDK threw. */
export function factsOf(error: unknown): Facts {
  const code = briefly(text(property(error, 'name')) || 'Error', LONGEST_CODE);
  const said = (text(property(error, 'message')) || String(error)).replace(HINT, '').replace(QUOTED_REQUEST, '…');
  return {
    code,
    message: briefly(SIGNATURE.test(code) ? firstSentence(said) : said),
    innerCode: text(property(error, 'code')),
    status: statusOf(error)
  };
}

/** The line that the SDK adds to an answer that it cannot read. */
const HINT = /\s*Deserialization error: to see the raw response.*$/s;
/** What AWS quotes of a signed request, where it does: the Authorization header, the session token, and all behind them. */
const QUOTED_REQUEST = /(?:\bauthorization['"]?\s*[:=]|\bAWS4-|\bx-amz-security-token).*$/is;
/** The codes of errors that go on to quote the request that was signed, session token and all. */
const SIGNATURE = /signature/i;
const LONGEST_CODE = 100;

/** Cuts words that are longer than any the services are known to say, so that what stands behind them is not lost. */
export function briefly(words: string, longest = 1_000): string {
  return words.length > longest ? `${words.slice(0, longest)}…` : words;
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

/** Validates error answers before the SDK reads them: it takes their fields for texts without a check. */

/** Why the SDK could not read this body of an error answer; null if it can. What is not JSON, it recognises itself. */
export function whyUnreadable(body: Uint8Array): string | null {
  const answer = parse(body);
  if (answer === undefined) return null;
  if (typeof answer !== 'object' || answer === null || Array.isArray(answer)) return 'it is not a structure';
  for (const [name, value] of Object.entries(answer)) {
    if (TEXTS.has(name.toLowerCase()) && !isReadable(name, value)) return `its ${name} is not a text`;
    if (name === 'ServerTime' && !isTime(value)) return `its ${name} is not a time`;
  }
  return null;
}

const TEXTS: ReadonlySet<string> = new Set(['__type', 'code', 'message']);

/** The SDK replaces a message that is null, and proxies write the status as `code`. */
function isReadable(name: string, value: unknown): boolean {
  if (typeof value === 'string') return true;
  return /^message$/i.test(name) ? value === null : /^code$/i.test(name) && typeof value === 'number';
}

const END_OF_YEAR_9999_MS = 253_402_300_799_999;

/** Whether this is a time that a request can be signed with. The SDK corrects its clock with the times that services report. */
export function isTime(value: unknown): boolean {
  const timeMs = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return timeMs >= 0 && timeMs <= END_OF_YEAR_9999_MS;
}

function parse(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch {
    return undefined;
  }
}

/** AWS JSON 1.1: errors, and the checks that the services' models prescribe for each member of a request. */

export type Members = Readonly<Record<string, unknown>>;

/** What an operation may be asked besides its input: `stale` wants the answer from before the last accepted change. */
export interface Asking {
  readonly stale: boolean;
}

/** Answers a request, or throws an AwsError. `undefined` is an empty body, as of operations without an output. */
export type Operation = (input: Members, asking: Asking) => Members | undefined;

/** A refusal as it goes over the wire: `{"__type": code, "message": message, …extra}`. */
export class AwsError extends Error {
  readonly code: string;
  readonly status: number;
  readonly extra: Members;

  constructor(code: string, message: string, status = 400, extra: Members = {}) {
    super(message);
    this.code = code;
    this.status = status;
    this.extra = extra;
  }
}

export interface TextRule {
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: RegExp;
  readonly oneOf?: readonly string[];
}

export interface NumberRule {
  readonly min: number;
  readonly max: number;
}

export function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A member that may be left out; `null` counts as left out, as AWS' own parsers take it. */
export function optionalText(input: Members, member: string, rule: TextRule = {}): string | undefined {
  const value = input[member];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw wrongType(value, 'a String');
  const { min = 0, max = Number.POSITIVE_INFINITY, pattern, oneOf } = rule;
  if (oneOf !== undefined && !oneOf.includes(value)) {
    throw violation(member, value, `Member must satisfy enum value set: [${oneOf.join(', ')}]`);
  }
  if (value.length < min) throw violation(member, value, `Member must have length greater than or equal to ${min}`);
  if (value.length > max) throw violation(member, value, `Member must have length less than or equal to ${max}`);
  if (pattern !== undefined && pattern.exec(value)?.[0] !== value) {
    throw violation(member, value, `Member must satisfy regular expression pattern: ${pattern.source}`);
  }
  return value;
}

export function requiredText(input: Members, member: string, rule: TextRule = {}): string {
  return optionalText(input, member, rule) ?? missing(member);
}

export function optionalInteger(input: Members, member: string, rule: NumberRule): number | undefined {
  const value = input[member];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'number' || !Number.isInteger(value)) throw wrongType(value, 'an Integer');
  if (value < rule.min) {
    throw violation(member, value, `Member must have value greater than or equal to ${rule.min}`);
  }
  if (value > rule.max) throw violation(member, value, `Member must have value less than or equal to ${rule.max}`);
  return value;
}

export function optionalStructure(input: Members, member: string): Members | undefined {
  const value = input[member];
  if (value === undefined || value === null) return undefined;
  if (!isMembers(value)) throw wrongType(value, 'a structure');
  return value;
}

/** A list of at most so many. Each item comes as the one member of a structure, to be read as any other member is. */
export function optionalList(input: Members, member: string, max = Number.POSITIVE_INFINITY): Members[] | undefined {
  const value = input[member];
  if (value === undefined || value === null) return undefined;
  if (!Array.isArray(value)) throw wrongType(value, 'a list');
  if (value.length > max) throw violation(member, '…', `Member must have length less than or equal to ${max}`);
  return value.map((item: unknown) => ({ [member]: item }));
}

/** A blob comes as base64. */
export function requiredBlob(input: Members, member: string, maxBytes: number): Buffer {
  const value = input[member];
  if (value === undefined || value === null) return missing(member);
  if (typeof value !== 'string') throw wrongType(value, 'a Blob');
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(value)) {
    throw new AwsError('SerializationException', 'The blob is not valid base64');
  }
  const bytes = Buffer.from(value, 'base64');
  if (bytes.length > maxBytes) {
    throw violation(member, '…', `Member must have length less than or equal to ${maxBytes}`);
  }
  return bytes;
}

export function missing(member: string): never {
  throw new AwsError(
    'ValidationException',
    `1 validation error detected: Value null at '${wireName(member)}' failed to satisfy constraint: Member must not be null`
  );
}

function violation(member: string, value: unknown, constraint: string): AwsError {
  return new AwsError(
    'ValidationException',
    `1 validation error detected: Value '${value}' at '${wireName(member)}' failed to satisfy constraint: ${constraint}`
  );
}

function wrongType(value: unknown, wanted: string): AwsError {
  const found = Array.isArray(value) ? 'LIST' : isMembers(value) ? 'STRUCTURE' : typeof value;
  return new AwsError('SerializationException', `${found.toUpperCase()}_VALUE can not be converted to ${wanted}`);
}

/** The services name a member in their messages with a small first letter. */
function wireName(member: string): string {
  return member.charAt(0).toLowerCase() + member.slice(1);
}

/** AWS JSON 1.1: errors, and the validation of request members that the service models define. */

/** The members of a structure. */
export type Members = Readonly<Record<string, unknown>>;

/** `stale` returns the state from before the last accepted change. */
export interface OperationOptions {
  readonly stale: boolean;
}

/** Returns the output, or throws an AwsError. `undefined` becomes an empty body. */
export type Operation = (input: Members, options: OperationOptions) => Members | undefined;

/** A service error, sent as `{"__type": code, "message": message, …extra}`. */
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

/** Reads an optional member. As in AWS, `null` counts as absent. */
export function optionalText(input: Members, member: string, rule: TextRule = {}): string | undefined {
  const value = input[member];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw wrongType(value, 'a String');
  const { min = 0, max = Number.POSITIVE_INFINITY, pattern, oneOf } = rule;
  if (oneOf !== undefined && !oneOf.includes(value)) {
    throw constraintViolation(member, value, `Member must satisfy enum value set: [${oneOf.join(', ')}]`);
  }
  if (value.length < min)
    throw constraintViolation(member, value, `Member must have length greater than or equal to ${min}`);
  if (value.length > max)
    throw constraintViolation(member, value, `Member must have length less than or equal to ${max}`);
  if (pattern !== undefined && pattern.exec(value)?.[0] !== value) {
    throw constraintViolation(member, value, `Member must satisfy regular expression pattern: ${pattern.source}`);
  }
  return value;
}

export function requiredText(input: Members, member: string, rule: TextRule = {}): string {
  return optionalText(input, member, rule) ?? missingMember(member);
}

export function optionalInteger(input: Members, member: string, rule: NumberRule): number | undefined {
  const value = input[member];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'number' || !Number.isInteger(value)) throw wrongType(value, 'an Integer');
  if (value < rule.min) {
    throw constraintViolation(member, value, `Member must have value greater than or equal to ${rule.min}`);
  }
  if (value > rule.max)
    throw constraintViolation(member, value, `Member must have value less than or equal to ${rule.max}`);
  return value;
}

export function optionalStructure(input: Members, member: string): Members | undefined {
  const value = input[member];
  if (value === undefined || value === null) return undefined;
  if (!isMembers(value)) throw wrongType(value, 'a structure');
  return value;
}

/** Reads a list. Each item is wrapped as the only member of a structure, so that the other readers accept it. */
export function optionalList(input: Members, member: string, max = Number.POSITIVE_INFINITY): Members[] | undefined {
  const value = input[member];
  if (value === undefined || value === null) return undefined;
  if (!Array.isArray(value)) throw wrongType(value, 'a list');
  if (value.length > max)
    throw constraintViolation(member, '…', `Member must have length less than or equal to ${max}`);
  return value.map((item: unknown) => ({ [member]: item }));
}

/** Reads a blob, which is encoded as base64. */
export function requiredBlob(input: Members, member: string, maxBytes: number): Buffer {
  const value = input[member];
  if (value === undefined || value === null) return missingMember(member);
  if (typeof value !== 'string') throw wrongType(value, 'a Blob');
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(value)) {
    throw new AwsError('SerializationException', 'The blob is not valid base64');
  }
  const bytes = Buffer.from(value, 'base64');
  if (bytes.length > maxBytes) {
    throw constraintViolation(member, '…', `Member must have length less than or equal to ${maxBytes}`);
  }
  return bytes;
}

export function missingMember(member: string): never {
  throw new AwsError(
    'ValidationException',
    `1 validation error detected: Value null at '${memberName(member)}' failed to satisfy constraint: Member must not be null`
  );
}

function constraintViolation(member: string, value: unknown, constraint: string): AwsError {
  return new AwsError(
    'ValidationException',
    `1 validation error detected: Value '${value}' at '${memberName(member)}' failed to satisfy constraint: ${constraint}`
  );
}

function wrongType(value: unknown, expected: string): AwsError {
  const found = Array.isArray(value) ? 'LIST' : isMembers(value) ? 'STRUCTURE' : typeof value;
  return new AwsError('SerializationException', `${found.toUpperCase()}_VALUE can not be converted to ${expected}`);
}

/** Service messages write member names with a lowercase first letter. */
function memberName(member: string): string {
  return member.charAt(0).toLowerCase() + member.slice(1);
}

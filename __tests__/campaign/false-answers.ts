/** Answers of AWS with one field that is left out or has another type, and what each of them means. */

import { isMembers, type Members } from '../../local-aws/protocol.ts';
import { DESCRIBE, type Kind } from '../end-to-end/step.ts';

/** Where a field is in an answer. */
type Path = readonly (string | number)[];

/** A field that the action reads. */
interface Field {
  readonly path: Path;
  readonly type: 'text' | 'identifier' | 'structure' | 'list' | 'flag' | 'count' | 'date';
  /** AWS may leave it out. */
  readonly optional?: boolean;
  /** With an unknown word here, the service plainly does not say that the target key is in force. */
  readonly decidesKey?: boolean;
}

const SUMMARY = 'StreamDescriptionSummary';
const DESCRIPTION = 'DeliveryStreamDescription';
const ENCRYPTION = 'DeliveryStreamEncryptionConfiguration';

const DESCRIPTIONS: Readonly<Record<Kind, readonly Field[]>> = {
  kinesis: [
    { path: [SUMMARY], type: 'structure' },
    { path: [SUMMARY, 'StreamARN'], type: 'identifier' },
    { path: [SUMMARY, 'StreamStatus'], type: 'text', decidesKey: true },
    { path: [SUMMARY, 'EncryptionType'], type: 'text', optional: true, decidesKey: true },
    { path: [SUMMARY, 'KeyId'], type: 'text', optional: true, decidesKey: true },
    { path: [SUMMARY, 'RetentionPeriodHours'], type: 'count', optional: true },
    { path: [SUMMARY, 'ChannelCount'], type: 'count', optional: true }
  ],
  firehose: [
    { path: [DESCRIPTION], type: 'structure' },
    { path: [DESCRIPTION, 'DeliveryStreamARN'], type: 'identifier' },
    { path: [DESCRIPTION, 'DeliveryStreamStatus'], type: 'text' },
    { path: [DESCRIPTION, 'DeliveryStreamType'], type: 'text', optional: true },
    { path: [DESCRIPTION, 'Source'], type: 'structure', optional: true },
    { path: [DESCRIPTION, 'FailureDescription'], type: 'structure', optional: true },
    { path: [DESCRIPTION, 'FailureDescription', 'Type'], type: 'text', optional: true },
    { path: [DESCRIPTION, 'FailureDescription', 'Details'], type: 'text', optional: true },
    { path: [DESCRIPTION, ENCRYPTION], type: 'structure' },
    { path: [DESCRIPTION, ENCRYPTION, 'Status'], type: 'text', decidesKey: true },
    { path: [DESCRIPTION, ENCRYPTION, 'KeyType'], type: 'text', optional: true },
    { path: [DESCRIPTION, ENCRYPTION, 'KeyARN'], type: 'text', optional: true, decidesKey: true },
    { path: [DESCRIPTION, ENCRYPTION, 'FailureDescription'], type: 'structure', optional: true },
    { path: [DESCRIPTION, ENCRYPTION, 'FailureDescription', 'Type'], type: 'text', optional: true },
    { path: [DESCRIPTION, ENCRYPTION, 'FailureDescription', 'Details'], type: 'text', optional: true }
  ]
};

const KEY: readonly Field[] = [
  { path: ['KeyMetadata'], type: 'structure' },
  { path: ['KeyMetadata', 'Arn'], type: 'identifier' },
  { path: ['KeyMetadata', 'KeyState'], type: 'text' },
  { path: ['KeyMetadata', 'KeyManager'], type: 'text' },
  { path: ['KeyMetadata', 'KeyUsage'], type: 'text', optional: true },
  { path: ['KeyMetadata', 'KeySpec'], type: 'text', optional: true },
  { path: ['KeyMetadata', 'DeletionDate'], type: 'date', optional: true },
  { path: ['KeyMetadata', 'ValidTo'], type: 'date', optional: true }
];

const TAGGED: readonly Field[] = [
  { path: ['ResourceTagMappingList'], type: 'list' },
  { path: ['ResourceTagMappingList', 0], type: 'structure' },
  { path: ['ResourceTagMappingList', 0, 'ResourceARN'], type: 'identifier' },
  { path: ['PaginationToken'], type: 'text', optional: true }
];

const RECORD: Readonly<Record<Kind, Field>> = {
  kinesis: { path: ['EncryptionType'], type: 'text', optional: true },
  firehose: { path: ['Encrypted'], type: 'flag', optional: true }
};

/** The values, and the types that each has. The SDK reads a list as a structure without members. */
const VALUES: readonly (readonly [name: string, value: unknown, ...types: Field['type'][]])[] = [
  ['left out', undefined],
  ['null', null],
  ['a number', -1.5, 'date'],
  ['a list', [], 'list', 'structure'],
  ['a structure', {}, 'structure'],
  ['an unknown word', 'MOON', 'text']
];

/** An answer of an operation with one false field. */
export interface FalseAnswer {
  readonly operation: string;
  /** Such as `KeyMetadata.Arn is a number`. */
  readonly title: string;
  /** What the error must contain: mostly the name of the field. */
  readonly messagePart: string;
  /** The answer must not be believed; otherwise it is whole, perhaps unclear. */
  readonly isMalformed: boolean;
  readonly decidesKey?: boolean;
  /** `count` is how many answers of the run were falsified before. */
  readonly falsify: (answer: Members, count: number) => unknown;
}

/** The false answers to each call of a run. */
export const FALSE_ANSWERS = {
  describe: (kind: Kind) => DESCRIPTIONS[kind].flatMap((field) => falseAnswers(DESCRIBE[kind], field)),
  key: () => KEY.flatMap((field) => falseAnswers('DescribeKey', field)),
  names: (kind: Kind) =>
    kind === 'kinesis'
      ? falseNames('ListStreams', 'StreamNames', 'HasMoreStreams')
      : falseNames('ListDeliveryStreams', 'DeliveryStreamNames', 'HasMoreDeliveryStreams'),
  tags: () => [
    ...TAGGED.flatMap((field) => falseAnswers('GetResources', field)),
    lie('GetResources', 'a token leads to itself', 'the next page was read before', () => ({
      ResourceTagMappingList: [],
      PaginationToken: Buffer.from(`0 ${Number.MAX_SAFE_INTEGER}`).toString('base64')
    }))
  ],
  record: (kind: Kind) => falseAnswers('PutRecord', RECORD[kind])
} as const;

/** Also lists that do not end, or that are not whole. */
function falseNames(operation: string, list: string, more: string): FalseAnswer[] {
  const page = (...names: string[]) => ({ [list]: names, [more]: true });
  return [
    ...falseAnswers(operation, { path: [list], type: 'list' }),
    ...falseAnswers(operation, { path: [list, 0], type: 'text' }),
    ...falseAnswers(operation, { path: [more], type: 'flag' }),
    lie(operation, 'more names follow an empty page', 'more streams follow, but names none', () => page()),
    lie(operation, 'the first page follows itself', 'the list starts over after orders', () => page('orders')),
    lie(operation, 'two pages follow each other', 'the next page was read before', (count) =>
      page(count % 2 === 0 ? 'returns' : 'orders')
    )
  ];
}

function falseAnswers(operation: string, { path, type, optional = false, decidesKey = false }: Field): FalseAnswer[] {
  return VALUES.flatMap(([name, value, ...types]) => {
    const isAbsent = value === undefined || value === null;
    // Without its encryption, a delivery stream is one that is not encrypted: nobody can tell that the answer is false.
    if (isAbsent && path.at(-1) === ENCRYPTION) return [];
    const hasType = types.includes(type);
    const lacksMembers = hasType && type === 'structure' && !optional;
    // The SDK itself refuses most of what is no date, without the name of the field.
    const member = type === 'date' ? 'the answer' : String(path.findLast((part) => typeof part === 'string'));
    return {
      operation,
      title: `${path.join('.')} is ${name}`,
      messagePart: lacksMembers ? 'the answer has no ' : member,
      isMalformed: isAbsent ? !optional : !hasType || lacksMembers,
      decidesKey,
      falsify: (answer: Members) => withValue(answer, path, value)
    };
  });
}

/** The value with another one at this path; undefined leaves a member out. */
function withValue(within: unknown, [part, ...rest]: Path, value: unknown): unknown {
  if (part === undefined) return value;
  if (Array.isArray(within)) return within.with(Number(part), withValue(within[Number(part)], rest, value));
  const members = isMembers(within) ? within : {};
  return { ...members, [part]: withValue(members[part], rest, value) };
}

function lie(operation: string, title: string, messagePart: string, answer: (count: number) => Members): FalseAnswer {
  return { operation, title, messagePart, isMalformed: true, falsify: (_answer, count) => answer(count) };
}

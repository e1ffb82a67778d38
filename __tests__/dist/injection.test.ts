import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { afterAll, describe, expect, test } from '@jest/globals';
import type { Step, StepResult } from '../../demo/runner.ts';
import { type LocalAws, startLocalAws } from '../../local-aws/server.ts';
import { plain } from '../../src/github/log.ts';
import { type Command, commandsOf, linesOf } from './commands.ts';
import { CORPUS } from './corpus.ts';
import { createStream, DESCRIBE, type Kind, runOn, START } from './step.ts';
import { element, type Shape, shapesOf, textOf } from './summary.ts';

const ALWAYS = Number.POSITIVE_INFINITY;
const JSON_1_1 = 'application/x-amz-json-1.1';
const ONE_TRY = { AWS_MAX_ATTEMPTS: '1' };
const OUTPUTS = [
  'outcome',
  'changed',
  'encrypted',
  'status',
  'key-type',
  'key-id',
  'previous-key-type',
  'previous-key-id',
  'stream-name',
  'stream-arn',
  'duration-seconds',
  'counts',
  'results'
];
/** How many runs go on at a time. */
const LANES = 4;

/** The member of the output `results`, as far as it is looked at. */
interface Told {
  readonly kind: Kind;
  readonly outcome: string;
  readonly changed: boolean;
  readonly encrypted: string;
  readonly status: string | null;
  readonly keyType: string | null;
  readonly keyId: string | null;
  readonly previousKeyType: string | null;
  readonly previousKeyId: string | null;
  readonly arn: string | null;
  readonly message: string;
}

/** What the runner says of the run, which the summary repeats. */
interface Surroundings {
  readonly workflow: string;
  readonly event: string;
  readonly repository: string;
}

/** A way by which a text from outside comes in. */
interface Channel {
  readonly name: string;
  readonly run: (aws: LocalAws, text: string) => Promise<StepResult>;
  /** How it must have ended. */
  readonly outcome: string | readonly string[];
  /** The text must be found in these words, so that it has come in at all; `told` is null where the inputs were at fault. */
  readonly foundIn: (told: Told | null, step: StepResult) => readonly (string | null)[];
  readonly surroundings?: (text: string) => Surroundings;
}

/** Variables of the environment hold no NUL, are UTF-8, and may not all be long. */
function asVariable(text: string): string {
  return text.replaceAll('\0', '').slice(0, 50_000).toWellFormed();
}

function hostileSurroundings(text: string): Surroundings {
  const variable = asVariable(text);
  return { workflow: variable, event: variable, repository: variable };
}

/** What Node keeps of the bundle between runs, as here are many; a hosted runner has nothing of it. */
const CACHE = mkdtempSync(join(tmpdir(), 'stream-encryption-cache-'));

function run(aws: LocalAws, kind: Kind, inputs: Step['inputs'], env: Step['env'] = {}): Promise<StepResult> {
  return runOn(aws, kind, inputs, { env: { NODE_COMPILE_CACHE: CACHE, ...env } });
}

/** Answers every such request with this. */
function answerWith(aws: LocalAws, on: string, output: unknown): void {
  aws.faults.add({ on, times: ALWAYS, status: 200, body: JSON.stringify(output), contentType: JSON_1_1 });
}

const CHANNELS: readonly Channel[] = [
  {
    name: 'every input',
    run: (aws, text) => {
      const variable = asVariable(text);
      const names = ['stream-kind', 'stream-name', 'mode', 'key-type', 'key-id', 'wait', 'region'];
      const more = ['timeout-seconds', 'settle-seconds', 'verify-records'];
      return run(aws, 'kinesis', Object.fromEntries([...names, ...more].map((name) => [name, variable])));
    },
    outcome: 'failed',
    foundIn: (_told, { summary }) => listed(summary)
  },
  {
    name: 'the region, profile and endpoint of the environment',
    run: (aws, text) => {
      const variable = asVariable(text);
      const env = { AWS_REGION: variable, AWS_DEFAULT_REGION: variable, AWS_PROFILE: variable };
      return run(aws, 'kinesis', {}, env);
    },
    outcome: 'failed',
    foundIn: (_told, { summary }) => listed(summary)
  },
  {
    name: 'the messages of a service, the workflow, the event and the repository',
    run: (aws, text) => {
      createStream(aws, 'kinesis');
      const { workflow, event, repository } = hostileSurroundings(text);
      const env = { GITHUB_WORKFLOW: workflow, GITHUB_EVENT_NAME: event, GITHUB_REPOSITORY: repository, ...ONE_TRY };
      aws.faults.add({ on: DESCRIBE.kinesis, error: { code: 'InternalFailure', message: text, status: 500 } });
      aws.faults.add({ on: START.kinesis, error: { code: 'StrangeException', message: text } });
      return run(aws, 'kinesis', { 'key-type': 'aws-owned' }, env);
    },
    outcome: 'failed',
    foundIn: (told, { summary }) => [told?.message ?? null, originOf(summary).replace(/^Run /, '')],
    surroundings: hostileSurroundings
  },
  {
    name: 'the error codes of a service',
    run: (aws, text) => {
      aws.faults.add({ on: DESCRIBE.kinesis, error: { code: text, message: text, extra: { code: text } } });
      return run(aws, 'kinesis', {}, ONE_TRY);
    },
    outcome: 'failed',
    foundIn: (told) => [told?.message ?? null]
  },
  {
    name: 'the codes and words of a key that Firehose refuses',
    run: (aws, text) => {
      createStream(aws, 'firehose');
      const { arn } = aws.kms.createKey();
      const error = { code: 'InvalidKMSResourceException', message: text, extra: { code: text } };
      aws.faults.add({ on: START.firehose, error });
      return run(aws, 'firehose', { 'key-id': arn });
    },
    outcome: 'failed',
    foundIn: (told) => [told?.message ?? null]
  },
  {
    name: 'the refusal of KMS to describe a key',
    run: (aws, text) => {
      createStream(aws, 'firehose');
      aws.faults.add({ on: 'DescribeKey', times: ALWAYS, error: { code: 'AccessDeniedException', message: text } });
      return run(aws, 'firehose', { 'key-id': 'alias/app' });
    },
    outcome: 'failed',
    foundIn: (told) => [told?.message ?? null]
  },
  {
    name: 'the type and the details of a failed change',
    run: (aws, text) => {
      aws.firehose.create({ name: 'orders', changeMs: 1, changeFails: { type: text, details: text } });
      return run(aws, 'firehose', { 'key-type': 'aws-owned' });
    },
    outcome: 'failed',
    foundIn: (told) => [told?.message ?? null]
  },
  {
    name: 'every word of a description by Kinesis',
    run: (aws, text) => {
      answerWith(aws, DESCRIBE.kinesis, {
        StreamDescriptionSummary: {
          StreamName: text,
          StreamARN: text,
          StreamStatus: text,
          EncryptionType: 'KMS',
          KeyId: text,
          RetentionPeriodHours: 24
        }
      });
      return run(aws, 'kinesis', { mode: 'check', 'key-type': 'customer-managed' });
    },
    outcome: ['failed', 'non-compliant'],
    foundIn: (told) => [told?.status ?? null, told?.keyId ?? null, told?.arn ?? null]
  },
  {
    name: 'every word of a description by Firehose',
    run: (aws, text) => {
      answerWith(aws, DESCRIBE.firehose, {
        DeliveryStreamDescription: {
          DeliveryStreamName: text,
          DeliveryStreamARN: text,
          DeliveryStreamStatus: text,
          DeliveryStreamEncryptionConfiguration: {
            KeyARN: text,
            KeyType: text,
            Status: text,
            FailureDescription: { Type: text, Details: text }
          }
        }
      });
      return run(aws, 'firehose', {});
    },
    outcome: 'failed',
    foundIn: (told) => [told?.status ?? null, told?.arn ?? null, told?.message ?? null]
  },
  {
    name: 'the source of a delivery stream',
    run: (aws, text) => {
      answerWith(aws, DESCRIBE.firehose, {
        DeliveryStreamDescription: { DeliveryStreamARN: text, DeliveryStreamType: text }
      });
      return run(aws, 'firehose', {});
    },
    outcome: 'not-applicable',
    foundIn: (told) => [told?.message ?? null]
  },
  {
    name: 'every word of a description by KMS, in a warning',
    run: (aws, text) => {
      const { arn } = aws.kms.createKey();
      createStream(aws, 'kinesis', arn);
      answerWith(aws, 'DescribeKey', {
        KeyMetadata: { Arn: text, KeyId: text, KeyManager: text, KeySpec: text, KeyUsage: text, KeyState: text }
      });
      return run(aws, 'kinesis', {});
    },
    outcome: 'unchanged',
    foundIn: (_told, { stdout }) => warningsOf(stdout).map(({ message }) => message)
  },
  {
    name: 'the key of before, in the aftercare',
    run: (aws, text) => {
      // Longer than this no key's name may be.
      createStream(aws, 'kinesis', text.slice(0, 2_000));
      aws.kinesis.get('orders').changeMs = 1;
      return run(aws, 'kinesis', { 'key-id': aws.kms.createKey().arn });
    },
    outcome: 'rekeyed',
    foundIn: (told, { summary }) => [told?.previousKeyId ?? null, listed(summary).join('\n')]
  },
  {
    name: 'a page that something on the way puts in place of an answer',
    run: (aws, text) => {
      aws.faults.add({ on: DESCRIBE.kinesis, status: 403, body: text });
      return run(aws, 'kinesis', {});
    },
    outcome: 'failed',
    // What the SDK makes of such a page is its own affair.
    foundIn: () => []
  }
];

let tried = 0;
afterAll(() => {
  rmSync(CACHE, { recursive: true });
  process.stderr.write(`injection: ${tried} runs, ${Object.keys(CORPUS).length} texts by ${CHANNELS.length} ways\n`);
});

describe.each(CHANNELS)('hostile texts by way of $name', (channel) => {
  test('make no command, no false output and no markup', async () => {
    const waiting = Object.entries(CORPUS);
    const lane = async () => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        const [name, text] = next;
        try {
          await using aws = await startLocalAws();
          examine(channel, text, await channel.run(aws, text));
          tried += 1;
        } catch (cause) {
          throw new Error(`${name}: ${cause instanceof Error ? cause.message : cause}`, { cause });
        }
      }
    };
    await Promise.all(Array.from({ length: LANES }, lane));
  }, 60_000);
});

function examine(channel: Channel, text: string, step: StepResult): void {
  const told = toldBy(step);
  expect([channel.outcome].flat()).toContain(step.outputs.outcome);
  for (const word of channel.foundIn(told, step)) expect(squeezed(word ?? '')).toContain(beginningOf(text));

  expect(Object.keys(step.outputs)).toEqual(OUTPUTS);
  expectLog(step, told);
  expectSummary(step, told, channel.surroundings?.(text));
}

/** The first characters of what must be found where the text came in: cleaned, and without blanks, which cleaning adds. */
function beginningOf(text: string): string {
  return squeezed(asVariable(text)).slice(0, 12);
}

function squeezed(text: string): string {
  return plain(text.slice(0, 1_000)).replace(/\s+/g, '');
}

/** The only member of the output `results`; null where there is none. */
function toldBy({ outputs }: StepResult): Told | null {
  const results: Told[] = JSON.parse(outputs.results ?? '');
  return results[0] ?? null;
}

function warningsOf(log: string): Command[] {
  return commandsOf(log).filter(({ name }) => name === 'warning');
}

/** The list items of a summary, as they show. */
function listed(summary: string): string[] {
  return shapesOf(summary).flatMap((shape) => {
    return typeof shape !== 'string' && shape.name === 'ul' ? shape.content.map(textOf) : [];
  });
}

/** The line that tells where the run came from. */
function originOf(summary: string): string {
  return textOf(shapesOf(summary).at(-1) ?? '');
}

const ENDED_BADLY: ReadonlySet<string> = new Set(['failed', 'non-compliant', 'not-applicable']);

/** The only commands are the action's own annotations and its log of requests; nothing in it is invisible or moves a cursor. */
function expectLog({ stdout, stderr, summary, outputs }: StepResult, told: Told | null): void {
  for (const line of linesOf(stdout + stderr)) expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);

  const commands = commandsOf(stdout + stderr);
  const debug = commands.filter(({ name }) => name === 'debug');
  for (const { message } of debug) {
    expect(message).toMatch(/^(kinesis|firehose|kms) [A-Z]\w+ \d+ ms (\d{3}|no answer)( [0-9a-f-]{36})?$/);
  }
  const warnings = warningsOf(stdout);
  const error = (title: string, message: string): Command => ({ name: 'error', properties: { title }, message });
  const errors =
    told === null
      ? [error('Stream encryption', listed(summary).join('\n'))]
      : ENDED_BADLY.has(told.outcome)
        ? [error(`${told.kind} orders`, plain(`${told.outcome}: ${told.message}`))]
        : [];
  expect(commands.filter(({ name }) => name !== 'debug')).toEqual([...errors, ...warnings]);
  for (const { properties } of warnings) expect(properties).toEqual({ title: `${told?.kind} orders` });
  expect(warnings).toHaveLength(outputs.outcome === 'unchanged' ? 1 : 0);
}

const SURROUNDINGS: Surroundings = {
  workflow: 'Encrypt streams',
  event: 'workflow_dispatch',
  repository: 'octo-org/streams'
};

function inside(shape: Shape | string | undefined): readonly (Shape | string)[] {
  return shape === undefined || typeof shape === 'string' ? [] : shape.content;
}

function anchor(href: string, ...content: (Shape | string)[]): Shape {
  return { name: 'a', attributes: { href }, content };
}

function code(text: string): Shape {
  return element('code', plain(text));
}

/** What GitHub makes a link, a mention or a picture of outside code. */
const LINKED = /@\w|#\d|(?<![\w-])[a-z]+-\d|:\w+:|:\/\/|\bwww\.|\b[0-9a-f]{7,40}\b/i;

/** That this is an element with just this text, in which some words are code, among them all that GitHub would link. */
function expectProse(shape: Shape | string | undefined, name: string, text: string): void {
  const content = inside(shape).map((part) => (typeof part === 'string' ? part : element('code', textOf(part))));
  expect(shape).toEqual(element(name, ...content));
  expect(textOf(shape ?? '')).toBe(plain(text));
  for (const part of content) if (typeof part === 'string') expect(part).not.toMatch(LINKED);
}

function expectList(list: Shape | string | undefined, texts: readonly string[]): void {
  expect(list).toEqual(element('ul', ...inside(list)));
  expect(inside(list)).toHaveLength(texts.length);
  for (const [index, text] of texts.entries()) expectProse(inside(list)[index], 'li', text);
}

/** The summary is one block of HTML to GitHub's Markdown, and exactly what is meant to a browser. */
function expectSummary({ summary, stdout, outputs }: StepResult, told: Told | null, around = SURROUNDINGS): void {
  expect(summary).toMatch(/^<h3>.*<\/p>\n$/s);
  for (const line of summary.trimEnd().split('\n')) expect(line).toMatch(/^<\/?(h3|p|ul|li|table|tr)\b/);
  expect(summary).not.toMatch(/[^\P{Cc}\n]|[\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
  expect(summary.length).toBeLessThan(500_000);

  const [request = ''] = linesOf(stdout);
  const link = plain(`https://github.com/${around.repository}/actions/runs/1658821493`);
  const origin = element(
    'p',
    element('sub', 'Run ', anchor(link, code(`${around.workflow} #7`)), ', started by ', code(around.event))
  );
  const shapes = shapesOf(summary);
  expect(shapes[0]).toEqual(element('h3', textOf(shapes[0] ?? '')));
  expect(textOf(shapes[0] ?? '')).toMatch(new RegExp(`^\\S+ Stream encryption: ${outputs.outcome}$`));
  expect(shapes.at(-1)).toEqual(origin);
  const body = shapes.slice(1, -1);
  if (told === null) {
    expect(body).toHaveLength(1);
    expectList(body[0], listed(summary));
    return;
  }
  expectProse(body[0], 'p', request);
  expectTable(body[1], told);
  const notes = notesOn(told, stdout);
  expect(body).toHaveLength(notes.length === 0 ? 2 : 3);
  if (notes.length > 0) expectList(body[2], notes);
}

const HEAD = element(
  'tr',
  ...['Outcome', 'Stream', 'Key before → key now', 'Time'].map((title) => element('th', title))
);

function expectTable(table: Shape | string | undefined, told: Told): void {
  const [outcome = '', stream = '', , time = ''] = inside(inside(inside(table)[0])[1]);
  const [link = ''] = inside(stream);
  const href = typeof link === 'string' ? '' : (link.attributes.href ?? '');
  expect(href).toMatch(/^https:\/\/us-east-1\.console\.(aws\.amazon\.com|amazonaws\.cn)\/[!-~]+$/);
  expect(textOf(outcome)).toMatch(new RegExp(`^\\S+ ${told.outcome}$`));
  expect(textOf(time)).toMatch(/^\d+\.\d\d\u00a0s$/);
  const cells = [
    element('td', textOf(outcome)),
    element('td', anchor(href, code('orders')), ' ', element('sub', told.kind)),
    element('td', ...keysOf(told)),
    element('td', textOf(time))
  ];
  expect(table).toEqual(element('table', element('tbody', HEAD, element('tr', ...cells))));
}

function keysOf({ outcome, changed, encrypted, ...told }: Told): (Shape | string)[] {
  const key = (type: string | null, id: string | null) => {
    if (id !== null) return code(id.replace(/^arn:aws:kms:us-east-1:111122223333:key\//, ''));
    return type === null ? null : type === 'aws-owned' ? 'the AWS owned key' : 'a customer managed key';
  };
  const now = encrypted === 'false' ? 'not encrypted' : (key(told.keyType, told.keyId) ?? 'unknown');
  // The only changes that fail here ask for the AWS owned key.
  if (changed && outcome === 'failed') return [now, element('br'), '→ the AWS owned key, not proved'];
  const before = outcome === 'enabled' ? 'not encrypted' : key(told.previousKeyType, told.previousKeyId);
  if (before === null || isDeepStrictEqual(before, now)) return [now];
  return typeof now === 'string' ? [before, element('br'), `→ ${now}`] : [before, element('br'), '→ ', now];
}

/** The notes below the table: why it did not end well or what is planned, the warnings, and what is to be seen to. */
function notesOn(told: Told, log: string): string[] {
  const why = ENDED_BADLY.has(told.outcome) || told.outcome === 'planned' ? [told.message] : [];
  const aftercare = linesOf(log).filter((line) => /^(Keep the old key|Producers need) /.test(line));
  return [...why, ...warningsOf(log).map(({ message }) => message), ...aftercare];
}

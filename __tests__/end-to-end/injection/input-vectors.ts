/** Hostile texts in inputs, and in the environment variables that take the place of inputs. */

import { join } from 'node:path';
import { listItems } from '../html.ts';
import { createStream, KINDS } from '../step.ts';
import type { InjectionVector } from './sandbox.ts';
import { asVariable, startOf, withoutSpaces } from './text.ts';

const LIST_INPUTS = ['stream-name', 'stream-tags', 'from-key-id', 'approved-key-ids'] as const;
const STRING_INPUTS = ['stream-kind', 'mode', 'key-type', 'key-id', 'wait', 'region', 'report-issue'] as const;
const NUMBER_INPUTS = ['timeout-seconds', 'settle-seconds', 'verify-records'] as const;

/** The messages that quote no entry of the text, if it is read as a list. */
function withoutQuote(messages: readonly string[], text: string): string[] {
  const entries = asVariable(text)
    .split(/[\n,]/)
    .map(startOf)
    .filter((entry) => entry !== '');
  return messages.filter((message) => !entries.some((entry) => withoutSpaces(message).includes(entry)));
}

/** Sets one list input to the text. The run fails because the input is invalid or because no such stream exists. */
function listInput(input: (typeof LIST_INPUTS)[number], others: Readonly<Record<string, string>>): InjectionVector {
  return {
    name: `the input ${input}`,
    run: (sandbox, text) => sandbox.run('kinesis', { ...others, [input]: asVariable(text) }),
    outcome: 'failed',
    foundIn: ({ errors, streams }, _step, text) => {
      const messages = [...errors, ...streams.map(({ message }) => message)];
      return messages.length > 0 && withoutQuote(messages, text).length === 0 ? [] : messages;
    }
  };
}

/** The text as a valid tag value: one line of limited length. */
function asTagValue(text: string): string {
  return asVariable(text).replace(/\s+/g, ' ').slice(0, 200).toWellFormed().trim();
}

export const INPUT_VECTORS: readonly InjectionVector[] = [
  {
    name: 'every input',
    run: (sandbox, text) => {
      const variable = asVariable(text);
      const names = [...STRING_INPUTS, ...NUMBER_INPUTS, ...LIST_INPUTS];
      return sandbox.run('kinesis', Object.fromEntries(names.map((name) => [name, variable])));
    },
    outcome: 'failed',
    foundIn: ({ errors }, { summary }, text) => {
      const quoting = listItems(summary).filter((item) =>
        STRING_INPUTS.some((name) => item.startsWith(`Input ${name} is "`))
      );
      const found = quoting.length === STRING_INPUTS.length ? quoting : ['an input is missing'];
      return [...found, ...withoutQuote(errors, text)];
    }
  },
  listInput('stream-name', {}),
  listInput('approved-key-ids', { mode: 'check' }),
  {
    name: 'the value of a tag that streams have',
    run: (sandbox, text) => {
      for (const kind of KINDS) createStream(sandbox.aws, kind, { tags: { env: asTagValue(text) }, changeMs: 1 });
      return sandbox.run('kinesis', { 'stream-kind': '', 'stream-name': '', 'stream-tags': `env=${asTagValue(text)}` });
    },
    outcome: 'enabled',
    foundIn: ({ request, streams }) => [request, streams.length === 2 ? request : null]
  },
  {
    name: 'a tag that the stream lacks',
    run: (sandbox, text) => {
      createStream(sandbox.aws, 'firehose', { tags: { env: 'prod' } });
      return sandbox.run('firehose', { 'stream-tags': `env=${asTagValue(text)}` });
    },
    outcome: 'failed',
    foundIn: ({ errors }, { stdout }) => [...errors, stdout.split('\n').find((line) => /left out/.test(line)) ?? null]
  },
  {
    name: 'the path of the report',
    run: (sandbox, text) => {
      createStream(sandbox.aws, 'kinesis', { changeMs: 1 });
      sandbox.reportPath = join(sandbox.folder, asVariable(text).trim());
      return sandbox.run('kinesis', {});
    },
    outcome: 'enabled',
    // A valid path appears nowhere; an invalid one appears in the error.
    foundIn: ({ errors }) => errors.map((error) => error.replace(/^.*?stream-encryption-injection-\w+./s, ''))
  },
  {
    name: 'the region and the profile of the environment',
    run: (sandbox, text) => {
      const variable = asVariable(text);
      const env = { AWS_REGION: variable, AWS_DEFAULT_REGION: variable, AWS_PROFILE: variable };
      return sandbox.run('kinesis', {}, env);
    },
    outcome: 'failed',
    foundIn: (_run, { summary }) => listItems(summary)
  },
  {
    name: 'the path in AWS_CONFIG_FILE, which leads to no file with credentials',
    run: (sandbox, text) => {
      const withoutKeys = { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined };
      const env = { ...withoutKeys, AWS_EC2_METADATA_DISABLED: 'true', AWS_CONFIG_FILE: asVariable(text) };
      return sandbox.run('kinesis', {}, env);
    },
    outcome: 'failed',
    // What contains an @ could be a password, and is not repeated.
    foundIn: ({ streams: [stream] }, _step, text) => {
      const [, path = null] = /AWS_CONFIG_FILE is (.*)/s.exec(stream?.message ?? '') ?? [];
      return text.includes('@') ? [] : [path];
    }
  }
];

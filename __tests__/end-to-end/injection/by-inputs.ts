/** Texts that come in by the inputs, and by what the environment says in their place. */

import { join } from 'node:path';
import { itemsOf } from '../html.ts';
import { createStream, KINDS } from '../step.ts';
import { asVariable, beginningOf, type Channel, squeezed } from './channel.ts';

const LISTS = ['stream-name', 'stream-tags', 'from-key-id', 'approved-key-ids'] as const;
const WORDS = ['stream-kind', 'mode', 'key-type', 'key-id', 'wait', 'region', 'report-issue'] as const;
const NUMBERS = ['timeout-seconds', 'settle-seconds', 'verify-records'] as const;

/** Those faults that quote no entry of the text, which a list is taken for. */
function unquoted(faults: readonly string[], text: string): string[] {
  const entries = asVariable(text)
    .split(/[\n,]/)
    .map(beginningOf)
    .filter((entry) => entry !== '');
  return faults.filter((fault) => !entries.some((entry) => squeezed(fault).includes(entry)));
}

/** A list that is nothing but the text. It is bad, or where it is a good one there is no such stream. */
function alone(input: (typeof LISTS)[number], others: Readonly<Record<string, string>>): Channel {
  return {
    name: `the input ${input}`,
    run: (scene, text) => scene.run('kinesis', { ...others, [input]: asVariable(text) }),
    outcome: 'failed',
    foundIn: ({ faults, streams }, _step, text) => {
      const words = [...faults, ...streams.map(({ message }) => message)];
      return words.length > 0 && unquoted(words, text).length === 0 ? [] : words;
    }
  };
}

/** One line of a text, short enough for the value of a tag. */
function asTag(text: string): string {
  return asVariable(text).replace(/\s+/g, ' ').slice(0, 200).toWellFormed().trim();
}

export const BY_INPUTS: readonly Channel[] = [
  {
    name: 'every input',
    run: (scene, text) => {
      const variable = asVariable(text);
      return scene.run('kinesis', Object.fromEntries([...WORDS, ...NUMBERS, ...LISTS].map((name) => [name, variable])));
    },
    outcome: 'failed',
    foundIn: ({ faults }, { summary }, text) => {
      const words = itemsOf(summary).filter((item) => WORDS.some((name) => item.startsWith(`Input ${name} is "`)));
      return [...(words.length === WORDS.length ? words : ['not all inputs']), ...unquoted(faults, text)];
    }
  },
  alone('stream-name', {}),
  alone('stream-tags', { 'stream-name': '' }),
  alone('from-key-id', { 'key-type': 'aws-owned' }),
  alone('approved-key-ids', { mode: 'check' }),
  {
    name: 'the value of a tag that streams have',
    run: (scene, text) => {
      for (const kind of KINDS) createStream(scene.aws, kind, { tags: { env: asTag(text) }, changeMs: 1 });
      return scene.run('kinesis', { 'stream-kind': '', 'stream-name': '', 'stream-tags': `env=${asTag(text)}` });
    },
    outcome: 'enabled',
    foundIn: ({ request, streams }) => [request, streams.length === 2 ? request : null]
  },
  {
    name: 'a tag that the stream lacks',
    run: (scene, text) => {
      createStream(scene.aws, 'firehose', { tags: { env: 'prod' } });
      return scene.run('firehose', { 'stream-tags': `env=${asTag(text)}` });
    },
    outcome: 'failed',
    foundIn: ({ faults }, { stdout }) => [...faults, stdout.split('\n').find((line) => /left out/.test(line)) ?? null]
  },
  {
    name: 'the path of the report',
    run: (scene, text) => {
      createStream(scene.aws, 'kinesis', { changeMs: 1 });
      scene.reportPath = join(scene.folder, asVariable(text).trim());
      return scene.run('kinesis', {});
    },
    outcome: 'enabled',
    // Where it can be the name of a file nothing tells of it, else the fault does.
    foundIn: ({ faults }) => faults.map((fault) => fault.replace(/^.*?stream-encryption-injection-\w+./s, ''))
  },
  {
    name: 'the region, profile and endpoint of the environment',
    run: (scene, text) => {
      const variable = asVariable(text);
      const env = { AWS_REGION: variable, AWS_DEFAULT_REGION: variable, AWS_PROFILE: variable };
      return scene.run('kinesis', {}, env);
    },
    outcome: 'failed',
    foundIn: (_told, { summary }) => itemsOf(summary)
  }
];

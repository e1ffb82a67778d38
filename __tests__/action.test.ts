import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { readActionFile } from '../demo/action-file.ts';
import { outputsOf } from '../src/github/outputs.ts';
import { DEFAULTS } from '../src/given-inputs.ts';
import { readInputs } from '../src/inputs.ts';

const { defaults } = readActionFile();
const action = parse(readFileSync('action.yml', 'utf8'));

/** The request that these inputs make, with nothing else around. */
function read(inputs: Readonly<Record<string, string>>) {
  const given: Readonly<Record<string, string>> = { 'stream-kind': 'kinesis', 'stream-name': 'orders', ...inputs };
  return readInputs({
    input: (name) => given[name] ?? '',
    env: { AWS_REGION: 'us-east-1' },
    profileRegion: () => Promise.reject(new Error('no profile'))
  });
}

describe('action.yml', () => {
  test('an input that arrives empty means its default there', async () => {
    const written = Object.entries(defaults).filter(([, value]) => value !== '');
    expect(written.length).toBeGreaterThan(0);
    expect(await read(Object.fromEntries(written))).toEqual(await read({}));
  });

  test('has every default: none lives only in code', () => {
    expect(defaults).toMatchObject(DEFAULTS);
  });

  test('names the outputs that are set, and no other', () => {
    expect(Object.keys(action.outputs)).toEqual(Object.keys(outputsOf([], 0)));
  });
});

import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { toOutputs } from '../../src/github/inputs-outputs.ts';
import { DEFAULTS } from '../../src/inputs/input-reader.ts';
import { readActionFile } from '../../testing/action-file.ts';
import { readWith } from '../support/inputs.ts';

const { defaults } = readActionFile();
const action = parse(readFileSync('action.yml', 'utf8'));

describe('action.yml', () => {
  test('an input that arrives empty means its default there', async () => {
    const written = Object.entries(defaults).filter(([, value]) => value !== '');
    expect(written.length).toBeGreaterThan(0);
    expect(await readWith(Object.fromEntries(written))).toEqual(await readWith({}));
  });

  test('has every default: none lives only in code', () => {
    expect(defaults).toMatchObject(DEFAULTS);
  });

  test('names the outputs that are set, and no other', () => {
    expect(Object.keys(action.outputs)).toEqual(Object.keys(toOutputs([], 0)));
  });
});

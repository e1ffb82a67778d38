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
  test('uses the default for an empty input', async () => {
    const withDefault = Object.entries(defaults).filter(([, value]) => value !== '');
    expect(withDefault.length).toBeGreaterThan(0);
    expect(await readWith(Object.fromEntries(withDefault))).toEqual(await readWith({}));
  });

  test('contains every default of the code', () => {
    expect(defaults).toMatchObject(DEFAULTS);
  });

  test('lists exactly the outputs that the action sets', () => {
    expect(Object.keys(action.outputs)).toEqual(Object.keys(toOutputs([], 0)));
  });
});

import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { toOutputs } from '../../src/github/inputs-outputs.ts';
import { INPUT_DEFAULTS } from '../../src/inputs/input-reader.ts';
import { InvalidInputs, readInputs } from '../../src/inputs/inputs.ts';
import { readActionFile } from '../../testing/action-file.ts';
import { NO_PROFILE, readWith } from '../support/inputs.ts';

const { defaults } = readActionFile();
const action = parse(readFileSync('action.yml', 'utf8'));

describe('action.yml', () => {
  test('uses the default for an empty input', async () => {
    const withDefault = Object.entries(defaults).filter(([, value]) => value !== '');
    expect(withDefault.length).toBeGreaterThan(0);
    expect(await readWith(Object.fromEntries(withDefault))).toEqual(await readWith({}));
  });

  test('lists exactly the inputs of the code, with their defaults', () => {
    expect(Object.entries(defaults)).toEqual(Object.entries(INPUT_DEFAULTS));
  });

  test('lists only inputs that are read', async () => {
    const names = new Set<string>();
    const input = (name: string) => {
      names.add(name);
      return '';
    };
    await expect(readInputs({ input, env: {}, profileRegion: NO_PROFILE })).rejects.toThrow(InvalidInputs);
    expect([...names].sort()).toEqual(Object.keys(defaults).sort());
  });

  test('lists exactly the outputs that the action sets', () => {
    expect(Object.keys(action.outputs)).toEqual(Object.keys(toOutputs([], 0)));
  });
});

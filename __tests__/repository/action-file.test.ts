import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { OUTCOMES } from '../../src/encryption/model.ts';
import { toOutputs } from '../../src/github/inputs-outputs.ts';
import { INPUT_DEFAULTS, mustBe } from '../../src/inputs/input-reader.ts';
import { InvalidInputs, readInputs } from '../../src/inputs/inputs.ts';
import { readActionFile } from '../../testing/action-file.ts';
import { MINIMAL_INPUTS, NO_PROFILE, readWith } from '../support/inputs.ts';

const { defaults } = readActionFile();
const action = parse(readFileSync('action.yml', 'utf8'));

test('action.yml lists exactly the inputs that the action reads, with their defaults, and the outputs that it sets', async () => {
  const names = new Set<string>();
  const input = (name: string) => {
    names.add(name);
    return '';
  };
  await expect(readInputs({ input, env: {}, profileRegion: NO_PROFILE })).rejects.toThrow(InvalidInputs);
  expect([...names].sort()).toEqual(Object.keys(defaults).sort());
  expect(Object.entries(defaults)).toEqual(Object.entries(INPUT_DEFAULTS));
  expect(Object.keys(action.outputs)).toEqual(Object.keys(toOutputs([], 0)));
  const required = { ...MINIMAL_INPUTS, 'key-type': 'any' };
  expect(await readWith({ ...defaults, ...required })).toEqual(await readWith(required));
});

/** A type in the format of github-actions-typing. */
interface Type {
  readonly type: string;
  readonly 'allowed-values'?: readonly string[];
}

/** Generators of typed workflows read it. */
describe('action-types.yml', () => {
  const types: Readonly<Record<'inputs' | 'outputs', Readonly<Record<string, Type>>>> = parse(
    readFileSync('action-types.yml', 'utf8')
  );

  /** Returns null if the action accepts the value, or the error about this input. */
  async function errorOf(name: string, value: string): Promise<string | null> {
    const error = await readWith({ ...MINIMAL_INPUTS, [name]: value }).catch((cause: unknown) => cause);
    const errors = error instanceof InvalidInputs ? error.errors : [];
    return errors.find((line) => line.startsWith(`Input ${name} `)) ?? null;
  }

  test('has the inputs, outputs and outcomes of action.yml, in the same order', () => {
    expect(Object.keys(types.inputs)).toEqual(Object.keys(action.inputs));
    expect(Object.keys(types.outputs)).toEqual(Object.keys(action.outputs));
    expect(types.outputs.outcome).toEqual({ type: 'enum', 'allowed-values': OUTCOMES });
  });

  test.each(Object.entries(types.inputs))('has the type that the action reads for %s', async (name, one) => {
    const { description } = action.inputs[name];
    const values = one['allowed-values'] ?? ['true', 'false'];
    switch (one.type) {
      case 'enum':
      case 'boolean':
        expect(await errorOf(name, 'neither')).toMatch(new RegExp(`${mustBe(values)}\\b`));
        return expect(['', ...values]).toContain(defaults[name]);
      case 'integer':
      case 'float':
        expect([await errorOf(name, 'many'), await errorOf(name, '2')]).toEqual([expect.any(String), null]);
        return expect((await errorOf(name, '2.5')) === null).toBe(one.type === 'float');
      case 'list':
        expect(one).toMatchObject({ separator: '\n', 'list-item': { type: expect.stringMatching(/^(string|enum)$/) } });
        return expect(description).toMatch(/one per line|commas too/);
      default:
        expect(one).toEqual({ type: 'string' });
        return expect(description).not.toMatch(/one per line|commas too/);
    }
  });
});

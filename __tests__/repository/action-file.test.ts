import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { OUTCOMES } from '../../src/encryption/model.ts';
import { toOutputs } from '../../src/github/inputs-outputs.ts';
import { INPUT_DEFAULTS, mustBe } from '../../src/inputs/input-reader.ts';
import { InvalidInputs, readInputs } from '../../src/inputs/inputs.ts';
import { readActionFile } from '../../testing/action-file.ts';
import { inputErrors, MINIMAL_INPUTS, NO_PROFILE, readWith } from '../support/inputs.ts';

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

/** Generators of typed workflows read it, in the format of github-actions-typing. */
describe('action-types.yml', () => {
  const types = parse(readFileSync('action-types.yml', 'utf8'));
  const inputs: [name: string, type: { readonly type: string; readonly 'allowed-values'?: string[] }][] =
    Object.entries(types.inputs);

  test('has the inputs, outputs and outcomes of action.yml, in the same order', () => {
    expect(Object.keys(types.inputs)).toEqual(Object.keys(action.inputs));
    expect(Object.keys(types.outputs)).toEqual(Object.keys(action.outputs));
    expect(types.outputs.outcome).toEqual({ type: 'enum', 'allowed-values': OUTCOMES });
  });

  test.each(inputs)('has the type that the action reads for %s', async (name, { type, ...fields }) => {
    expect(/one per line|commas too/.test(action.inputs[name].description)).toBe(type === 'list');
    const errors = await Promise.all(['neither', '7.5', '7'].map((value) => inputErrors({ [name]: value })));
    const refused = errors.map((all) => all.some((error) => error.startsWith(`Input ${name} is`)));
    const expected: Record<string, boolean[]> = { integer: [true, true, false], float: [true, false, false] };
    if (expected[type]) expect(refused).toEqual(expected[type]);
    if (type !== 'enum' && type !== 'boolean') return;
    const values = fields['allowed-values'] ?? ['true', 'false'];
    expect(errors[0]?.join()).toMatch(new RegExp(`Input ${name} is "neither": .*${mustBe(values)}\\b`));
    expect(['', ...values]).toContain(defaults[name]);
  });
});

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

describe('action.yml', () => {
  test('uses the default for an empty input', async () => {
    const withDefault = Object.entries(defaults).filter(([, value]) => value !== '');
    expect(withDefault.length).toBeGreaterThan(0);
    expect(await readWith(Object.fromEntries(withDefault))).toEqual(await readWith({}));
  });

  test('lists exactly the inputs that the action reads, with their defaults, and the outputs that it sets', async () => {
    const names = new Set<string>();
    const input = (name: string) => {
      names.add(name);
      return '';
    };
    await expect(readInputs({ input, env: {}, profileRegion: NO_PROFILE })).rejects.toThrow(InvalidInputs);
    expect([...names].sort()).toEqual(Object.keys(defaults).sort());
    expect(Object.entries(defaults)).toEqual(Object.entries(INPUT_DEFAULTS));
    expect(Object.keys(action.outputs)).toEqual(Object.keys(toOutputs([], 0)));
  });
});

/** A type in the format of github-actions-typing. */
interface Type {
  readonly type: string;
  readonly 'allowed-values'?: readonly string[];
  readonly separator?: string;
  readonly 'list-item'?: Type;
}

/** The fields that each type has. */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  string: ['type'],
  boolean: ['type'],
  integer: ['type'],
  float: ['type'],
  enum: ['type', 'allowed-values'],
  list: ['type', 'separator', 'list-item']
};

/** Generators of typed workflows read it. */
describe('action-types.yml', () => {
  const types: Readonly<Record<'inputs' | 'outputs', Readonly<Record<string, Type>>>> = parse(
    readFileSync('action-types.yml', 'utf8')
  );
  const inputs = Object.entries(types.inputs);

  /** Returns null if the action accepts the value, or the error about this input. */
  async function errorOf(name: string, value: string): Promise<string | null> {
    const error = await readWith({ ...MINIMAL_INPUTS, [name]: value }).catch((cause: unknown) => cause);
    const errors = error instanceof InvalidInputs ? error.errors : [];
    return errors.find((line) => line.startsWith(`Input ${name} `)) ?? null;
  }

  test('has the inputs and outputs of action.yml, in the same order', () => {
    expect(Object.keys(types.inputs)).toEqual(Object.keys(action.inputs));
    expect(Object.keys(types.outputs)).toEqual(Object.keys(action.outputs));
  });

  test.each([...inputs, ...Object.entries(types.outputs)])('has a valid type for %s', (_, type) => {
    expect(Object.keys(type)).toEqual(FIELDS[type.type]);
    if (type['list-item']) expect(Object.keys(type['list-item'])).toEqual(FIELDS[type['list-item'].type]);
  });

  test.each(inputs.filter(([, { type }]) => ['enum', 'boolean'].includes(type)))(
    'allows the values of %s that the action allows, and its default',
    async (name, { 'allowed-values': values = ['true', 'false'] }) => {
      expect(await errorOf(name, 'neither')).toMatch(new RegExp(`${mustBe(values)}\\b`));
      expect(['', ...values]).toContain(defaults[name]);
    }
  );

  test.each(inputs.filter(([, { type }]) => ['integer', 'float'].includes(type)))(
    'has the type of numbers that %s may be',
    async (name, { type }) => {
      expect(await errorOf(name, 'many')).not.toBeNull();
      expect(await errorOf(name, '2')).toBeNull();
      expect(await errorOf(name, '2.5')).toEqual(type === 'float' ? null : expect.stringContaining('a whole number'));
    }
  );

  test.each(inputs)('says that %s is a list of lines exactly if it is', (name, { type, separator }) => {
    expect(/one per line|commas too/.test(action.inputs[name].description)).toBe(type === 'list');
    expect(separator).toBe(type === 'list' ? '\n' : undefined);
  });

  test('has the outcomes and the answers to `encrypted`', () => {
    expect(types.outputs.outcome).toEqual({ type: 'enum', 'allowed-values': OUTCOMES });
    for (const value of types.outputs.encrypted?.['allowed-values'] ?? []) {
      expect(action.outputs.encrypted.description).toContain(`\`${value}\``);
    }
  });
});

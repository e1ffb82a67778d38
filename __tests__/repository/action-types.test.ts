/** action-types.yml gives the types of the inputs and outputs for generators of typed workflows. */

import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { OUTCOMES } from '../../src/encryption/model.ts';
import { mustBe } from '../../src/inputs/input-reader.ts';
import { InvalidInputs } from '../../src/inputs/inputs.ts';
import { readActionFile } from '../../testing/action-file.ts';
import { MINIMAL_INPUTS, readWith } from '../support/inputs.ts';

/** A type in the format of github-actions-typing. */
interface Type {
  readonly type: string;
  readonly 'allowed-values'?: readonly string[];
  readonly separator?: string;
  readonly 'list-item'?: Type;
}

interface Types {
  readonly inputs: Readonly<Record<string, Type>>;
  readonly outputs: Readonly<Record<string, Type>>;
}

const types: Types = parse(readFileSync('action-types.yml', 'utf8'));
const action = parse(readFileSync('action.yml', 'utf8'));
const { defaults } = readActionFile();
const INPUTS = Object.entries(types.inputs);

/** The fields that each type has. */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  string: ['type'],
  boolean: ['type'],
  integer: ['type'],
  float: ['type'],
  enum: ['type', 'allowed-values'],
  list: ['type', 'separator', 'list-item']
};

/** Whether the action accepts a value: null, or the error about this input. */
async function errorOf(name: string, value: string): Promise<string | null> {
  const error = await readWith({ ...MINIMAL_INPUTS, [name]: value }).catch((cause: unknown) => cause);
  const errors = error instanceof InvalidInputs ? error.errors : [];
  return errors.find((line) => line.startsWith(`Input ${name} `)) ?? null;
}

describe('action-types.yml', () => {
  test('has the inputs and outputs of action.yml, in the same order', () => {
    expect(Object.keys(types.inputs)).toEqual(Object.keys(action.inputs));
    expect(Object.keys(types.outputs)).toEqual(Object.keys(action.outputs));
  });

  test.each([...INPUTS, ...Object.entries(types.outputs)])('has a valid type for %s', (_, type) => {
    expect(Object.keys(type)).toEqual(FIELDS[type.type]);
    if (type['list-item']) expect(Object.keys(type['list-item'])).toEqual(FIELDS[type['list-item'].type]);
  });

  test.each(INPUTS.filter(([, { type }]) => ['enum', 'boolean'].includes(type)))(
    'allows the values of %s that the action allows',
    async (name, { 'allowed-values': values = ['true', 'false'] }) => {
      expect(await errorOf(name, 'neither')).toMatch(new RegExp(`${mustBe(values)}\\b`));
    }
  );

  test.each(INPUTS.filter(([, { type }]) => ['integer', 'float'].includes(type)))(
    'has the type of numbers that %s may be',
    async (name, { type }) => {
      expect(await errorOf(name, 'many')).not.toBeNull();
      expect(await errorOf(name, '2')).toBeNull();
      expect(await errorOf(name, '2.5')).toEqual(type === 'float' ? null : expect.stringContaining('a whole number'));
    }
  );

  test.each(INPUTS)('says that %s is a list of lines exactly if it is', (name, { type, separator }) => {
    expect(/one per line|commas too/.test(action.inputs[name].description)).toBe(type === 'list');
    expect(separator).toBe(type === 'list' ? '\n' : undefined);
  });

  test.each(INPUTS.filter(([name]) => defaults[name] !== ''))('allows the default of %s', (name, type) => {
    const patterns = {
      boolean: /^(true|false)$/,
      float: /^\d+$/,
      enum: new RegExp(`^(${type['allowed-values']?.join('|')})$`)
    };
    expect(defaults[name]).toMatch(new Map(Object.entries(patterns)).get(type.type) ?? /^$/);
  });

  test('has the outcomes and the answers to `encrypted`', () => {
    expect(types.outputs.outcome).toEqual({ type: 'enum', 'allowed-values': OUTCOMES });
    for (const value of types.outputs.encrypted?.['allowed-values'] ?? []) {
      expect(action.outputs.encrypted.description).toContain(`\`${value}\``);
    }
  });
});

import { describe, expect, test } from '@jest/globals';
import { INPUT_DEFAULTS } from '../../src/inputs/input-reader.ts';
import { unknownInputs } from '../../src/inputs/unknown-inputs.ts';
import { IN_REGION, type Inputs, inputErrors } from '../support/inputs.ts';

/** The environment variable in which the runner passes an input. */
function variableOf(name: string): string {
  return `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`;
}

/** The names that the error for an unknown input suggests. */
function suggestionsFor(name: string): readonly string[] {
  const [error = ''] = unknownInputs({ [variableOf(name)]: 'x' });
  return /did you mean ([^?]+)\?/.exec(error)?.[1]?.split(' or ') ?? [];
}

const NAMES = Object.keys(INPUT_DEFAULTS);

describe('an input that does not exist', () => {
  test('is reported with the inputs that exist and its environment variable, but without its value', () => {
    expect(unknownInputs({ 'INPUT_DRY-RUN': 's3cret' })).toEqual([
      `Input dry-run does not exist: remove it, or use ${NAMES.join(', ')}. An environment variable INPUT_DRY-RUN of the job counts as an input, too`
    ]);
  });

  test('is reported with the input that was probably meant', () => {
    expect(unknownInputs({ 'INPUT_STREAM-TAG': 'a=b' })).toEqual([
      'Input stream-tag does not exist: did you mean stream-tags? An environment variable INPUT_STREAM-TAG of the job counts as an input, too'
    ]);
  });

  test('is reported even if it is empty, and each by itself', () => {
    expect(unknownInputs({ 'INPUT_DRY-RUN': '', INPUT_FORCE: 'true' })).toHaveLength(2);
  });

  test('is reported before the other errors', async () => {
    const inputs: Inputs = { 'stream-kind': 'kafka', 'stream-name': 'orders' };
    expect(await inputErrors(inputs, { ...IN_REGION, 'INPUT_DRY-RUN': 'true' })).toEqual([
      expect.stringContaining('Input dry-run does not exist'),
      expect.stringContaining('Input stream-kind is "kafka"')
    ]);
  });

  test.each([
    ['approved-keys', ['approved-key-ids']],
    ['timeout', ['timeout-seconds']],
    ['timeout seconds', ['timeout-seconds']],
    ['stream_name', ['stream-name']],
    ['stream', ['stream-kind', 'stream-name', 'stream-tags']],
    ['key-ids', ['key-id']],
    ['kms-key-id', ['key-id']],
    ['aws-region', ['region']],
    ['tags', ['stream-tags']],
    ['wiat', ['wait']],
    ['dry-run', []],
    ['force', []],
    ['id', []]
  ])('suggests for %s: %j', (name, suggestions) => {
    expect(suggestionsFor(name)).toEqual(suggestions);
  });

  test.each(NAMES)('suggests %s if one letter is missing, added or wrong', (name) => {
    const middle = Math.floor(name.length / 2);
    for (const letters of ['', `x${name[middle]}`, 'x']) {
      expect(suggestionsFor(name.slice(0, middle) + letters + name.slice(middle + 1))).toContain(name);
    }
  });
});

describe('no error', () => {
  test('for any input that exists, in whatever case its name is', () => {
    for (const name of NAMES) {
      expect(unknownInputs({ [variableOf(name)]: 'x', [`INPUT_${name}`]: 'x' })).toEqual([]);
    }
  });

  test.each(['INPUT_', 'INPUT', 'MY_INPUT_X', 'input_file', 'GITHUB_ACTION'])(
    'for the variable %s, which is no input',
    (variable) => {
      expect(unknownInputs({ [variable]: 'x' })).toEqual([]);
    }
  );
});

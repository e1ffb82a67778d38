import { expect, test } from '@jest/globals';
import { INPUT_DEFAULTS } from '../../src/inputs/input-reader.ts';
import { unknownInputs } from '../../src/inputs/unknown-inputs.ts';

const NAMES = Object.keys(INPUT_DEFAULTS);

/** The names that the error for an unknown input suggests. The runner passes an input as a variable. */
function suggestionsFor(name: string): readonly string[] {
  const [error = ''] = unknownInputs({ [`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`]: 'x' });
  return /did you mean ([^?]+)\?/.exec(error)?.[1]?.split(' or ') ?? [];
}

test('an input that does not exist is reported with what to use instead, without its value, and even if it is empty', () => {
  expect(unknownInputs({ 'INPUT_DRY-RUN': 's3cret', 'INPUT_STREAM-TAG': '' })).toEqual([
    `Input dry-run does not exist: remove it, or use ${NAMES.join(', ')}. An environment variable INPUT_DRY-RUN of the job counts as an input, too`,
    'Input stream-tag does not exist: did you mean stream-tags? An environment variable INPUT_STREAM-TAG of the job counts as an input, too'
  ]);
});

test.each([
  ['timeout seconds', ['timeout-seconds']],
  ['stream', ['stream-kind', 'stream-name', 'stream-tags']],
  ['aws-region', ['region']],
  ['max', ['max-changes']],
  ['wiat', ['wait']],
  ['regiion', ['region']],
  ['id', []]
])('an input that does not exist is compared with the others: %s, %j', (name, suggestions) => {
  expect(suggestionsFor(name)).toEqual(suggestions);
});

test('an input that exists, in whatever case, and a variable that is no input are no errors', () => {
  const inputs = NAMES.flatMap((name) => [`INPUT_${name.toUpperCase()}`, `INPUT_${name}`]);
  const others = ['INPUT_', 'INPUT', 'MY_INPUT_X', 'input_file', 'GITHUB_ACTION'];
  expect(unknownInputs(Object.fromEntries([...inputs, ...others].map((name) => [name, 'x'])))).toEqual([]);
});

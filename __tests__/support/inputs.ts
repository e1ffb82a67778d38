/** Reads requests and errors from the inputs of a test. */

import { expect } from '@jest/globals';
import type { RunRequest } from '../../src/encryption/model.ts';
import { InvalidInputs, readInputs } from '../../src/inputs/inputs.ts';
import { REGION } from './account.ts';
import { type Inputs, withAnyKey } from './any-key.ts';

export type { Inputs };

/** The smallest set of valid inputs, apart from the key. */
export const MINIMAL_INPUTS = { 'stream-kind': 'kinesis', 'stream-name': 'orders' };

export const IN_REGION = { AWS_REGION: REGION };

export const NO_PROFILE = () => Promise.resolve('');

/** Reads the request from exactly these inputs. */
export async function readExactly(
  inputs: Inputs,
  env: Inputs = IN_REGION,
  profileRegion: () => Promise<string> = NO_PROFILE
): Promise<RunRequest> {
  return readInputs({ input: (name) => inputs[name] ?? '', env, profileRegion });
}

/** Reads the request from these inputs, with any key required unless they name the key. */
export function read(
  inputs: Inputs,
  env: Inputs = IN_REGION,
  profileRegion: () => Promise<string> = NO_PROFILE
): Promise<RunRequest> {
  return readExactly(withAnyKey(inputs), env, profileRegion);
}

/** Reads the request from the minimal inputs and these. */
export function readWith(inputs: Inputs): Promise<RunRequest> {
  return read({ ...MINIMAL_INPUTS, ...inputs });
}

/** Returns the errors of these inputs. Throws if they are valid. */
export async function inputErrors(inputs: Inputs, env: Inputs = IN_REGION): Promise<readonly string[]> {
  const request = await read(inputs, env).catch((error: unknown) => error);
  if (request instanceof InvalidInputs) return request.errors;
  throw new Error(`The inputs are valid: ${JSON.stringify(request)}`);
}

/** Returns the only error of the minimal inputs and these. */
export async function inputError(inputs: Inputs): Promise<string> {
  const [error = '', ...others] = await inputErrors({ ...MINIMAL_INPUTS, ...inputs });
  expect(others).toEqual([]);
  return error;
}

/** Reads requests and faults from inputs that a test gives. */

import { expect } from '@jest/globals';
import type { RunRequest } from '../../src/encryption/model.ts';
import { BadInputs, readRequest } from '../../src/inputs.ts';
import { REGION } from './words.ts';

export type Inputs = Readonly<Record<string, string>>;

/** The fewest inputs that make a request. */
export const LEAST = { 'stream-kind': 'kinesis', 'stream-name': 'orders' };

export const IN_REGION = { AWS_REGION: REGION };

export const NO_PROFILE = () => Promise.reject(new Error('Region is missing'));

/** The request that just these inputs make. */
export function read(
  inputs: Inputs,
  env: Inputs = IN_REGION,
  profileRegion: () => Promise<string> = NO_PROFILE
): Promise<RunRequest> {
  return readRequest({ input: (name) => inputs[name] ?? '', env, profileRegion });
}

/** The request that the fewest inputs and these make. */
export function readWith(inputs: Inputs): Promise<RunRequest> {
  return read({ ...LEAST, ...inputs });
}

/** The faults that just these inputs have. */
export async function faultsOf(inputs: Inputs, env: Inputs = IN_REGION): Promise<readonly string[]> {
  const request = await read(inputs, env).catch((error: unknown) => error);
  if (request instanceof BadInputs) return request.faults;
  throw new Error(`No fault was found: ${JSON.stringify(request)}`);
}

/** The one fault that the fewest inputs and these have. */
export async function faultOf(inputs: Inputs): Promise<string> {
  const [fault = '', ...others] = await faultsOf({ ...LEAST, ...inputs });
  expect(others).toEqual([]);
  return fault;
}

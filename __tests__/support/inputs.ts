/** Reads requests and faults from inputs that a test gives. */

import { expect } from '@jest/globals';
import type { RunRequest } from '../../src/encryption/model.ts';
import { InvalidInputs, type ReportingOptions, readInputs } from '../../src/inputs/inputs.ts';
import { REGION } from './account.ts';

export type Inputs = Readonly<Record<string, string>>;

/** The fewest inputs that make a request. */
export const LEAST = { 'stream-kind': 'kinesis', 'stream-name': 'orders' };

export const IN_REGION = { AWS_REGION: REGION };

export const NO_PROFILE = () => Promise.reject(new Error('Region is missing'));

/** The request that just these inputs make. */
export async function read(
  inputs: Inputs,
  env: Inputs = IN_REGION,
  profileRegion: () => Promise<string> = NO_PROFILE
): Promise<RunRequest> {
  return (await readInputs({ input: (name) => inputs[name] ?? '', env, profileRegion })).request;
}

/** Where the end of a run is told that has the fewest inputs and these. */
export async function reportingOf(inputs: Inputs): Promise<ReportingOptions> {
  const given: Inputs = { ...LEAST, ...inputs };
  return (await readInputs({ input: (name) => given[name] ?? '', env: IN_REGION, profileRegion: NO_PROFILE }))
    .reporting;
}

/** The request that the fewest inputs and these make. */
export function readWith(inputs: Inputs): Promise<RunRequest> {
  return read({ ...LEAST, ...inputs });
}

/** The faults that just these inputs have. */
export async function faultsOf(inputs: Inputs, env: Inputs = IN_REGION): Promise<readonly string[]> {
  const request = await read(inputs, env).catch((error: unknown) => error);
  if (request instanceof InvalidInputs) return request.errors;
  throw new Error(`No fault was found: ${JSON.stringify(request)}`);
}

/** The one fault that the fewest inputs and these have. */
export async function faultOf(inputs: Inputs): Promise<string> {
  const [fault = '', ...others] = await faultsOf({ ...LEAST, ...inputs });
  expect(others).toEqual([]);
  return fault;
}

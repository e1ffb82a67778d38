import { getInput } from '@actions/core';

/** The text of an input, trimmed; empty where it was left out. */
export function input(name: string): string {
  return getInput(name);
}

/** What the commands of this folder have in common. */

import { loadavg } from 'node:os';

/** Reads an option; throws where it is no whole number from 1 on. */
export function wholeNumber(option: string, value: string): number {
  const number = Number(value);
  if (Number.isInteger(number) && number > 0) return number;
  throw new Error(`${option} ${value}: give a whole number, 1 or more`);
}

/** Reads an option with several, by commas. */
export function wholeNumbers(option: string, values: string): number[] {
  return values.split(',').map((value) => wholeNumber(option, value));
}

/** How busy the machine is. */
export function loadNow(): string {
  return (loadavg()[0] ?? Number.NaN).toFixed(2);
}

export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Says what is under way, where it does not get in between what is printed. */
export function say(what: string): void {
  process.stderr.write(`${what}\n`);
}

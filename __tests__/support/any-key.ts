/** The key that a test requires if it is about something else. */

export type Inputs = Readonly<Record<string, string>>;

const KEY_INPUTS = ['key-type', 'key-id', 'approved-key-ids'];

/** The inputs, with any key required unless they name the key. An empty input counts: a variable may be unset. */
export function withAnyKey(inputs: Inputs): Inputs {
  return KEY_INPUTS.some((name) => Object.hasOwn(inputs, name)) ? inputs : { 'key-type': 'any', ...inputs };
}

/** Parses the file to which a step writes its outputs: `name=value`, or `name<<delimiter`, the lines of the value, `delimiter`. */

/** Parses the outputs as the runner does. Throws if the runner would fail the step. */
export function parseOutputs(text: string): Record<string, string> {
  const lines = text.split(/\r?\n/);
  const outputs: Record<string, string> = {};
  for (let line = lines.shift(); line !== undefined; line = lines.shift()) {
    if (line === '') continue;
    const [, name = '', operator, rest = ''] = /^(.+?)(=|<<)(.*)$/.exec(line) ?? [];
    if (operator === undefined) throw new Error(`Expected name=value or name<<delimiter: ${line}`);
    outputs[name] = operator === '=' ? rest : heredoc(lines, name, rest);
  }
  return outputs;
}

/** Removes the value and its closing delimiter from the lines, and returns the value. */
function heredoc(lines: string[], name: string, delimiter: string): string {
  const end = lines.indexOf(delimiter);
  if (delimiter === '' || end < 0) throw new Error(`The value of ${name} is not terminated by a line "${delimiter}"`);
  const value = lines.splice(0, end + 1).slice(0, -1);
  return value.join('\n');
}

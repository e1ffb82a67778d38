/** The workflow commands in a step's log, as the GitHub runner finds them. */

export interface Command {
  /** Such as `error`; `##[` where it is one of the old form. */
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly message: string;
}

/** The lines that the runner takes a log for: it reads stdout and stderr alike, and ends a line at each of these. */
export function linesOf(log: string): string[] {
  return log.split(/\r\n|\n|\r/);
}

/**
 * Every line that the runner takes, or might take, for a command: one that begins with `::` behind whatever .NET counts
 * as white space, complete or not, and one that holds `##[` anywhere. Source: actions/runner, ActionCommand.cs.
 */
export function commandsOf(log: string): Command[] {
  return linesOf(log).flatMap((line) => {
    if (line.includes('##[')) return [{ name: '##[', properties: {}, message: line }];
    const [, name, properties = '', message = ''] = /^[\s\u0085\u180e]*::([^\s:]*)(?: (.*?))?::(.*)$/s.exec(line) ?? [];
    if (name !== undefined) return [{ name, properties: propertiesOf(properties), message: unescaped(message) }];
    return /^[\s\u0085\u180e]*::/.test(line) ? [{ name: '::', properties: {}, message: line }] : [];
  });
}

function propertiesOf(text: string): Record<string, string> {
  const pairs = text.split(',').filter((pair) => pair !== '');
  return Object.fromEntries(
    pairs.map((pair) => {
      const [name = '', ...value] = pair.split('=');
      return [name, unescaped(value.join('=').replaceAll('%3A', ':').replaceAll('%2C', ','))];
    })
  );
}

function unescaped(text: string): string {
  return text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');
}

/** Finds the workflow commands in a step's log as the GitHub runner does. */

export interface WorkflowCommand {
  /** For example `error`; `##[` for a command in the old format, `::` for an incomplete one. */
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly message: string;
}

/** Splits a log at every line ending that the runner recognizes on stdout and stderr. */
export function linesOf(log: string): string[] {
  return log.split(/\r\n|\n|\r/);
}

/**
 * Returns every line that the runner treats, or might treat, as a command: one that starts with `::` after white space as
 * .NET defines it, complete or not, and one that contains `##[` anywhere. Source: actions/runner, ActionCommand.cs.
 */
export function commandsOf(log: string): WorkflowCommand[] {
  return linesOf(log).flatMap((line) => {
    if (line.includes('##[')) return [{ name: '##[', properties: {}, message: line }];
    const [, name, properties = '', message = ''] = /^[\s\u0085\u180e]*::([^\s:]*)(?: (.*?))?::(.*)$/s.exec(line) ?? [];
    if (name !== undefined) return [{ name, properties: parseProperties(properties), message: unescapeData(message) }];
    return /^[\s\u0085\u180e]*::/.test(line) ? [{ name: '::', properties: {}, message: line }] : [];
  });
}

function parseProperties(text: string): Record<string, string> {
  const pairs = text.split(',').filter((pair) => pair !== '');
  return Object.fromEntries(
    pairs.map((pair) => {
      const [name = '', ...value] = pair.split('=');
      return [name, unescapeData(value.join('=').replaceAll('%3A', ':').replaceAll('%2C', ','))];
    })
  );
}

function unescapeData(text: string): string {
  return text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');
}

import { jest } from '@jest/globals';

/** What is written to stdout meanwhile, where the runner reads it. */
export function written(write: () => void): string {
  const stdout = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  try {
    write();
    return stdout.mock.calls.map(([text]) => text).join('');
  } finally {
    stdout.mockRestore();
  }
}

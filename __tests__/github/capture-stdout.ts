import { jest } from '@jest/globals';

/** Returns what `write` writes to stdout, where the runner reads workflow commands. */
export function captureStdout(write: () => void): string {
  const stdout = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  try {
    write();
    return stdout.mock.calls.map(([text]) => text).join('');
  } finally {
    stdout.mockRestore();
  }
}

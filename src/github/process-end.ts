/** Ends the step's process, even if it still waits for something. */

/** How long sockets and streams may take to close. The step must end within a second of a signal. */
const GRACE_MS = 250;

/**
 * Ends the process with `process.exitCode` once nothing is pending, and after a quarter of a second at the latest. What is
 * still pending then, such as a credential process, a name that is not resolved, or a named pipe, is of no use any more.
 */
export function endProcess(): void {
  // Without this, Node would first remove the signal handler, and then take some time to end: a signal would kill it.
  process.once('beforeExit', () => (process.env.NODE_EXTRA_CA_CERTS ? forceEnd() : process.exit()));
  setTimeout(forceEnd, GRACE_MS).unref();
}

/**
 * `process.exit` joins the threads of libuv's pool, and the thread that reads NODE_EXTRA_CA_CERTS, which the event loop does
 * not wait for. If one of them is blocked, because getaddrinfo does not answer or nobody writes to a named pipe, it never
 * returns; neither does `process.reallyExit`. A signal to itself ends the process, but not with exit code 0. So the process is
 * replaced by another one, which ends all threads at once, and which only exits. Measured with Node 24 on Linux.
 */
function forceEnd(): void {
  const exitCode = Number(process.exitCode ?? 0);
  if (process.execve !== undefined && process.platform !== 'win32') {
    // Some builds of Node need its shared libraries found; every other variable could change what it does.
    const { LD_LIBRARY_PATH } = process.env;
    const env = LD_LIBRARY_PATH === undefined ? {} : { LD_LIBRARY_PATH };
    process.execve(process.execPath, [process.execPath, '--eval', `process.exitCode = ${exitCode}`], env);
  }
  // Windows cannot replace a process. A process that is killed there has exit code 1.
  if (exitCode === 1) process.kill(process.pid, 'SIGKILL');
  process.exit();
}

/**
 * The entry of the bundle. The signal handler is installed before anything else is loaded: until then, a signal ends the
 * process without outputs.
 */

import { cancellation } from './github/cancellation.ts';
import { endProcess } from './github/process-end.ts';

// A run that does not reach its result has failed. Without this, a defect while modules are loaded would exit with 0.
process.exitCode = 1;
const cancelled = cancellation(process);

const main = await import('./main.ts').catch((cause) => {
  console.log(`::error title=Stream encryption::The action could not be loaded: ${cause}`);
});
await main?.run(cancelled);
endProcess();

import { run } from './main.ts';

await run();

// Everything is reported. What may still be pending, such as a credential process, must not keep the step running.
setTimeout(() => process.exit(), 500).unref();

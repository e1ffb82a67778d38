/** Node 24 strips the types itself, so nothing transforms the sources on the way into a test. */
export default {
  testMatch: ['**/__tests__/**/*.test.ts'],
  testPathIgnorePatterns: [
    '/node_modules/',
    // The mutation tests work on copies of the project.
    '<rootDir>/.stryker-tmp/',
    // On Windows no process can send another a signal; the workflow CI lets the runner itself cancel a step there.
    ...(process.platform === 'win32' ? ['/end-to-end/cancellation/'] : [])
  ],
  modulePathIgnorePatterns: ['<rootDir>/.stryker-tmp/'],
  // Far longer than any test takes, however busy the machine is: a step that hangs is ended by the limit of its process.
  testTimeout: 300_000,
  transform: {},
  extensionsToTreatAsEsm: ['.ts'],
  // jest leaves one core free by default; most tests start processes, which wait.
  maxWorkers: '100%',
  globalSetup: './__tests__/support/global-setup.ts',
  setupFiles: ['./__tests__/support/native-errors.ts'],
  collectCoverageFrom: ['src/**/*.ts'],
  coverageProvider: 'v8',
  coverageThreshold: { global: { lines: 98, branches: 98 } }
};

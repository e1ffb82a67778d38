/** Node 24 strips the types itself, so nothing transforms the sources on the way into a test. */
export default {
  testMatch: ['**/__tests__/**/*.test.ts'],
  // The mutation tests work on copies of the project.
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/.stryker-tmp/'],
  modulePathIgnorePatterns: ['<rootDir>/.stryker-tmp/'],
  transform: {},
  extensionsToTreatAsEsm: ['.ts'],
  setupFiles: ['./__tests__/support/errors-of-node.ts'],
  collectCoverageFrom: ['src/**/*.ts'],
  coverageProvider: 'v8',
  coverageThreshold: { global: { lines: 98, branches: 98 } }
};

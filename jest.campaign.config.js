/** The campaigns at full extent: every fault at every moment, every hostile text in every place, thousands of random histories. */

import config from './jest.config.js';

process.env.TEST_EXTENT = 'exhaustive';

export default {
  ...config,
  testMatch: [
    '**/__tests__/campaign/*.test.ts',
    '**/__tests__/end-to-end/injection.test.ts',
    '**/__tests__/encryption/**/*properties.test.ts'
  ]
};

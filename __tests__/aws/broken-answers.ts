/** What comes instead of an answer, and is to be taken for none at all. */
export const BROKEN_ANSWERS = [
  { body: '', status: 200 },
  { body: '{}', status: 200 },
  { body: '<html>', status: 200 },
  { body: '<html>', status: 403 },
  { cutOff: 'after' }
] as const;

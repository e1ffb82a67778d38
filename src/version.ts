/** The version of the action, in the report and in the user agent of its requests. A test compares it with package.json. */
export const VERSION = '1.0.0';

/** The credentials in the environment. The SDK reads them from there itself. */

const VARIABLES = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'];

/**
 * Removes blanks and line breaks around the credentials, which often come with a pasted secret. Throws if a credential
 * contains any other character than visible ASCII ones, which no request header can hold. With AWS_PROFILE, the SDK does not
 * use these variables.
 */
export function trimCredentials(env: NodeJS.ProcessEnv): void {
  for (const variable of VARIABLES) {
    const value = env[variable];
    if (value === undefined) continue;
    const trimmed = value.trim();
    if (!/^[\x21-\x7e]*$/.test(trimmed) && !env.AWS_PROFILE) {
      throw new Error(
        `${variable} contains a blank, a line break or another character that no credential contains: set it to exactly what AWS issued`
      );
    }
    env[variable] = trimmed;
  }
}

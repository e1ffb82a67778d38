/**
 * The secrets of a run, which are hidden by their value in everything that leaves the step. `core.setSecret` would not do: it
 * writes the secret to stdout, for the runner to read.
 */

import { KINDS, MODES, OUTCOMES } from '../encryption/model.ts';

/** The variables that hold a key or a token, in any case. An input is a variable, too. */
const SECRET_VARIABLES =
  /^(AWS_SECRET_ACCESS_KEY|AWS_SESSION_TOKEN|AWS_SECURITY_TOKEN|AWS_CONTAINER_AUTHORIZATION_TOKEN|AWS_BEARER_TOKEN_.*|ACTIONS_ID_TOKEN_REQUEST_TOKEN|ACTIONS_RUNTIME_TOKEN|(GITHUB|GH)_(ENTERPRISE_)?TOKEN|INPUT_GITHUB-TOKEN)$/i;

/** Keys and tokens are much longer. Shorter ones are those of an emulator, such as `test`, and appear in other words. */
const MIN_KEY_LENGTH = 8;
/** Replacing a shorter password would destroy the text and show the password by what is missing. */
const MIN_PASSWORD_LENGTH = 4;

/** Words that outputs and report consist of. A password that is one of them, or a part, cannot be hidden. */
const CONTRACT_WORDS: readonly string[] = [...KINDS, ...MODES, ...OUTCOMES, 'aws-owned', 'customer-managed', 'unknown'];

const HIDDEN = '***';

/** All forms in which the secrets may appear. */
const forms = new Set<string>();
let anyForm: RegExp | null = null;

/** Hides the keys and tokens in the environment, and the passwords in its URLs, such as that of GITHUB_SERVER_URL. */
export function addEnvironment(env: Readonly<Record<string, string | undefined>>): void {
  addSecrets(Object.entries(env).flatMap(([name, value]) => (value && SECRET_VARIABLES.test(name) ? [value] : [])));
  addPasswords(Object.values(env).flatMap((value = '') => /^[a-z]+:\/\/[^/]*:(.+)@/i.exec(value.trim())?.[1] ?? []));
}

/** Hides keys and tokens, and each word of one that has several. Those of fewer than 8 characters stay visible. */
export function addSecrets(secrets: readonly string[]): void {
  add(
    secrets.flatMap((secret) => [secret.trim(), ...secret.trim().split(/\s+/)]),
    MIN_KEY_LENGTH
  );
}

/** Hides the user names and passwords of URLs. Those of fewer than 4 characters stay visible. */
export function addPasswords(passwords: readonly string[]): void {
  add(passwords, MIN_PASSWORD_LENGTH);
}

/** The text with `***` in place of each secret, also of one whose end is cut off by an ellipsis. */
export function hideSecrets(text: string): string {
  return anyForm === null ? text : hideCutOff(text.replace(anyForm, HIDDEN));
}

/** Hides secrets in what any code writes to these streams, such as the warnings of the SDK and of Node. */
export function hideSecretsIn(streams: readonly NodeJS.WriteStream[]): void {
  for (const stream of streams) {
    const write = stream.write.bind(stream);
    stream.write = (
      chunk: string | Uint8Array,
      encoding?: BufferEncoding | ((error?: Error | null) => void),
      callback?: (error?: Error | null) => void
    ) => {
      const hidden = typeof chunk === 'string' ? hideSecrets(chunk) : chunk;
      return typeof encoding === 'function' ? write(hidden, encoding) : write(hidden, encoding, callback);
    };
  }
}

function add(secrets: readonly string[], minLength: number): void {
  const before = forms.size;
  for (const secret of secrets) {
    if (secret.length < minLength || CONTRACT_WORDS.some((word) => word.includes(secret))) continue;
    for (const form of formsOf(secret)) forms.add(form);
  }
  if (forms.size === before) return;
  // The longest comes first, so that nothing is left of a secret that begins with another one.
  const longestFirst = [...forms].sort((a, b) => b.length - a.length);
  anyForm = new RegExp(longestFirst.map((form) => form.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')).join('|'), 'g');
}

/** The secret as it is, in a URL, in JSON and in HTML, and without the period that the end of a sentence loses. */
function formsOf(secret: string): string[] {
  const encoded = [encodeURIComponent(secret.toWellFormed()), encodeURI(secret.toWellFormed())];
  const json = JSON.stringify(secret).slice(1, -1);
  return [
    secret,
    secret.replace(/\.+$/, ''),
    ...encoded,
    ...encoded.map((text) => text.replace(/%../g, (code) => code.toLowerCase())),
    json,
    json.replaceAll('/', '\\/'),
    secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
  ].filter((form) => form.length >= MIN_PASSWORD_LENGTH);
}

/** Hides the beginning of a secret before an ellipsis, where a text was truncated. */
function hideCutOff(text: string): string {
  const parts = text.split(/(…|\.{3})/);
  return parts.map((part, index) => (index % 2 === 0 && index < parts.length - 1 ? hideEnd(part) : part)).join('');
}

function hideEnd(text: string): string {
  for (const form of forms) {
    for (let length = Math.min(form.length - 1, text.length); length >= MIN_PASSWORD_LENGTH; length--) {
      if (text.endsWith(form.slice(0, length))) return text.slice(0, -length) + HIDDEN;
    }
  }
  return text;
}

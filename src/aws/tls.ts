/** What TLS errors mean, and what to do about them. */

import type { SdkError } from './sdk-error.ts';

/** The advice if the other side answers without TLS. Which of the two it is, the error does not say. */
export const NO_TLS = 'The other side does not use TLS: check the URL of the endpoint, and the proxy';

/** By Node's code. Sources: Node's `tls` documentation, X509 certificate error codes; RFC 8446, 6.2. */
const ADVICE: readonly (readonly [RegExp, string])[] = [
  [
    /ALTNAME|HOSTNAME_MISMATCH/,
    'The TLS certificate is for another host: check the endpoint, and whether a proxy answers'
  ],
  [/CERT_HAS_EXPIRED/, 'The TLS certificate has expired: renew it, or set the clock of the machine'],
  [/CERT_NOT_YET_VALID/, 'The TLS certificate is not valid yet: set the clock of the machine'],
  [
    /ALERT_(CERTIFICATE_REQUIRED|BAD_CERTIFICATE|HANDSHAKE_FAILURE)/,
    'The server ended the TLS handshake; it may require a client certificate, which this action does not have'
  ],
  [/CERT_REVOKED|CERT_REJECTED|INVALID_PURPOSE/, 'The TLS certificate must not be used: the server needs another one'],
  [
    /SELF_SIGNED|ISSUER|LEAF_SIGNATURE|CERT_UNTRUSTED|INVALID_CA|CERT_SIGNATURE_FAILURE/,
    'The TLS certificate is not trusted: set AWS_CA_BUNDLE to the certificate authority'
  ],
  [/WRONG_VERSION_NUMBER/, NO_TLS]
];

/** The advice for an error that no further attempt can change; null for another error. */
export function tlsAdvice({ innerCode, message }: SdkError): string | null {
  // Until TLS 1.2, only the message contains the alert.
  const code = innerCode === 'EPROTO' ? message.toUpperCase().replaceAll(' ', '_') : innerCode;
  return ADVICE.find(([codes]) => codes.test(code))?.[1] ?? null;
}

import { createRequire } from 'node:module';
const require = createRequire(import.meta.url);
import {
  ENV_ACCOUNT_ID,
  ENV_CREDENTIAL_SCOPE,
  ENV_EXPIRATION,
  ENV_KEY,
  ENV_SECRET,
  ENV_SESSION,
  fromEnv
} from "./chunk-P7NXAGVD.js";
import "./chunk-4F23KDBY.js";
import "./chunk-3E2MYXSI.js";
import "./chunk-GWWDEZ3C.js";
import "./chunk-NOBOG2OK.js";
import "./chunk-BJJFHFV3.js";
export {
  ENV_ACCOUNT_ID,
  ENV_CREDENTIAL_SCOPE,
  ENV_EXPIRATION,
  ENV_KEY,
  ENV_SECRET,
  ENV_SESSION,
  fromEnv
};

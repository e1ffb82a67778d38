import { createRequire } from 'node:module';
const require = createRequire(import.meta.url);
import {
  VERSION,
  connect
} from "./chunk-PA35UCBL.js";
import "./chunk-LUJ3HMHC.js";
import "./chunk-CHTXLXPQ.js";
import "./chunk-GWWDEZ3C.js";
import "./chunk-NOBOG2OK.js";
import "./chunk-BJJFHFV3.js";
export {
  VERSION,
  connect
};

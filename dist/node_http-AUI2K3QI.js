import { createRequire } from 'node:module';
const require = createRequire(import.meta.url);
import {
  require_node_http
} from "./chunk-LUJ3HMHC.js";
import "./chunk-BJJFHFV3.js";
export default require_node_http();

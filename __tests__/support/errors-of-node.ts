import { types } from 'node:util';

/**
 * jest runs a test in a realm with an Error class of its own, so that an error of Node (a reset connection) would be no
 * `instanceof Error` to the SDK, as it never happens outside a test. Here any native error is one again.
 */
Object.defineProperty(Error, Symbol.hasInstance, {
  value(this: unknown, value: unknown): boolean {
    return (this === Error && types.isNativeError(value)) || Function.prototype[Symbol.hasInstance].call(this, value);
  }
});

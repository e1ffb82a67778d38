import { types } from 'node:util';

/**
 * jest runs a test in a realm with its own Error class, so an error of Node (a reset connection) is not `instanceof Error`
 * for the SDK. Outside tests it always is. This makes every native error an instance of Error.
 */
Object.defineProperty(Error, Symbol.hasInstance, {
  value(this: unknown, value: unknown): boolean {
    return (this === Error && types.isNativeError(value)) || Function.prototype[Symbol.hasInstance].call(this, value);
  }
});

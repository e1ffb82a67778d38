/** Preloaded into kinesis-local, which would listen on all interfaces and outlive the tests that started it. */
const { Server } = require('node:net');

const listen = Server.prototype.listen;
Server.prototype.listen = function (port, ...rest) {
  return listen.call(this, port, '127.0.0.1', ...rest);
};
process.on('disconnect', () => process.exit());

/** Preloaded into kinesis-local: binds it to the loopback interface, and ends it with the test process. */
const { Server } = require('node:net');

const listen = Server.prototype.listen;
Server.prototype.listen = function (port, ...rest) {
  return listen.call(this, port, '127.0.0.1', ...rest);
};
process.on('disconnect', () => process.exit());

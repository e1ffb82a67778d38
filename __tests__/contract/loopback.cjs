/**
 * Preloaded into kinesis-local: binds it to free ports of the loopback interface, sends the one without TLS to the test
 * process, and ends with that process.
 */
const { Server } = require('node:net');

const listen = Server.prototype.listen;
Server.prototype.listen = function (port, ...rest) {
  if (String(port) === process.env.KINESIS_MOCK_PLAIN_PORT) {
    this.once('listening', () => process.send(this.address().port));
  }
  return listen.call(this, 0, '127.0.0.1', ...rest);
};
process.on('disconnect', () => process.exit());

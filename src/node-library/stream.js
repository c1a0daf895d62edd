// Streams: the readable-stream package, with what it has not.

const streams = require('internal/packages/readable-stream');
const { Readable, Writable, Duplex } = streams;

// Node's sizes since 22
streams.setDefaultHighWaterMark?.(false, 64 * 1024);

const web = () => require('internal/web_adapters');
Readable.fromWeb = (stream, options) => web().readableFromWeb(stream, options);
Readable.toWeb = (stream, options) => web().readableToWeb(stream, options);
Writable.fromWeb = (stream, options) => web().writableFromWeb(stream, options);
Writable.toWeb = (stream) => web().writableToWeb(stream);
Duplex.fromWeb = (pair, options) => web().duplexFromWeb(pair, options);
Duplex.toWeb = (duplex) => web().duplexToWeb(duplex);

const Stream = streams.Stream ?? streams;
Stream.Stream = Stream;

module.exports = Stream;

require('internal/stdio').upgradeAll();

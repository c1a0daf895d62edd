// Between Node's streams and web streams.

const { Readable, Writable, Duplex, finished } = require('internal/packages/readable-stream');
const web = require('stream/web');

const readableFromWeb = (stream, options = {}) => {
  const reader = stream.getReader();
  let closed = false;
  const result = new Readable({
    objectMode: options.objectMode ?? false,
    highWaterMark: options.highWaterMark,
    encoding: options.encoding,
    signal: options.signal,
    read() {
      reader.read().then(
        ({ value, done }) => {
          if (done) result.push(null);
          else result.push(value);
        },
        (error) => result.destroy(error),
      );
    },
    destroy(error, callback) {
      const done = () => callback(error);
      if (closed) done();
      else reader.cancel(error).then(done, done);
    },
  });
  reader.closed.then(
    () => {
      closed = true;
    },
    (error) => {
      closed = true;
      result.destroy(error);
    },
  );
  return result;
};

const readableToWeb = (stream, options = {}) => {
  const objectMode = stream.readableObjectMode;
  stream.pause();
  return new web.ReadableStream(
    {
      start(controller) {
        stream.on('data', (chunk) => {
          controller.enqueue(Buffer.isBuffer(chunk) && !objectMode ? new Uint8Array(chunk) : chunk);
          if (controller.desiredSize <= 0) stream.pause();
        });
        finished(stream, (error) => {
          if (error) controller.error(error);
          else {
            try {
              controller.close();
            } catch {
              // it was cancelled
            }
          }
        });
        stream.pause();
      },
      pull() {
        stream.resume();
      },
      cancel(reason) {
        stream.destroy(reason);
      },
    },
    options.strategy ??
      (objectMode
        ? new web.CountQueuingStrategy({ highWaterMark: stream.readableHighWaterMark })
        : { highWaterMark: stream.readableHighWaterMark }),
  );
};

const writableFromWeb = (stream, options = {}) => {
  const writer = stream.getWriter();
  return new Writable({
    objectMode: options.objectMode ?? false,
    highWaterMark: options.highWaterMark,
    decodeStrings: options.decodeStrings ?? true,
    signal: options.signal,
    write(chunk, _encoding, callback) {
      writer.ready.then(() => writer.write(chunk)).then(() => callback(), callback);
    },
    final(callback) {
      writer.close().then(() => callback(), callback);
    },
    destroy(error, callback) {
      if (error == null) callback(error);
      else
        writer.abort(error).then(
          () => callback(error),
          () => callback(error),
        );
    },
  });
};

const writableToWeb = (stream) =>
  new web.WritableStream({
    write(chunk) {
      return new Promise((resolve, reject) => stream.write(chunk, (error) => (error ? reject(error) : resolve())));
    },
    close() {
      return new Promise((resolve) => stream.end(resolve));
    },
    abort(reason) {
      stream.destroy(reason);
    },
  });

const duplexFromWeb = ({ readable, writable }, options) =>
  Duplex.from({ readable: readableFromWeb(readable, options), writable: writableFromWeb(writable, options) });
const duplexToWeb = (duplex) => ({ readable: readableToWeb(duplex), writable: writableToWeb(duplex) });

module.exports = { duplexFromWeb, duplexToWeb, readableFromWeb, readableToWeb, writableFromWeb, writableToWeb };

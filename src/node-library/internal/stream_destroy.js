module.exports = {
  errorOrDestroy(stream, error) {
    stream.destroy(error);
  },
};

interface Options { deep: boolean }
function fail(options: Options): void {
  if (options.deep as boolean) throw new RangeError('from a .cts');
}
module.exports = { fail, file: __filename };

// require.resolve and require of every request: the file, or the error with its code and words.
for (const request of require('./requests.js')) {
  try {
    console.log(JSON.stringify(request), require.resolve(request));
  } catch (error) {
    console.log(JSON.stringify(request), error.name, JSON.stringify(error), Object.getOwnPropertyNames(error).join(), error.message);
  }
  try {
    require(request);
  } catch (error) {
    console.log('  require:', String(error), error.stack.split('\n    at')[0] === String(error));
  }
}

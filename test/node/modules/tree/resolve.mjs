// import.meta.resolve and import() of every request.
import requests from './requests.js';
for (const request of [...requests, `file://${import.meta.dirname}/imp/a.js`, `file://${import.meta.dirname}/imp`]) {
  try {
    console.log(JSON.stringify(request), import.meta.resolve(request));
  } catch (error) {
    console.log(JSON.stringify(request), error.name, JSON.stringify(error), Object.getOwnPropertyNames(error).join(), error.message);
  }
  try {
    await import(request);
  } catch (error) {
    console.log('  import:', String(error), JSON.stringify(error));
  }
}

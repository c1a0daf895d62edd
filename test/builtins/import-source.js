// import.source: a script's own phase of import; JavaScript has no source object.
const texts = [
  'import.source()',
  'import.source("a", "b")',
  'import.source("a",)',
  'new import.source("a")',
  'import.source',
  'import.source("x") = 1',
  'import . /* phase */ source ("data:text/javascript,1")',
  'import.sourc\\u0065("x")',
  'import.source(...[])',
  'import.meta',
  'import.defer("x")',
];
for (const text of texts) {
  try {
    const value = (0, eval)(text);
    console.log(text, typeof value);
    value?.catch?.(() => {});
  } catch (error) {
    console.log(text, String(error));
  }
}
import.source('data:text/javascript,1').catch((error) => console.log(String(error)));
import.source({
  toString() {
    throw 'the specifier';
  },
}).catch(console.log);

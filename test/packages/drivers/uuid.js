const { v4, v5, v3, validate, version, parse, stringify, NIL, v7 } = require('uuid');
console.log(v5('hello', v5.DNS), v3('hello', v3.URL), validate(v4()), version(v7()), parse('6ba7b810-9dad-11d1-80b4-00c04fd430c8'), NIL);

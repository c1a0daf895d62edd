const a = require("./a"); exports.seen = Object.keys(a); exports.missing = a.late; exports.name = "b";

exports.early = "a"; const b = require("./b"); exports.late = b.seen; exports.b = b;

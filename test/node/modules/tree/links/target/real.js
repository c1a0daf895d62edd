exports.file = __filename.split("/").slice(-3).join("/"); exports.dep = require("./dep.js");

module.exports = require("./real.js");

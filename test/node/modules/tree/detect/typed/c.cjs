module.exports = require("./a.js").typed;

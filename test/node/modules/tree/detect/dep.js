module.exports = [require("dep"), require("depm")];

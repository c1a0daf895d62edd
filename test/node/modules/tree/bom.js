module.exports = "after a BOM";

module.exports = "dep beside the real file";

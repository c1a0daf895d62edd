module.exports = "returned early"; return; module.exports = 1;

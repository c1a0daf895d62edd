const a = require("x");

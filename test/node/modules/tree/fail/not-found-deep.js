require("./not-found.js");

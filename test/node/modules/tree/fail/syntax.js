require("../broken.cjs");

require("../bad.json");

require("exp/other");

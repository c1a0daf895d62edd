require("../unknown.node");

require("badjson");

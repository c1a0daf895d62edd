import "../broken.mjs";

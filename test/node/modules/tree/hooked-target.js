exports.original = 1;

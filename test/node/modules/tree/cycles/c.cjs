exports.before = 1; try { require("./d.mjs"); } catch (e) { console.log(e.code, e.message.replace(/\(from .*?\)/, "(from …)")); } exports.after = 2;

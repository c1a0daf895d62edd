try { require("./e.mjs"); } catch (error) { console.log(error.code, error.message); }

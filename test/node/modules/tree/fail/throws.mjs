await 1; const e = new TypeError("late"); throw e;

// flags: --always-turbofan --trace-opt --trace-deopt
function becomesHot(a) { return a + 1; }
function callsItOften() { let s = 0; for (let i = 0; i < 40000; i++) s = becomesHot(s); return s; }
console.log(callsItOften());

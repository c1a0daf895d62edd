// A state machine driven by a switch over strings.
function step(state, input) { switch (state) { case 'idle': return input > 0 ? 'run' : 'idle'; case 'run': return input > 5 ? 'stop' : 'run'; default: return 'idle'; } }
function drive(inputs) { let s = 'idle'; for (let i = 0; i < inputs.length; i++) s = step(s, inputs[i]); return s; }
for (let i = 0; i < 3000; i++) drive([1, 2, 6, 0]);
console.log(drive([1, 6]));
console.log(drive([0.5, 7.5]));
console.log(drive(['1', null]));

// corpus: script
function paramDefaults(a, b = 2, c = a + b) { return a + b + c; }
function paramRest(a, ...rest) { return rest.length + a; }
function paramArguments() { return arguments[0] + arguments.length; }
function paramMapped(a, b) { arguments[0] = 9; b = 3; return a + arguments[1]; }
function paramStrict(a) { 'use strict'; arguments[0] = 9; return a; }
function paramDefaultClosure(a, f = () => a) { var a = 5; return f() + a; }
function paramUnused(a, b, c) { return b; }
function paramReassign(a) { a = a || {}; a.x = a.x | 0; return a; }
function paramNewTarget() { return new.target; }
function paramDuplicate(a, a) { return a; }
const paramArrow = (a, b = 1) => a + b;
const paramArrowBody = (...all) => { return all; };
function paramRestArguments(...r) { return arguments.length + r.length; }
paramDefaults(1); paramRest(1, 2); paramArguments(1); paramMapped(1, 2); paramStrict(1); paramDefaultClosure(1); paramUnused(1, 2, 3); paramReassign(); paramNewTarget(); paramDuplicate(1, 2);
paramArrow(1); paramArrowBody(1, 2); paramRestArguments(1);

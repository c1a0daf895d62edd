const fine: number = 1;
function f(a: number, b c) {}

// Blanks are skipped at both ends.
function trim(text) { let a = 0, b = text.length; while (a < b && text.charCodeAt(a) === 32) a++; while (b > a && text.charCodeAt(b - 1) === 32) b--; return text.substring(a, b); }
for (let i = 0; i < 3000; i++) trim('  ab ');
console.log(trim(' x '));
console.log(trim('\u4e2d '));
try { trim(5); console.log('none'); } catch (error) { console.log(error.constructor.name); }

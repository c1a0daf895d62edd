// Bytes as hexadecimal text.
const digits = '0123456789abcdef';
function hex(bytes) { let out = ''; for (let i = 0; i < bytes.length; i++) out += digits[bytes[i] >> 4] + digits[bytes[i] & 15]; return out; }
for (let i = 0; i < 3000; i++) hex(new Uint8Array([1, 171]));
console.log(hex(new Uint8Array([255, 16])));
console.log(hex([18, 52]));
console.log(hex([300]));

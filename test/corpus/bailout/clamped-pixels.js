// Pixels in a clamped array.
function brighten(pixels, by) { for (let i = 0; i < pixels.length; i++) pixels[i] = pixels[i] + by; return pixels[0]; }
const pixels = new Uint8ClampedArray([1, 2, 3]);
for (let i = 0; i < 4000; i++) brighten(pixels, 1);
console.log(brighten(pixels, 1));
console.log(brighten(new Uint8ClampedArray([10]), 0.75));
console.log(brighten(new Int16Array([32767]), 1));

// Pieces are joined to a string, then something that is no string.
class Builder {
  constructor() { this.text = ''; this.pieces = 0; }
  add(piece) { this.text += piece; this.pieces++; return this; }
}
function line(a, b) { return new Builder().add(a).add('=').add(b).text; }
for (let i = 0; i < 4000; i++) line('k', 'v');
console.log(line('k', 'v'));
console.log(line('k', 12));
console.log(line('k', { toString() { return 'object'; } }));

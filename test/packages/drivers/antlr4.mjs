import antlr4 from 'antlr4';
const { CharStream, CommonToken, Token, atn, BitSet, Interval, IntervalSet } = antlr4;
const s = new CharStream('héllo wörld', true);
console.log(s.size, s.getText(0, 4), s.LA(1), s.index, typeof antlr4.Lexer, typeof antlr4.Parser, Object.keys(antlr4).length);
s.consume(); console.log(s.index, s.LA(1), s.LA(-1));
const t = new CommonToken([null, s], 3, Token.DEFAULT_CHANNEL, 0, 4); console.log(t.text, t.toString());


import { marked, Lexer } from 'marked';
console.log(marked.parse('# T\n\n* a **b** `c`\n* [l](u "t")\n\n| a | b |\n|--|:-:|\n| 1 | 2 |\n\n> q\n\n```js\nx < 1\n```'), Lexer.lex('a').length);

console.log(require('mustache').render('{{#l}}{{n}}:{{{h}}}{{/l}}{{^e}}none{{/e}}{{> p}}', { l: [{ n: '<', h: '<' }], e: [] }, { p: 'partial {{l.length}}' }));

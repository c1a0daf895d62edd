const Handlebars = require('handlebars');
Handlebars.registerHelper('upper', (s) => s.toUpperCase());
Handlebars.registerPartial('item', '<li>{{upper name}}{{#if n}} x{{n}}{{else}} none{{/if}}</li>');
const t = Handlebars.compile('<h1>{{title}}</h1>{{#each items as |it i|}}{{i}}{{> item it}}{{/each}}{{{raw}}}{{#unless no}}!{{/unless}}');
console.log(t({ title: 'A & B', raw: '<b>', items: [{ name: 'x', n: 2 }, { name: 'y' }] }));
console.log(Handlebars.precompile('{{a.b}} {{#with c}}{{d}}{{/with}}').length > 100);
try { Handlebars.compile('{{#if}')({}); } catch (e) { console.log(e.name, e.message.split('\n')[0]); }

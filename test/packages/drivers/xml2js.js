const xml2js = require('xml2js');
xml2js.parseString('<root a="1"><item>x &amp; y</item><item id="2"><![CDATA[<z>]]></item><!-- c --></root>', (err, result) => console.log(err, JSON.stringify(result)));
console.log(new xml2js.Builder({ headless: true }).buildObject({ root: { $: { k: 'v' }, c: ['1', { d: '<' }] } }));
xml2js.parseStringPromise('<a><b></a>').catch((e) => console.log(e.message.split('\n')[0]));

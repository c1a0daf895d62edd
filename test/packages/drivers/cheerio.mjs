import * as cheerio from 'cheerio';
const $ = cheerio.load('<ul id=f><li class=a>1<li class=b>2</ul>'); $('li.b').addClass('c').text('two & more'); $('ul').append('<li>3</li>');
console.log($.html(), $('li').map((i, e) => $(e).text()).get(), $('#f > li:nth-child(2)').attr('class'));

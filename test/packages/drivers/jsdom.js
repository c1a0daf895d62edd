const { JSDOM, VirtualConsole } = require('jsdom');
const dom = new JSDOM('<!doctype html><div id=a class="x y"><p>Hi <b>you</b></p></div>', { url: 'http://x.test/p?q=1' });
const { document } = dom.window; const d = document.querySelector('#a.x'); console.log(d.textContent, d.classList.length, document.location.search);
d.addEventListener('click', (e) => console.log('click', e.type, e.bubbles)); d.querySelector('b').dispatchEvent(new dom.window.MouseEvent('click', { bubbles: true }));
d.insertAdjacentHTML('beforeend', '<span data-k=v>s</span>'); console.log(dom.serialize(), d.lastChild.dataset.k);
const mo = new dom.window.MutationObserver((r) => console.log(r.map((x) => x.type + x.addedNodes.length))); mo.observe(d, { childList: true, attributes: true }); d.setAttribute('k', '1'); d.append('t');
console.log(JSDOM.fragment('<li>1<li>2').childNodes.length);

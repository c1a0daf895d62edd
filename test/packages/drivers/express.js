const express = require('express'); const app = express();
app.get('/a/:id', (req, res) => res.json({ id: req.params.id, q: req.query })); app.use((req, res) => res.status(404).send('nope'));
const http = require('http'); const { Readable, Writable } = require('stream');
const go = (url) => new Promise((done) => { const req = new http.IncomingMessage(new Readable({ read() {} })); req.method = 'GET'; req.url = url; req.headers = { host: 'x' }; const res = new http.ServerResponse(req); const chunks = []; const sock = new Writable({ write(c, e, cb) { chunks.push(String(c)); cb(); } }); res.assignSocket(sock); res.on('finish', () => { console.log(chunks.join('').replace(/Date: .*\r\n/, '')); done(); }); app(req, res); });
go('/a/5?x=1').then(() => go('/zzz'));

const t=(l,f)=>{try{const v=f();console.log(l,typeof v==='object'&&v?Object.prototype.toString.call(v):String(v))}catch(e){console.log(l,e.name+': '+e.message)}};
const FP=Function.prototype; const da=Object.getOwnPropertyDescriptor(FP,'arguments'), dc=Object.getOwnPropertyDescriptor(FP,'caller');
console.log(da.get===da.set, da.get===dc.get, da.get===Object.getOwnPropertyDescriptor((function(){'use strict';return arguments})(),'callee').get, da.enumerable,da.configurable);
console.log(Object.isFrozen(da.get), da.get.name===''?'empty':da.get.name, JSON.stringify(Object.getOwnPropertyDescriptors(da.get)));
const fns={f:function(){},a:()=>1,s:function(){'use strict'},m:({m(){}}).m,c:class{},g:function*(){},as:async function(){},b:function(){}.bind(),n:Math.max,nf:Function('return 1'),p:new Proxy(function(){},{}),FP};
for (const k in fns) { t(k,()=>fns[k].arguments); t(k+'c',()=>fns[k].caller); t(k+'set',()=>{fns[k].arguments=1;return 'ok'}); t(k+'own',()=>Object.getOwnPropertyNames(fns[k]).join()); t(k+'desc',()=>JSON.stringify(Object.getOwnPropertyDescriptor(fns[k],'arguments'))); t(k+'get.call',()=>da.get.call(fns[k])); }
t('call',()=>da.get()); t('call1',()=>da.get.call(1)); t('obj',()=>Object.create(FP).arguments); t('set',()=>da.set.call({},1));
(function(){'use strict'; t('strict args', ()=>arguments.callee); const a=arguments; t('own',()=>Object.getOwnPropertyNames(a).join()); t('set',()=>{a.callee=1}); t('del',()=>delete a.callee); })();
t('in',()=>'arguments' in (()=>1)); t('tmpl',()=>Object.getOwnPropertyNames((x=>x)`a${1}b`).join());
console.log(Object.getOwnPropertyNames(FP).join());
for (const k of ['$_','$&','$1','input','lastMatch','$+',"$'"]) { t(k,()=>{/b(.)/.exec('abcd'); RegExp[k]='zz'; return RegExp[k]}); }
t('inp',()=>{RegExp.input={toString(){return 'obj'}}; return RegExp.input+RegExp.$_}); t('inp2',()=>{/x/.test('axb'); return RegExp.input+RegExp.$_}); t('inps',()=>{RegExp.input=Symbol()}); t('nomatch',()=>{/q/.test('zzz'); return RegExp.input+'|'+RegExp['$&']}); t('sub',()=>{class R extends RegExp{}; return R.$1}); t('other',()=>Object.getOwnPropertyDescriptor(RegExp,'$1').get.call(5)); t('otherset',()=>Object.getOwnPropertyDescriptor(RegExp,'input').set.call(5,7)+RegExp.input);
t('$9',()=>{/(a)(b)(c)(d)(e)(f)(g)(h)(i)(j)/.exec('abcdefghij'); return RegExp.$9+RegExp['$+']}); t('unmatched',()=>{/(x)|(a)/.exec('a'); return '['+RegExp.$1+RegExp.$2+RegExp.$3+RegExp['$+']+']'}); t('unmatched2',()=>{/(a)|(x)/.exec('a'); return '['+RegExp.$1+RegExp.$2+RegExp.$3+RegExp['$+']+']'});

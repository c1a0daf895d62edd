// corpus: script
function tmplPlain() { return `plain`; }
function tmplOne(a) { return `a=${a}`; }
function tmplMany(a, b) { return `${a} + ${b} = ${a + b}`; }
function tmplNested(a) { return `x${`y${a}z`}w`; }
function tmplTag(strings, ...values) { return strings.raw[0] + values.length; }
function tmplTagged(a) { return tmplTag`one ${a} two ${a + 1}\n`; }
function tmplMemberTag(o) { return o.tag`${1}`; }
function tmplEscapes() { return `tab\t quote" back\\ dollar$ ${'in'} line\n`; }
function tmplAdjacent(a) { return `${a}${a}`; }
tmplPlain(); tmplOne(1); tmplMany(1, 2); tmplNested(1); tmplTagged(1); tmplMemberTag({ tag: tmplTag }); tmplEscapes(); tmplAdjacent('a');

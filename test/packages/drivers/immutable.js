const { Map, List, fromJS, Record, Range, OrderedSet } = require('immutable');
const m = Map({ a: 1 }).set('b', List([1, 2])); console.log(m.toString(), m.getIn(['b', 1]), m.updateIn(['b'], (l) => l.push(3)).toJS(), fromJS({ x: [1, { y: 2 }] }).equals(fromJS({ x: [1, { y: 2 }] })));
const P = Record({ x: 0, y: 0 }); console.log(String(new P({ x: 5 })), Range(0, 1e9).filter((x) => x % 7 === 0).take(3).toArray(), OrderedSet([3, 1, 3]).toArray(), List(Array.from({ length: 100 }, (_, i) => i)).slice(40, 43).toArray(), m.hashCode() === Map({ a: 1 }).set('b', List([1, 2])).hashCode());

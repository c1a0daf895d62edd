const Ajv = require('ajv'); const ajv = new Ajv.default({ allErrors: true });
const v = ajv.compile({ type: 'object', properties: { a: { type: 'integer', minimum: 3 }, b: { type: 'array', items: { type: 'string', pattern: '^x' }, uniqueItems: true }, c: { $ref: '#/definitions/d' } }, required: ['a'], additionalProperties: false, definitions: { d: { enum: [1, 2] } } });
console.log(v({ a: 5, b: ['x1'], c: 1 }), v({ a: 1, b: ['y', 'y'], c: 9, z: 1 }), v.errors.map((e) => [e.keyword, e.instancePath, e.message]));

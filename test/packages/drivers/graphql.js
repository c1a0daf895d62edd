const { graphql, buildSchema, parse, print, validate, introspectionFromSchema, GraphQLError, printSchema, lexicographicSortSchema, visit } = require('graphql');
const schema = buildSchema(`type Q { hello(n: Int = 2): [String!]! me: User } type User { id: ID! friends(first: Int): [User] } enum E { A B } schema { query: Q }`);
const user = (id) => ({ id, friends: ({ first }) => Array.from({ length: first ?? 1 }, (_, i) => user(id * 10 + i)) });
(async () => {
  console.log(JSON.stringify(await graphql({ schema, source: 'query A($n: Int) { hello(n: $n) me { id friends(first: 2) { id friends { id } } } }', rootValue: { hello: ({ n }) => Array(n).fill('x'), me: () => user(1) }, variableValues: { n: 3 } })));
  const bad = await graphql({ schema, source: '{ nope }' }); console.log(bad.errors.map(String));
  try { parse('{ a(b: ) }'); } catch (e) { console.log(String(e)); }
  console.log(print(parse('query X{a{b,c(d:"e")}}')));
  console.log(printSchema(lexicographicSortSchema(schema)));
  console.log(JSON.stringify(introspectionFromSchema(schema)).length);
  console.log(validate(schema, parse('{ me { id { x } } }')).map((e) => e.message));
})();

export const e1 = 'e1'; export { e1 as e2 }; export default 'not this'

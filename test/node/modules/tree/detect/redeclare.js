const require = 1, module = 2, exports = 3, __filename = 4; export { require, module };

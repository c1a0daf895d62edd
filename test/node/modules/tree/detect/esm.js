import assert from "assert"; export default typeof assert;

import c from "./c.cjs"; export default c;

import { a, missing as m } from "../throwing-not.mjs";

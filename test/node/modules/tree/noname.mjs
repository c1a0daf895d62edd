import { nothing } from "./throwing-not.mjs";

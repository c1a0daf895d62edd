import { count, other as o } from "./child.js";

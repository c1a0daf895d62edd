import { nothere } from './b.mjs'

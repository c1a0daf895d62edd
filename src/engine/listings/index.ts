export { attachListings } from './listings.ts';

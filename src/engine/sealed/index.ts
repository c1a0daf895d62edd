// What a cache file must show: of which build it is, of which kind, and that every byte of it is as it was written.

export { openSealed, sealedFile } from './sealed-file.ts';

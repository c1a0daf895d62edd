export const where = import.meta.url.slice(-8);

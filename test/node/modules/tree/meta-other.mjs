export const meta = { main: import.meta.main, url: import.meta.url.replace(/.*\//, ""), filename: import.meta.filename.replace(/.*\//, "") };

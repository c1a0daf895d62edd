for (const file of ['esm.js', 'meta.js', 'redeclare.js', 'cjs.js', 'typed/a.js', 'typed/b.js', 'typed/c.cjs', 'dep.js', 'tla.js'])
  try {
    console.log(file, await import(`./detect/${file}`));
  } catch (error) {
    console.log(file, String(error).replaceAll(import.meta.dirname, ''));
  }

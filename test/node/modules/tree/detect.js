for (const file of ['esm.js', 'meta.js', 'redeclare.js', 'cjs.js', 'typed/a.js', 'typed/b.js', 'typed/c.cjs', 'tla.js'])
  try {
    console.log(file, require(`./detect/${file}`));
  } catch (error) {
    console.log(file, error.code, error.message.replaceAll(__dirname, ''), error.requireStack?.length);
  }

for (const request of ['#a', '#fs', '#ext', '#x/q', '#bad', '#gone', '#n', '#', '#none', '#a/', 'imp', 'imp/a.js', '#abs', '#url'])
  try {
    console.log(request, require.resolve(request));
  } catch (error) {
    console.log(request, String(error), JSON.stringify(error));
  }

const value = await 5; console.log("tla", value, typeof require);

Promise.reject(new Error("nobody handles")); setTimeout(() => console.log("never"));

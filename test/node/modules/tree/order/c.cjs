console.log("c"); Promise.resolve().then(() => console.log("c microtask")); setTimeout(() => console.log("c timer"));

console.log("runs once"); throw new Error("thrown by a module");

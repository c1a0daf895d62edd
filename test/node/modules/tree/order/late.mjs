console.log("late"); export let value = 1; setTimeout(() => { value = 2; }); await new Promise((r) => setTimeout(r, 1));

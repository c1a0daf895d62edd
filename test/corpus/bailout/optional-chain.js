// Optional chains that find nothing.
function name(user) { return user?.profile?.name ?? 'nobody'; }
for (let i = 0; i < 5000; i++) name({ profile: { name: 'a' } });
console.log(name({ profile: { name: 'b' } }));
console.log(name(null));
console.log(name({}));
console.log(name({ profile: null }));

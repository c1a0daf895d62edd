class B { #c() { return 5; } t() { return this.#c(); } }
class R extends B { constructor() { super(); } }
class S extends B { }
class T extends B { #x = 1; }
class U extends B { #x = 1; constructor() { super(); } }
class V extends B { #m() { return 1; } t() { return super.t() + this.#m(); } }
class W extends V { #m() { return 1; } constructor() { super(); } t() { return super.t() + this.#m(); } }
for (const C of [B, R, S, T, U, V, W]) try { console.log(C.name, new C().t()); } catch (e) { console.log(C.name, e.message); }

// A static field counts instances, beyond the small integers.
class Widget { static made = 0; constructor() { Widget.made = Widget.made + 1; } }
for (let i = 0; i < 4000; i++) new Widget();
console.log(Widget.made);
Widget.made = 2 ** 31;
new Widget();
console.log(Widget.made);

var Unit;
(function (Unit) {
    Unit[Unit["Metre"] = 1] = "Metre";
})(Unit || (Unit = {}));
const outer = (box) => {
    return inner(box, Unit.Metre);
};
function inner(box, unit) {
    if (box.width > unit) {
        throw new Error('too wide');
    }
    return box.width;
}
try {
    outer({ width: 2 });
}
catch (error) {
    console.log(error.stack);
}
console.log(outer({ width: 1 }));
outer({ width: 3 });
//# sourceMappingURL=box.js.map

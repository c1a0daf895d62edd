const fine: string = "a";
if (fine) {
  class A { x: number = }
}

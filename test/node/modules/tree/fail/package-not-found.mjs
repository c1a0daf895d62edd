import "nope";

import "exp/other";

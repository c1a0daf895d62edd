import "nested/n";

import "../unknown.ext";

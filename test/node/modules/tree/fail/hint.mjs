import "../child";

import "../data.json";

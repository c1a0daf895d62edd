import "../links";

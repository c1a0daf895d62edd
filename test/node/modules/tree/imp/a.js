module.exports="imp a"

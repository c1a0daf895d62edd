throw 'thrown'

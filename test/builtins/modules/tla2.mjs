console.log('tla2'); await 0; export let v = 'v2'; console.log('tla2 done')

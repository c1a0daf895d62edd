import './tla2.mjs'; console.log('tla1'); export const v = await new Promise(r => setTimeout(() => r('v1'), 5)); console.log('tla1 done')

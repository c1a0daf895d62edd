import { nanoid, customAlphabet, urlAlphabet } from 'nanoid'; console.log(nanoid().length, nanoid(5).length, /^[ab]{6}$/.test(customAlphabet('ab', 6)()), urlAlphabet.length);

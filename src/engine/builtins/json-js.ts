// JSON.parse: the text by a native, the reviver's walk in JavaScript.

import { js } from '../runtime/index.ts';

export const parse = js`function parse(text, reviver) {
    'use strict';
    const result = %JsonParse(text);
    if (!%IsCallable(reviver)) return result;
    const revive = (holder, key) => {
      const value = holder[key];
      if (%IsJSReceiver(value)) {
        if (%ArrayIsArray(value)) {
          const length = %ToLength(value.length);
          for (let i = 0; i < length; i++) {
            const element = revive(value, %ToString(i));
            if (element === undefined) %DeleteProperty(value, i, 0); else %DefineDataProperty(value, i, element);
          }
        } else {
          const keys = %JsonKeys(value);
          for (let i = 0; i < keys.length; i++) {
            const element = revive(value, keys[i]);
            if (element === undefined) %DeleteProperty(value, keys[i], 0); else %DefineDataProperty(value, keys[i], element);
          }
        }
      }
      return %_Call(reviver, holder, key, value);
    };
    return revive({ '': result }, '');
  }`;

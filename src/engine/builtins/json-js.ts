// JSON.parse: the text by a native, the reviver's walk in JavaScript. `written` is what the value was parsed from, in its shape
// (see sourcesOf), or undefined; the reviver gets a primitive's source as long as the value is still the parsed one.

import { js } from '../runtime/index.ts';

export const parse = js`function parse(text, reviver) {
    'use strict';
    text = %ToString(text);
    const result = %JsonParse(text);
    if (!%IsCallable(reviver)) return result;
    const revive = (holder, key, written, parsed) => {
      const value = holder[key];
      const context = {};
      if (%IsJSReceiver(value)) {
        if (%ArrayIsArray(value)) {
          const isWritten = written !== undefined && %ArrayIsArray(parsed);
          const length = %ToLength(value.length);
          for (let i = 0; i < length; i++) {
            const known = isWritten && i < written[0].length;
            const element = revive(value, %ToString(i), known ? written[0][i] : undefined, known ? parsed[i] : undefined);
            if (element === undefined) %DeleteProperty(value, i, 0); else %DefineDataProperty(value, i, element);
          }
        } else {
          const isWritten = written !== undefined && %IsJSReceiver(parsed) && !%ArrayIsArray(parsed);
          const keys = %JsonKeys(value);
          for (let i = 0; i < keys.length; i++) {
            const name = keys[i];
            const known = isWritten && %JsonHasOwn(written, name);
            const element = revive(value, name, known ? written[name] : undefined, known ? parsed[name] : undefined);
            if (element === undefined) %DeleteProperty(value, name, 0); else %DefineDataProperty(value, name, element);
          }
        }
      } else if (written !== undefined && !%IsJSReceiver(parsed) && %JsonSameValue(value, parsed)) {
        %DefineDataProperty(context, 'source', written[0]);
      }
      return %_Call(reviver, holder, key, value, context);
    };
    return revive({ '': result }, '', %JsonSources(text), %JsonParse(text));
  }`;

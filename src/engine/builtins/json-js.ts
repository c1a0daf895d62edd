// JSON.parse: the text by a native, the reviver's walk in JavaScript. A reviver gets a primitive's source as long as the value
// is the parsed one, in the containers that were parsed; what was parsed is noted before it runs:
//
//   note: [value, source] of a primitive, [array, notes of its elements], [object, notes of its members]

import { js } from '../runtime/index.ts';

export const parse = js`function parse(text, reviver) {
    'use strict';
    text = %JsonText(text);
    const result = %JsonParse(text);
    if (!%IsCallable(reviver)) return result;
    const note = (value, written) => {
      if (!%IsJSReceiver(value)) return [value, written[0]];
      const notes = {};
      if (%ArrayIsArray(value)) {
        for (let i = 0; i < value.length; i++) %DefineDataProperty(notes, i, note(value[i], written[0][i]));
      } else {
        const keys = %JsonKeys(value);
        for (let i = 0; i < keys.length; i++) %DefineDataProperty(notes, keys[i], note(value[keys[i]], written[keys[i]]));
      }
      return [value, notes];
    };
    const revive = (holder, key, noted) => {
      const value = holder[key];
      const context = {};
      const isParsed = noted !== undefined && %JsonSameValue(value, noted[0]);
      if (%IsJSReceiver(value)) {
        const noteOf = (name) => (isParsed && %JsonHasOwn(noted[1], name) ? noted[1][name] : undefined);
        if (%ArrayIsArray(value)) {
          const length = %ToLength(value.length);
          for (let i = 0; i < length; i++) {
            const element = revive(value, %ToString(i), noteOf(i));
            if (element === undefined) %DeleteProperty(value, i, 0); else %DefineDataProperty(value, i, element);
          }
        } else {
          const keys = %JsonKeys(value);
          for (let i = 0; i < keys.length; i++) {
            const name = keys[i];
            const element = revive(value, name, noteOf(name));
            if (element === undefined) %DeleteProperty(value, name, 0); else %DefineDataProperty(value, name, element);
          }
        }
      } else if (isParsed) {
        %DefineDataProperty(context, 'source', noted[1]);
      }
      return %_Call(reviver, holder, key, value, context);
    };
    return revive({ '': result }, '', note(result, %JsonSources(text)));
  }`;

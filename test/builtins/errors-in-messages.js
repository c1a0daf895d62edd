// Errors in messages: of their names and messages what is data, no getter and no native property; no name means none.
const show = (what, value) => {
  try {
    Reflect.construct(value);
  } catch (error) {
    console.log(`${what}: ${error.message}`);
  }
};
const withPrototype = (prototype) => Object.setPrototypeOf(new Error('m'), prototype);
show('plain', new TypeError('m'));
show('no message', new TypeError(''));
show('no prototype', withPrototype(null));
show('an undefined name', withPrototype({ name: undefined }));
show('a name', withPrototype({ name: 'N' }));
show('a getter', withPrototype({ get name() { return 'N'; } }));
show('the name of a function', withPrototype(function n() {}));
const noMessage = withPrototype({ get message() { return 'a'; } });
delete noMessage.message;
show('neither', noMessage);
const toString = Error.prototype.toString;
show('an object like one', { toString, message: 'm' });
show('with a name alone', { toString, name: 'n' });
class Renamed { static name = 'Other'; }
show('a class by its own name', new Renamed());
// The first line of a stack has native properties, too.
console.log(withPrototype(function n() {}).stack.split('\n')[0]);
console.log(withPrototype(null).stack.split('\n')[0]);

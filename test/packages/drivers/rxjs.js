const { of, from, interval, merge, Subject, combineLatest, take, map, filter, scan, switchMap, toArray, mergeMap, delay, catchError, throwError } = require('rxjs');
from([1, 2, 3, 4, 5]).pipe(filter((x) => x % 2), map((x) => x * 10), scan((a, b) => a + b), toArray()).subscribe((v) => console.log(v));
const s = new Subject(); s.pipe(switchMap((x) => of(x, x + 1))).subscribe((v) => console.log('s', v)); s.next(1); s.next(5); s.complete();
combineLatest([of(1, 2), of('a', 'b')]).subscribe((v) => console.log(v));
throwError(() => new Error('boom')).pipe(catchError((e) => of(e.message))).subscribe(console.log);
interval(1).pipe(take(3)).subscribe({ next: (v) => console.log('i', v), complete: () => console.log('done') });

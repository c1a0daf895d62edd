import { total } from '@shapes/total';
import { Square, type Shape } from '@shapes/square';
import { Circle } from '@shapes/circle.js';
import { Bound, range, Size } from '@util';
import { settings } from 'config';
import { Report } from './app/report';
import { Store } from 'src/store/store';

const shapes: Shape[] = range(settings.count).map((side): Shape => new Square(side + 1));
const before: Bound = total(shapes, settings.rounds);
shapes.push(new Circle(1));
const after: number = total(shapes, 1);
const report = new Report<number>('areas');
report.add(before);
report.add(Math.round(after));
const store = new Store(Size.Small);
store.set('report', report.text());
console.log(store.get('report'), store.describe());

/** @jsx element */
import { type Element, element } from './element';

export const view = (title: string, values: readonly number[]): Element => (
  <section>
    {title}
    <list length={values.length}>{values.join()}</list>
  </section>
);

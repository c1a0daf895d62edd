/** What a handler asks of the loop. */
export enum Next {
  /** Go on at `pc` in frame `fp`. */
  Continue = 0,
  /** Leave the interpreter: the machine state says where to. */
  Leave = 1,
}

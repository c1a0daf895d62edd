export interface Type {
  bits: number;
}

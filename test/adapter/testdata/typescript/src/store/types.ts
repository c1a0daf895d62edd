export interface Entry {
  key: string;
  value: string;
}

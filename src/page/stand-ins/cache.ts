/** train/cache/cache.ts: a page keeps no runs. */
export const cacheDirectory = (): null => null;
export const sourcesOf = (): string => "";
export const blockKeys = (_: string, __: object, ___: object, blocks: readonly unknown[]): string[] =>
  blocks.map(() => "");

export class RunCache {
  read(): "absent" {
    return "absent";
  }
  write(): boolean {
    return false;
  }
}

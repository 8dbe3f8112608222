/** Made by build.ts. */
declare module "virtual:thread" {
  /** The script of a training thread. */
  const source: string;
  export default source;
}
declare module "virtual:kernel" {
  /** The compiled training kernel as Base64. */
  const kernel: string;
  export default kernel;
}
declare module "virtual:specs" {
  /** Reads a spec file: it then tells page/hypothesis.ts what it has. */
  export const specs: Readonly<Record<string, () => Promise<unknown>>>;
}

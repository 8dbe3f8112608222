/** train/engines/wasm/compile.ts: each thread of the page brings the compiled kernel with it. */
export const compileKernel = async (): Promise<undefined> => undefined;

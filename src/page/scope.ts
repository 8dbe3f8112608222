/** A worker's own side: TypeScript declares it only without the page's. */
export const scope = globalThis as unknown as {
  postMessage(message: unknown, transfer?: readonly Transferable[]): void;
  addEventListener(type: "message", listener: (event: MessageEvent) => void): void;
};

/** The package `canvas`, as far as figures use it. */
export const createCanvas = (width: number, height: number) => new OffscreenCanvas(width, height);

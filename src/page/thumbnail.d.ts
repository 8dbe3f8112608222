/** Made by verification/atlas/browser/thumbnail.js, a script of the page that comes before. */
declare const drawThumbnail: (thumbnail: import("../verification/claim/trainer.ts").Thumbnail) => SVGElement;

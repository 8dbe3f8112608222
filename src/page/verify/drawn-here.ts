import { useEffect, useRef, useState } from "preact/hooks";
import { html, type Part } from "../../verification/atlas/markup.ts";

/** A figure drawn in this browser, unpacked while it is looked at: a ledger of them would fill the memory. */
export function DrawnHere({ picture }: { readonly picture: Blob }): Part {
  const [open, setOpen] = useState(false);
  const toggle = ({ currentTarget }: { readonly currentTarget: HTMLDetailsElement }) => setOpen(currentTarget.open);
  return html`<details onToggle=${toggle}><summary>As drawn here</summary>${open && html`<${Picture} picture=${picture} />`}</details>`;
}

function Picture({ picture }: { readonly picture: Blob }): Part {
  const place = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    void createImageBitmap(picture).then((bitmap) => {
      const canvas = place.current;
      if (!canvas) return;
      [canvas.width, canvas.height] = [bitmap.width, bitmap.height];
      canvas.getContext("2d")!.drawImage(bitmap, 0, 0);
      bitmap.close();
    });
  }, [picture]);
  return html`<canvas ref=${place} role="img" aria-label="The figure, drawn in this browser"></canvas>`;
}

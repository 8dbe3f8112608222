/** The id at the head of a hypothesis's title: "T10 tied ReLU in 3D …" → "T10". */
export function idOf(title: string): string {
  return title.split(/\s/, 1)[0]!;
}

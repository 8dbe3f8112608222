/** The most copies of a statement that are written out; beyond that the shader loops. */
const UNROLL = 16;

/**
 * How a vector of so many numbers is written in WGSL: up to four of them as one f32, vec2f, vec3f or vec4f, more as
 * chunks of vec4f, the last of which is filled up with zeros. Vectors in private memory are variables (arrays of
 * chunks); those in workgroup memory lie one after the other in an array of chunks.
 */
export class Vector {
  /** Numbers a chunk. */
  readonly width: number;
  readonly chunks: number;
  readonly type: string;
  constructor(readonly size: number) {
    this.width = Math.min(size, 4);
    this.chunks = Math.ceil(size / 4);
    this.type = this.width === 1 ? "f32" : `vec${this.width}f`;
  }

  /** Bytes that an element of an array of chunks takes. */
  get bytes(): number {
    return this.chunks * 4 * (this.width === 3 ? 4 : this.width);
  }

  /** A private variable, zero at first. */
  declare(name: string): string {
    return `var ${name} = ${this.chunks === 1 ? `${this.type}()` : `array<vec4f, ${this.chunks}>()`};`;
  }

  /** Chunk c of a private variable. */
  chunk(name: string, c: string): string {
    return this.chunks === 1 ? name : `${name}[${c}]`;
  }

  /** Index of chunk c of the vector at `index` in an array of chunks. */
  index(index: string, c: string): string {
    return this.chunks === 1 ? index : `(${index}) * ${this.chunks}u + ${c}`;
  }

  /** The k-th number of a private variable; k is a literal like "3u" or an expression. */
  component(name: string, k: string): string {
    if (this.width === 1) return name;
    const literal = /^(\d+)u$/.exec(k);
    if (this.chunks === 1) return literal ? `${name}.${"xyzw"[Number(literal[1])]}` : `${name}[${k}]`;
    if (!literal) return `${name}[(${k}) / 4u][(${k}) % 4u]`;
    const at = Number(literal[1]);
    return `${name}[${Math.floor(at / 4)}u].${"xyzw"[at % 4]}`;
  }

  /** A chunk made of the numbers that `at` gives, zeros where the vector has ended. */
  build(c: number, at: (k: number) => string): string {
    const parts = Array.from({ length: this.width }, (_, i) => (c * 4 + i < this.size ? at(c * 4 + i) : "0.0"));
    return this.width === 1 ? parts[0]! : `${this.type}(${parts.join(", ")})`;
  }

  /** A statement for every chunk. */
  each(statement: (c: string) => string): string {
    return repeat("c", this.chunks, statement);
  }

  /** The product of two chunks, summed. */
  dot(a: string, b: string): string {
    return this.width === 1 ? `${a} * ${b}` : `dot(${a}, ${b})`;
  }

  /** Statements that leave the dot product of two vectors, given by chunk, plus `start`, in a new variable. */
  dotInto(name: string, a: (c: string) => string, b: (c: string) => string, start?: string): string {
    const plus = start === undefined ? "" : ` + ${start}`;
    if (this.chunks === 1) return `let ${name} = ${this.dot(a("0u"), b("0u"))}${plus};`;
    return `var ${name} = ${start ?? "0.0"};\n${this.each((c) => `${name} += dot(${a(c)}, ${b(c)});`)}`;
  }
}

/** A statement for each of so many indices, written out if they are few. */
export function repeat(index: string, count: number, statement: (index: string) => string): string {
  if (count <= UNROLL) return Array.from({ length: count }, (_, i) => statement(`${i}u`)).join("\n");
  return loop(index, count, statement(index));
}

/** A counted loop. */
export function loop(index: string, count: number, body: string): string {
  return `for (var ${index} = 0u; ${index} < ${count}u; ${index}++) {\n${body}\n}`;
}

/** A loop over the indices that fall to one of the threads of a seed. */
export function share(index: string, count: number, threads: number, body: string): string {
  if (count <= threads) return `if (lane < ${count}u) {\nlet ${index} = lane;\n${body}\n}`;
  return `for (var ${index} = lane; ${index} < ${count}u; ${index} += ${threads}u) {\n${body}\n}`;
}

/** Indents by braces and drops empty lines. */
export function pretty(text: string): string {
  let depth = 0;
  return `${text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .map((line) => {
      if (line.startsWith("}")) depth--;
      const out = "  ".repeat(depth) + line;
      if (line.endsWith("{")) depth++;
      return out;
    })
    .join("\n")}\n`;
}

import type { Report } from "../record/report.ts";

/**
 * What trained a run's hypotheses, for a line such as "engine wasm on 2 threads (auto: no hardware WebGPU adapter)"; those
 * that trained nothing, or read all of it from the cache, add no words.
 */
export function describeEngines(engines: readonly Report["engine"][]): string {
  const trained = engines.filter((engine) => engine !== null);
  const names = [...new Set(trained.map((engine) => engine.name))];
  const about = names.map((name) => {
    const those = trained.filter((engine) => engine.name === name);
    const devices = [...new Set(those.flatMap((engine) => engine.device ?? []))];
    const why = those.find((engine) => engine.why)?.why;
    return `${name}${devices.length > 0 ? ` on ${devices.join(" and ")}` : ""}${why ? ` (${why})` : ""}`;
  });
  return about.join(", ") || "none";
}

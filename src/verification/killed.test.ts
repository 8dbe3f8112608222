import { cpSync, existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { placesIn } from "./record/places.ts";
import { finishPending } from "./record/write.ts";
import { DemoSuite } from "./testing/demo-suite.ts";

/** When a run is killed: so many milliseconds after it starts, or after its table is shown, which is just before the record is written. */
interface Moment {
  readonly after: "start" | "table";
  readonly delay: number;
}

/** KILLS=50 tries that many random moments instead. */
const kills = Number(process.env.KILLS ?? 0);
const moments: Moment[] =
  kills > 0
    ? Array.from({ length: kills }, (_, i) =>
        i % 3 === 0
          ? { after: "start", delay: Math.random() * 4000 }
          : { after: "table", delay: Math.random() * (i % 3 === 1 ? 30 : 200) },
      )
    : [{ after: "start", delay: 1500 }, ...[0, 8, 20, 60].map((delay): Moment => ({ after: "table", delay }))];

let suite: DemoSuite;
beforeAll(() => {
  suite = new DemoSuite();
});
afterAll(() => suite.remove());

const read = (file: string) => readFileSync(suite.path("snapshots", file), "base64");
/** All that is on record, file by file. */
const onRecord = () =>
  Object.fromEntries(
    (readdirSync(suite.path("snapshots"), { recursive: true }) as string[])
      .filter((file) => /\.\w+$/.test(file))
      .sort()
      .map((file) => [file, read(file)]),
  );

test("a run of -u killed at any moment, threads and all, leaves the old record or the new one", {
  timeout: 60_000 * moments.length,
}, async () => {
  const changed = { DEMO: "flip" };
  expect(suite.vitest(["-u"]).status).toBe(0);
  const old = onRecord();
  cpSync(suite.path("snapshots"), suite.path("old"), { recursive: true });
  expect(suite.vitest(["-u"], changed).status).toBe(0);
  const updated = onRecord();
  expect(updated["figures/A1.png"]).not.toBe(old["figures/A1.png"]);

  const ended = { old: 0, new: 0, finished: 0 };
  for (const { after, delay } of moments) {
    for (const name of ["snapshots", "snapshots.lock"]) rmSync(suite.path(name), { recursive: true, force: true });
    cpSync(suite.path("old"), suite.path("snapshots"), { recursive: true });
    const child = suite.start(["-u"], changed);
    const closed = new Promise((resolve) => child.once("close", resolve));
    if (after === "table")
      await new Promise<void>((resolve) => {
        child.stdout.on("data", (data) => String(data).includes("2 hypotheses: ") && resolve());
        child.once("close", () => resolve());
      });
    await new Promise((resolve) => setTimeout(resolve, delay));
    try {
      process.kill(-child.pid!, "SIGKILL");
    } catch {
      // It has ended already.
    }
    await closed;
    // Another run would wait until it is stale.
    rmSync(suite.path("snapshots.lock"), { recursive: true, force: true });
    if (existsSync(suite.path("snapshots/conclusions.json.pending"))) ended.finished++;
    await finishPending(placesIn(suite.root));
    const { "figures/A1.png": figure } = onRecord();
    const state = figure === old["figures/A1.png"] ? "old" : "new";
    // What was half written before the change was decided is nobody's, and goes with the next writing.
    const left = Object.fromEntries(Object.entries(onRecord()).filter(([file]) => !/\.(new|tmp)$/.test(file)));
    expect(left, `${delay} ms after the ${after}`).toEqual(state === "old" ? old : updated);
    ended[state]++;
  }
  if (kills > 0) console.log(ended);
  expect(ended.old + ended.new).toBe(moments.length);
});

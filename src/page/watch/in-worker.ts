import { toTraining } from "../../explore/training.ts";
import type { Condition } from "../../suite/condition.ts";
import { disturbanceWords } from "../../suite/describe.ts";
import { duration } from "../../util/duration.ts";
import { definitionOf } from "../definition-of.ts";
import type { Tell } from "../messages.ts";
import { conditionOf } from "./condition-of.ts";
import { framesOf } from "./frames.ts";
import type { Replay, ReplayRequest } from "./messages.ts";
import { retrain } from "./retrain.ts";

/** Trains one seed again, and keeps what it looked like on the way. */
export async function replay(request: ReplayRequest, { progress }: Pick<Tell<"replay">, "progress">): Promise<Replay> {
  const condition = await asked(request);
  const run = await retrain(condition, request.seed, ({ seedSteps: { done, total }, secondsLeft }) => {
    const left = secondsLeft === null ? "" : `, ${duration(secondsLeft)} left`;
    progress(`${Math.floor((100 * done) / total)} % of ${total.toLocaleString("en")} steps${left}`);
  });
  progress("looking at what was learned");
  const { disturbed } = condition;
  const at = run.step.toLocaleString("en");
  const remarks = [
    run.status === "diverged"
      ? `It diverged: at step ${at} not every weight was finite. Each picture has its own scale.`
      : "",
    disturbed ? `Shown is what came before its end was disturbed (${disturbanceWords(disturbed)}).` : "",
  ].filter(Boolean);
  return { ...framesOf(run), remarks };
}

async function asked(request: ReplayRequest): Promise<Condition> {
  if ("given" in request) return toTraining(new Map(request.given));
  return conditionOf(await definitionOf(request.id, request.spec, request.note), request.label);
}

import { closeEngines } from "../train/engines/registry.ts";
import type { Answer, Request, TaskName, Tasks, Tell } from "./messages.ts";
import { scope } from "./scope.ts";
import { explore } from "./try/in-worker.ts";
import { verify } from "./verify/in-worker.ts";
import { replay } from "./watch/in-worker.ts";

/** Does what the page asks for, one task after another. */
const tasks: {
  readonly [T in TaskName]: (request: Tasks[T]["request"], tell: Tell<T>) => Promise<Tasks[T]["result"]>;
} = { verify, explore, replay, close: () => closeEngines().then(() => null) };

const answer = (message: Answer) => scope.postMessage(message);
const tell: Tell<TaskName> = {
  progress: (words) => answer({ kind: "progress", words }),
  partial: (partial) => answer({ kind: "partial", partial }),
};

const done = <T extends TaskName>({ task, request }: Request<T>) => tasks[task](request, tell as Tell<T>);

scope.addEventListener("message", async ({ data }: MessageEvent<Request>) => {
  try {
    answer({ kind: "result", result: await done(data) });
  } catch (error) {
    answer({ kind: "failed", why: error instanceof Error ? error.message : String(error) });
  }
});

import { startTrying } from "./try/start.ts";
import { startVerifying } from "./verify/start.ts";
import { startWatching } from "./watch/start.ts";

startVerifying();
startTrying();
startWatching();

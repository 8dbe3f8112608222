import { startVerifying } from "./verify/start.ts";
import { startWatching } from "./watch/start.ts";

startVerifying();
startWatching();

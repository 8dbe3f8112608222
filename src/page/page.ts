import { startTrying } from "./try/start.ts";
import { startVerifying } from "./verify/start.ts";

startVerifying();
startTrying();

import { startVerifying } from "./verify/start.ts";

startVerifying();

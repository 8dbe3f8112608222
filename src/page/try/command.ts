import { commandOf } from "../../explore/command.ts";
import type { Given } from "../../explore/training.ts";

/** The command that trains the same, by the engine of a page: on another one a seed may end elsewhere. */
export const commandFor = (given: Given): string => commandOf(new Map([...given, ["engine", "wasm"]]));

import { flagOf } from "../../explore/blame.ts";
import type { FlagName } from "../../explore/flags.ts";
import { type Given, type Training, toTraining } from "../../explore/training.ts";
import { InputError } from "../../util/check.ts";

/** What the flags ask for, or what is wrong with them in the words of the command line, and the flag that is to blame. */
export type Checked =
  | { readonly training: Training; readonly wrong: null }
  | { readonly training: null; readonly wrong: { readonly message: string; readonly flag: FlagName | null } };

export function checked(given: Given): Checked {
  try {
    return { training: toTraining(given), wrong: null };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const { message } = error;
    return { training: null, wrong: { message, flag: flagOf(message) } };
  }
}

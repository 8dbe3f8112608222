import type { Given } from "../../explore/training.ts";
import { fromAddress } from "./address.ts";

/** A condition of a hypothesis of the note, without the checkpoints that are only looked at on the way. */
export interface Preset {
  readonly id: string;
  /** Of the condition, as the hypothesis names it. */
  readonly label: string;
  readonly words: string;
  readonly given: Given;
}

const preset = (id: string, label: string, words: string, address: string): Preset => ({
  id,
  label,
  words,
  given: fromAddress(`${address};seeds=20000..20031`).given,
});

const untilConverged = "warmup=0.05;tolerance=0.0001;stop-every=250";

export const presets: readonly Preset[] = [
  preset(
    "T1",
    "n = 10",
    "ten features in the plane, the pentagon",
    `features=10;hidden=2;tied;loss=mse;nonlinearity=relu;steps=8000;lr=0.1:3:2;${untilConverged}`,
  ),
  preset(
    "T10",
    "n = 20",
    "in space, the nine-vertex shape",
    `features=20;hidden=3;tied;loss=mse;nonlinearity=relu;steps=12000;lr=0.4:12:8;${untilConverged}`,
  ),
  preset(
    "T11",
    "n = 12",
    "in space under GELU, several shapes",
    `features=12;hidden=3;tied;loss=mse;nonlinearity=gelu;steps=12000;lr=0.14400000000000002:4.32:2.88;${untilConverged}`,
  ),
  preset(
    "T12",
    "d = 5",
    "a hundred features in five dimensions",
    `features=100;hidden=5;tied;loss=mse;nonlinearity=relu;steps=8000;lr=10:300:200;${untilConverged}`,
  ),
  preset(
    "U2",
    "ReLU, n = 10",
    "untied, reading apart from writing",
    "features=10;hidden=2;untied;loss=mse;nonlinearity=relu;steps=20000;lr=0.2:2:0.2;warmup=0.05",
  ),
  preset(
    "C2",
    "n = 20",
    "softmax, a circle and zeros",
    "features=20;hidden=2;tied;loss=cross-entropy;nonlinearity=identity;steps=5000;lr=0.005:2:0.1;warmup=0.05",
  ),
  preset(
    "B2",
    "n = 5, older code",
    "an end bias, and a lossless circle that is seldom found",
    "features=5;hidden=2;tied;loss=mse;nonlinearity=relu;output-bias;steps=30000;lr=0.5;tolerance=0.0001",
  ),
  preset(
    "H1b",
    "ReLU, n = 10",
    "a hidden bias that goes to zero",
    "features=10;hidden=2;tied;loss=mse;nonlinearity=relu;hidden-bias;steps=8000;lr=2",
  ),
  preset(
    "S1c",
    "8 features in 2D",
    "a chain of four layers",
    "features=8;hidden=8,2,8;untied;loss=mse;nonlinearity=relu;steps=4000;lr=0.128:1.28:0.32;warmup=0.05",
  ),
  preset(
    "S7",
    "8 features",
    "two features at a time",
    "features=8;hidden=2;tied;loss=mse;nonlinearity=relu;data=k-hot;active=2;steps=4000;lr=0.024:0.48:0.24;warmup=0.05;tolerance=0.007;stop-every=500",
  ),
];

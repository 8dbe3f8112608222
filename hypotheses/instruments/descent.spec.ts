import { hypothesis } from "../../src/index.ts";
import {
  atTwiceTheRate,
  comparedWith,
  crossEntropy,
  eightSteps,
  errorsAgainst,
  isSame,
  relu,
  softmax,
  squaredError,
} from "./descent-setup.ts";

/**
 * Single steps of training for the models that T8b leaves out: biases (B4f, H2d), softmax (C1b), unit norm and scale (B9b),
 * frozen weights (U7c). wᵢ are the embedding's columns, uⱼ the unembedding's rows, a and b the hidden and the end bias, s the
 * scale.
 */

hypothesis("B4f training moves end biases like columns", {
  row: "B4",
  role: "instrument",
  kind: "dynamics",
  claim:
    "Training a tied model with an end bias is plain gradient descent of columns and biases on the mean squared error.",
  operationalisation: comparedWith("Σᵢⱼ (ReLU(wᵢ·wⱼ + bⱼ) − δᵢⱼ)²/n²"),
  given: eightSteps(relu({ outputBias: true })),
  endPoints: false,
  observe: errorsAgainst(squaredError),
  expect: { nearlyAll: "the same numbers", when: isSame },
  control: atTwiceTheRate,
});

hypothesis("H2d training moves hidden biases like columns", {
  row: "H2",
  role: "instrument",
  kind: "dynamics",
  claim:
    "Training a model with a hidden bias, tied or untied, with an end bias or without, is plain gradient descent of weights and biases on the mean squared error.",
  operationalisation: comparedWith("Σᵢⱼ (ReLU(uⱼ·(wᵢ + a) + bⱼ) − δᵢⱼ)²/n², uⱼ = wⱼ where tied"),
  given: {
    tied: eightSteps(relu({ hiddenBias: true })),
    untied: eightSteps(relu({ hiddenBias: true, tied: false })),
    "tied, end bias too": eightSteps(relu({ hiddenBias: true, outputBias: true })),
    "untied, end bias too": eightSteps(relu({ hiddenBias: true, tied: false, outputBias: true })),
  },
  endPoints: false,
  observe: errorsAgainst(squaredError),
  expect: { nearlyAll: "the same numbers", when: isSame },
  control: atTwiceTheRate,
});

hypothesis("C1b softmax training is plain gradient descent", {
  row: "C1",
  role: "instrument",
  kind: "dynamics",
  claim:
    "Under softmax, tied or untied, with an end bias or without, training is plain gradient descent on the mean cross-entropy.",
  operationalisation: comparedWith("Σᵢ −ln (exp zᵢᵢ/Σⱼ exp zᵢⱼ)/n, zᵢⱼ = uⱼ·wᵢ + bⱼ"),
  given: {
    tied: eightSteps(softmax()),
    untied: eightSteps(softmax({ tied: false })),
    "tied, end bias": eightSteps(softmax({ outputBias: true })),
    "untied, end bias": eightSteps(softmax({ tied: false, outputBias: true })),
  },
  endPoints: false,
  observe: errorsAgainst(crossEntropy),
  expect: { nearlyAll: "the same numbers", when: isSame },
  control: atTwiceTheRate,
});

hypothesis("B9b training with unit norm and a scale", {
  row: "B9",
  role: "instrument",
  kind: "dynamics",
  claim:
    "A scale starts where it is told and trains by plain gradient descent like columns and biases; columns are put back to norm 1 after every step.",
  operationalisation: `${comparedWith("Σᵢⱼ (s ReLU(wᵢ·wⱼ + bⱼ) − δᵢⱼ)²/n²")} The norm counts only the part of the gradient across the columns that are kept at norm 1. The scale starts at 2.`,
  given: {
    "unit norm": eightSteps(relu({ outputBias: true, unitNorm: true, scale: 2 })),
    "free norms": eightSteps(relu({ outputBias: true, scale: 2 })),
  },
  endPoints: false,
  observe: (run) => ({
    ...errorsAgainst(squaredError)(run),
    "scale at the start": run.checkpoints[0]!.scale!,
  }),
  expect: {
    nearlyAll: "the same numbers, from a scale of 2",
    when: (o) => isSame(o) && o["scale at the start"] === 2,
  },
  control: atTwiceTheRate,
});

hypothesis("U7c frozen weights stay", {
  row: "U7",
  role: "instrument",
  kind: "dynamics",
  claim:
    "Where the written vectors are frozen they stay, and the readers train by plain gradient descent; likewise the other way round.",
  operationalisation: comparedWith("Σᵢⱼ (ReLU(uⱼ·wᵢ) − δᵢⱼ)²/n²"),
  given: {
    "written vectors frozen": eightSteps(relu({ tied: false, frozen: ["weight0"] })),
    "readers frozen": eightSteps(relu({ tied: false, frozen: ["weight1"] })),
  },
  endPoints: false,
  observe: errorsAgainst(squaredError, ({ frozen }) => (frozen.includes("weight1") ? "weight1" : "weight0")),
  expect: { nearlyAll: "the same numbers", when: isSame },
  control: { name: "nothing frozen", model: relu({ tied: false }) },
});

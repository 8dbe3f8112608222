import { charts, hypothesis, openQuestion, type Run, statistics } from "../../src/index.ts";
import { medianWithin, ofEach, overTraining, seedsFrom20000, shareWithin } from "../helpers.ts";
import { atLowRate, timeOf } from "./low-rate-setup.ts";
import {
  bothSchemes,
  directionCount,
  highRate,
  learned,
  lowRate,
  nearLosslessCircle,
  seedsByNumber,
  timeAtTheEnd,
  underBothSchemes,
  withEndBias,
} from "./setup.ts";

/** Tied ReLU models with an end bias: how many features are learned, and in how many directions (B3). */

const counted = (run: Run) => ({ "features learned": learned(run).length, directions: directionCount(run) });
const atTheEnd = `A feature is learned where its own output is above 2/3. To an end: time ${timeAtTheEnd(10).toLocaleString("en")} with ten features, ${timeAtTheEnd(20).toLocaleString("en")} with twenty (rate/n² × step). ${bothSchemes}`;

/**
 * Half of the seeds with neither number count for six, by the parity of the seed. Each factor by which a seed multiplies the
 * evidence is linear in its chance to count for six, so two seeds in a row multiply it by no more, in the mean, than if both had
 * their mean chance: the error rate holds.
 */
const sixRatherThan = (rival: number, count: number, seed: number) =>
  count === 6 || (count !== rival && seed % 2 === 0);

/** At the low rate, with so many seeds of ten and of twenty features, of which one costs a second or more. */
const withSeeds = (ofTen: number, ofTwenty: number) =>
  Object.fromEntries(
    Object.entries(atLowRate()).map(([label, condition]) => [
      label,
      { ...condition, seeds: seedsFrom20000(label.startsWith("n = 10") ? ofTen : ofTwenty) },
    ]),
  );

hypothesis("B3 six is the most frequent number of features", {
  row: "B3",
  role: "as printed",
  claim:
    "Six features are learned more often than the number that comes nearest: than five, of ten features, and than seven, of twenty.",
  operationalisation: `Often is read as: six is the most frequent number. The rival is the one that came nearest among seeds below 100; B3c has all numbers. At the low rate. A seed that learns neither six nor the rival says nothing about which is more frequent: of these the seeds with an even number count for six and the others against it. So more than half of all seeds count for six exactly where six is the more frequent. A seed takes two million steps and more; 256 of ten features, and 96 of twenty, are the most that are affordable, and leave it open. ${atTheEnd}`,
  given: withSeeds(256, 96),
  endPoints: false,
  observe: (run) => {
    const count = learned(run).length;
    const rival = run.model.sizes[0] === 10 ? 5 : 7;
    return { "features learned": count, "counts for six": sixRatherThan(rival, count, run.seed) };
  },
  expect: { most: "six features rather than five (of ten) or seven (of twenty)", when: (o) => o["counts for six"] },
  control: {
    name: "five biases start at 0, the others at −2, which switches those features off",
    model: withEndBias(10, { scheme: "torch", at: { bias1: [0, 0, 0, 0, 0, -2, -2, -2, -2, -2] } }),
  },
  figure: ({ cells }) => seedsByNumber("features learned", cells, (o) => o["features learned"]),
});

hypothesis("B3b a small number of features is learned, eight at most", {
  row: "B3",
  role: "supporting",
  claim: "Of ten or twenty features only a few are learned: never more than eight.",
  operationalisation: `A small number is eight or fewer; never more means in at most 5 % of seeds. Whether six is the most frequent number is B3. At the high rate, which sends some features off again (B7e). At most 1,024 seeds, because one of twenty features takes 700,000 steps. ${atTheEnd}`,
  given: underBothSchemes(withEndBias, [10, 20], (n) => ({ recipe: highRate(n), seeds: seedsFrom20000(1024) })),
  endPoints: false,
  observe: counted,
  expect: { nearlyAll: "eight features learned or fewer", when: (o) => o["features learned"] <= 8 },
  control: {
    name: "started at the lossless circle of ten, moved by noise of 0.02",
    model: nearLosslessCircle(10, 0.02),
  },
  figure: ({ cells }) => seedsByNumber("directions", cells, (o) => o.directions),
});

const ways = { features: (run: Run) => learned(run).length, directions: directionCount } as const;
/** Each of the numbers that six is compared with has its share of 0.0001. */
const errorRate = 1e-4 / 10;

/** The most frequent number, and whether that is six, by an exact test against each other number. */
function mode(counts: readonly number[]) {
  const frequency = new Map<number, number>();
  for (const count of counts) frequency.set(count, (frequency.get(count) ?? 0) + 1);
  const six = frequency.get(6) ?? 0;
  const rivals = [...frequency].filter(([count]) => count !== 6).sort((a, b) => b[1] - a[1]);
  const [[rival, often]] = rivals as [[number, number], ...[number, number][]];
  const beats = rivals.every(([, seeds]) => statistics.lowerBound(six, six + seeds, errorRate) > 0.5);
  const beaten = rivals.some(([, seeds]) => statistics.upperBound(six, six + seeds, errorRate) < 0.5);
  return {
    most: six > often ? 6 : rival,
    is: beats ? "surely" : beaten ? "surely not" : "undecided",
    against: shareWithin(six, six + often, errorRate),
    share: shareWithin(six, counts.length),
  };
}

openQuestion("B3c which number of features and of directions is the most frequent", {
  row: "B3",
  role: "supporting",
  question: "Which number of features is learned most often, in which number of directions, and is it six?",
  operationalisation: `256 seeds of ten features and 96 of twenty. Six is surely the most frequent number where it beats every other one among the seeds that have either, by an exact bound, and surely not where one beats it; both wrong with a probability of at most 0.0001. Directions: of features whose own output is above 1/4 (columns longer than 0.5, joined when 1 − cos < 0.01), so that features that have merged count once. At the low rate. ${atTheEnd}`,
  given: withSeeds(256, 96),
  measure: (populations) => {
    const found = Object.entries(ways).flatMap(([way, count]) =>
      Object.entries(ofEach(populations, (runs) => mode(runs.map(count)))).map(([label, of]) => ({
        way,
        label,
        ...of,
      })),
    );
    const told = (way: string) =>
      found
        .filter((one) => one.way === way)
        .map(({ label, most, is }) => `${most} (${label}; six ${is})`)
        .join(", ");
    return {
      answer: `Of features: ${told("features")}. Of directions: ${told("directions")}.`,
      values: Object.fromEntries(
        found.flatMap(({ way, label, share, against }) => [
          [`${label}: six ${way}`, share],
          [`${label}: six ${way}, of the seeds with six or its strongest rival`, against],
        ]),
      ),
    };
  },
  figure: (populations) => {
    const numbers = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
    return Object.entries(ways).map(([way, count]) =>
      charts.series({
        x: way,
        y: "share of seeds",
        width: 460,
        series: Object.entries(populations).map(([label, { runs }]) => ({
          label,
          points: numbers.map((x) => ({ x, y: runs.filter((run) => count(run) === x).length / runs.length })),
        })),
      }),
    );
  },
});

/** How a seed comes to its first six directions: whether through five, and for which part of the time until then. */
function throughFive(run: Run) {
  const { checkpoints } = run;
  const counts = checkpoints.map(directionCount);
  const six = counts.indexOf(6);
  if (six < 0) return null;
  const at = (i: number) => timeOf(run, checkpoints[i]!);
  const spells = counts.slice(0, six).flatMap((count, i) => (count === 5 ? [at(i + 1) - at(i)] : []));
  return { passes: spells.length > 0, part: spells.reduce((a, b) => a + b, 0) / at(six), reached: at(six) };
}

openQuestion("B3d whether six directions are reached through five", {
  row: "B3",
  role: "supporting",
  question: "Do the seeds that reach six directions pass five on the way, and how briefly?",
  operationalisation: `Of the seeds that have six directions (as in B3c) by time 60, the share with five at some checkpoint before the first with six; and how long those have five, as a part of the time until they have six. 400 checkpoints, 2.5 % apart in time; 256 seeds for each n. At a low rate of n²/400. ${bothSchemes}`,
  given: underBothSchemes(withEndBias, [10, 20], (n) => ({
    recipe: lowRate(n, { time: 60, checkpoints: 400 }),
    seeds: seedsFrom20000(256),
  })),
  measure: (populations) => {
    const values = Object.entries(populations).flatMap(([label, { runs }]) => {
      const reaching = runs.map(throughFive).filter((one) => one !== null);
      const passing = reaching.filter(({ passes }) => passes);
      return [
        [`${label}: seeds that reach six`, shareWithin(reaching.length, runs.length)],
        [`${label}: of them through five`, shareWithin(passing.length, reaching.length)],
        [`${label}: part of the time until then with five`, medianWithin(passing.map(({ part }) => part))],
        [`${label}: time when six is reached`, medianWithin(passing.map((one) => one.reached))],
      ] as const;
    });
    const by = Object.fromEntries(values);
    const percent = (name: string) => `${Math.round(100 * by[name]!.value)} %`;
    const told = Object.keys(populations).map(
      (label) =>
        `${percent(`${label}: of them through five`)} (${label}), for ${percent(`${label}: part of the time until then with five`)} of the time until then`,
    );
    return { answer: `Nearly all, briefly: ${told.join("; ")}.`, values: by };
  },
  figure: (populations) =>
    overTraining(populations["n = 20, older code"]!.runs.slice(0, 30), directionCount, {
      label: "directions",
      seeds: "n = 20, older code",
      levels: [
        { value: 5, label: "five" },
        { value: 6, label: "six" },
      ],
      width: 720,
    }),
});

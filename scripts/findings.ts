import { readFileSync } from "node:fs";
import { writeAtomically } from "../src/util/atomic-write.ts";
import { withFindings } from "../src/verification/findings.ts";
import { readRecord } from "../src/verification/record.ts";

/** Brings the README's findings up to date with the conclusions on record. `npm run findings` */
writeAtomically("README.md", withFindings(readFileSync("README.md", "utf8"), readRecord()));

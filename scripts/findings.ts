import { note } from "../hypotheses/note/index.ts";
import { writeAtomically } from "../src/util/atomic-write.ts";
import { placesIn } from "../src/verification/record/places.ts";
import { readRecord } from "../src/verification/record/record.ts";
import { findings } from "../src/verification/report/findings.ts";

/** Brings the page of findings up to date with the conclusions on record. `npm run findings` */
writeAtomically("snapshots/README.md", findings(readRecord(placesIn(".").record), note));

import fc from "fast-check";

/** In CI properties are tried on the same inputs every time, so that a failure there is the change's; elsewhere on new ones. */
if (process.env.CI) fc.configureGlobal({ seed: 20_261_122 });

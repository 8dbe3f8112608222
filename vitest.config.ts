import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    projects: [
      { test: { name: "unit", include: ["src/**/*.test.ts"], testTimeout: 60_000 } },
      {
        test: {
          name: "hypotheses",
          include: ["hypotheses/**/*.spec.ts"],
          // Training itself uses every core; spec files side by side would only share them.
          fileParallelism: false,
          testTimeout: 3_600_000,
        },
      },
    ],
  },
});

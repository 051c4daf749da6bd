import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["test/e2e/**", "test/bench/**", "node_modules/**"],
    pool: "threads",
    // A machine may be busy; a hang is still found.
    testTimeout: 60_000,
  },
});

import { defineConfig } from "vitest/config"

/** The relay's tests with every store on PostgreSQL: `npm run test:postgres`. Those of the embedded file itself stay out. */
export default defineConfig({
  test: {
    globalSetup: [
      "./scripts/engine-check.ts",
      "./scripts/programs-folder.ts",
      "./relay/store/testing/postgres-for-all.ts",
    ],
    setupFiles: [
      "./scripts/engine-guard.ts",
      "./scripts/property-seed.ts",
      "./relay/store/testing/stores-on-postgres.ts",
    ],
    provide: { propertySeed: 1 },
    include: ["relay/**/*.test.ts"],
    exclude: ["**/node_modules/**", "**/*.browser.test.ts"],
    maxWorkers: 2,
    isolate: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})

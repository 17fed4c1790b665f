import { defineConfig } from "vitest/config"

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "node",
          environment: "node",
          include: ["engine-wasm/**/*.test.ts", "relay/**/*.test.ts", "docs/**/*.test.ts", "web/**/*.test.ts"],
          testTimeout: 60_000,
        },
      },
    ],
  },
})

import { availableParallelism } from "node:os"
import tailwindcss from "@tailwindcss/vite"
import react from "@vitejs/plugin-react"
import { playwright } from "@vitest/browser-playwright"
import { defineConfig } from "vitest/config"
import { chromiumArguments, findChromium } from "./scripts/chromium.ts"

/** Tests that need a real browser say so in their name; the rest run in Node. */
const inBrowser = [
  "web/**/*.browser.test.ts",
  "web/**/*.test.tsx",
  "engine-wasm/**/*.browser.test.ts",
  "relay/forecasts/**/*.browser.test.ts",
]

const DEFAULT_SEED = 1

/**
 * Tests refuse an engine of other sources. Property tests draw the same cases every time; FRESH_SEED=1 draws some that
 * nobody has tried yet.
 */
const everywhere = {
  globalSetup: ["./scripts/engine-check.ts", "./scripts/programs-folder.ts"],
  setupFiles: ["./scripts/engine-guard.ts", "./scripts/property-seed.ts"],
  provide: { propertySeed: process.env.FRESH_SEED ? Date.now() % 2 ** 31 : DEFAULT_SEED },
}

export default defineConfig({
  test: {
    // Vitest leaves one core free; on two cores that is half of them, and many tests mostly wait for their own child
    // process.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      {
        test: {
          ...everywhere,
          name: "node",
          environment: "node",
          // Half of a short test file's time is reading the same modules anew: the files of a worker share them, and
          // scripts/left-behind.ts sees that none leaves anything to the next.
          isolate: false,
          setupFiles: [...everywhere.setupFiles, "./scripts/left-behind.ts"],
          include: [
            "engine-wasm/**/*.test.ts",
            "relay/**/*.test.ts",
            "docs/**/*.test.ts",
            "deploy/**/*.test.ts",
            "scripts/**/*.test.ts",
            "bench/**/*.test.ts",
            "web/**/*.test.ts",
          ],
          exclude: ["**/node_modules/**", ...inBrowser],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        plugins: [react(), tailwindcss()],
        // Discovered in the middle of a run these would make Vite reload the page under the tests.
        optimizeDeps: {
          include: [
            "@tensorflow/tfjs-backend-wasm",
            "@tensorflow/tfjs-core",
            "@tensorflow/tfjs-layers",
            "comlink",
            "d3-array",
            "d3-scale",
            "d3-shape",
            "lightweight-charts",
            "lucide-react",
            "onnxruntime-web/wasm",
            "react",
            "react-dom",
            "react-dom/client",
            "react/jsx-dev-runtime",
            "zod",
          ],
        },
        test: {
          ...everywhere,
          name: "browser",
          include: inBrowser,
          testTimeout: 30_000,
          hookTimeout: 30_000,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions: { executablePath: findChromium(), args: chromiumArguments } }),
            instances: [{ browser: "chromium" }],
          },
        },
      },
    ],
  },
})

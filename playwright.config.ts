import { defineConfig, devices } from "@playwright/test"
import { chromiumArguments, findChromium } from "./scripts/chromium.ts"

// Without a graphics card the browser would emulate one, which is slower than doing without.
const chromium = { executablePath: findChromium(), args: [...chromiumArguments, "--disable-gpu"] }

/** Stories that compile a strategy in the browser. */
const compiling = "**/code-*.test.ts"
/** Making the compiler's 10 MB of WebAssembly faster takes longer than the few compilations of a story. */
const asItIs = "--js-flags=--liftoff-only"

/** The stories over the whole product, each worker with a relay of its own (e2e/support.ts). */
export default defineConfig({
  testDir: "e2e",
  testMatch: "**/*.test.ts",
  outputDir: "test-results",
  timeout: 60_000,
  // A busy machine may need much longer than a free one.
  expect: { timeout: 20_000 },
  forbidOnly: Boolean(process.env.CI),
  fullyParallel: true,
  workers: 2,
  reporter: "list",
  use: {
    ...devices["Desktop Chrome"],
    viewport: { width: 1280, height: 800 },
    // With a context per test, every test would cache the whole app for offline use once more, and a test can neither
    // cut nor answer a service worker's requests. Stories about being offline allow it.
    serviceWorkers: "block",
    // A trace of every test costs a third of the run: `--trace on` makes one of the test that needs it.
    trace: "off",
    screenshot: "only-on-failure",
    launchOptions: chromium,
  },
  projects: [
    { name: "rules", testIgnore: compiling },
    {
      name: "code",
      testMatch: compiling,
      use: { launchOptions: { ...chromium, args: [...chromium.args, asItIs] } },
    },
  ],
})

import { build } from "esbuild"
import { readFile } from "node:fs/promises"
import { projectPath } from "../../scripts/project-path.ts"
import type { OpenedApp } from "./opened-app.ts"

/** Everything the app waits for, over run and metrics alone, in the browser: for a year of hours and one of minutes. */
export async function measureWholeRun(app: OpenedApp): Promise<Record<string, number>> {
  const page = await app.newPage()
  const script = await bundled()
  const wasm = await readFile(projectPath("engine-wasm/build/engine.wasm"))
  await page.route("**/whole-run.html", (route) => route.fulfill({ contentType: "text/html", body: "<!doctype html>" }))
  await page.goto(`${app.url}/whole-run.html`)
  // The test tool injects it, past the page's content policy.
  await page.evaluate(script)
  const measure = (candles: number, timeframe: string) =>
    page.evaluate(
      ([engine, count, name]) =>
        (globalThis as unknown as { wholeRun: (...given: unknown[]) => Promise<Record<string, number>> }).wholeRun(
          engine,
          count,
          name,
        ),
      [wasm.toString("base64"), candles, timeframe] as const,
    )
  const hours = await measure(8_760, "1h")
  const minutes = await measure(525_600, "1m")
  await page.context().close()
  return {
    wholeRunRatioHours: hours.ratio,
    wholeRunHoursMs: hours.wholeMs,
    wholeRunRatioMinutes: minutes.ratio,
    wholeRunMinutesMs: minutes.wholeMs,
  }
}

async function bundled(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [projectPath("bench/screens/whole-run-page.ts")],
    bundle: true,
    write: false,
    format: "iife",
    alias: { "#engine": projectPath("engine-wasm/host") },
    external: ["assemblyscript/asc"],
    logLevel: "error",
  })
  return outputFiles[0].text
}

import { readFileSync } from "node:fs"
import { createRequire } from "node:module"
import type { Page } from "@playwright/test"

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8")

/** What axe objects to on the page. The browser brings it in: a page's own policy may forbid scripts. */
export async function objections(page: Page): Promise<string[]> {
  // Half a megabyte to read: once for each page that is loaded.
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(axe)
  await page.evaluate(settled)
  return page.evaluate(async () => {
    const { run } = (
      globalThis as unknown as {
        axe: { run: (options: object) => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> }
      }
    ).axe
    const { violations } = await run({ resultTypes: ["violations"] })
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(" | ")}`)
  })
}

/**
 * Colours have become what they will be: even the shortest transition shows the old one until the next frame, and axe
 * would read the day's ink on the night's paper.
 */
async function settled(): Promise<void> {
  await new Promise((resolve) => requestAnimationFrame(resolve))
  const passing = document
    .getAnimations()
    .filter(({ effect, playState }) => playState === "running" && effect?.getTiming().iterations !== Infinity)
  await Promise.allSettled(passing.map(({ finished }) => finished))
}

/** The same by day and by night. */
export async function dayAndNightObjections(page: Page): Promise<string[]> {
  const all: string[] = []
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" })
    await page.locator(`html[data-theme=${colorScheme}]`).waitFor({ state: "attached" })
    all.push(...(await objections(page)).map((objection) => `${colorScheme}: ${objection}`))
  }
  return all
}

import type { Page } from "@playwright/test"
import { screens } from "./screens.ts"
import { expect, test } from "./support.ts"

/** No screen has more stops than this before the walk comes round. */
const MOST_STOPS = 400

for (const screen of screens())
  test(`Tab walks ${screen} from end to end, at 360 and 1280 px: each stop is in sight and marked, none is a trap`, async ({
    page,
  }) => {
    for (const width of [360, 1280]) {
      await page.setViewportSize({ width, height: 800 })
      await page.goto(screen)
      await page.getByRole("heading", { level: 1 }).waitFor()
      await expect(page.locator("[aria-busy=true]")).toHaveCount(0)
      const stops = await walk(page)
      expect(stops.filter(({ fault }) => fault !== "")).toEqual([])
      expect(stops.length).toBeGreaterThan(5)
      expect(stops.length).toBeLessThan(MOST_STOPS)
    }
  })

type Stop = { name: string; fault: string }

/** Presses Tab until the page's end, and says of each stop what is wrong with it. */
async function walk(page: Page): Promise<Stop[]> {
  const stops: Stop[] = []
  while (stops.length < MOST_STOPS) {
    await page.keyboard.press("Tab")
    const stop = await page.evaluate(stopHere)
    if (!stop) return stops
    stops.push(stop)
  }
  return stops
}

/** Where the focus is and what is wrong there; nothing once the walk has left the page. Runs in the page. */
function stopHere(): { name: string; fault: string } | undefined {
  const here = document.activeElement
  if (!(here instanceof HTMLElement) || here === document.body) return undefined
  const seen = ((globalThis as { walked?: Set<Element> }).walked ??= new Set())
  const name = `${here.tagName} ${here.getAttribute("aria-label") ?? here.textContent?.trim().slice(0, 40)}`
  // The day, month and year of a date are stops of one element.
  const isTrap = seen.has(here) && [...seen].at(-1) !== here
  seen.add(here)
  const box = here.getBoundingClientRect()
  const isInSight =
    box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth
  const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(here)
  const isMarked = (outlineStyle !== "none" && parseFloat(outlineWidth) > 0) || boxShadow !== "none"
  const middle = [
    (Math.max(0, box.left) + Math.min(innerWidth, box.right)) / 2,
    (Math.max(0, box.top) + Math.min(innerHeight, box.bottom)) / 2,
  ] as const
  const top = document.elementFromPoint(...middle)
  const isCovered = isInSight && top !== null && !here.contains(top) && !top.contains(here)
  return {
    name,
    fault: [
      isTrap && "the walk comes back here",
      !isInSight && "out of sight",
      isCovered && `covered by ${top.outerHTML.slice(0, 80)}`,
      !isMarked && "not marked",
    ]
      .filter(Boolean)
      .join(", "),
  }
}

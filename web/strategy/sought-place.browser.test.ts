import { expect, test } from "vitest"
import { strategyTemplates } from "#engine/strategy"
import { focusPlace, isWithinPlace, viewOfPlace } from "./sought-place.ts"

function screen(html: string): HTMLElement {
  document.body.innerHTML = `<div id="cards" tabindex="-1">${html}</div>`
  return document.querySelector("#cards")!
}

const cards = `
  <section data-place="long.enter">
    <div data-place="long.enter.all[0]"><button>First</button></div>
    <div data-place="long.enter.all[1]"><button>Second</button><textarea id="formula" aria-invalid="true"></textarea></div>
    <div data-place="long.enter.all[2]"><button id="grip">Move</button><textarea id="mended"></textarea></div>
    <div data-place="long.enter.all[3]"><button id="closed">Open</button></div>
    <button id="add">Add</button>
  </section>
  <div data-place="params.level">
    <input id="name" />
    <div data-place="params.level.value"><span id="slider" role="slider" tabindex="0"></span></div>
    <div data-place="params.level.min"><input id="least" /></div>
  </div>
  <div data-place="protect.stopLoss.percent"><input id="stop" /></div>
  <div data-place="series.my"><input id="my" /></div>`

test("whatever is not finished has the focus: a slider, a number, a formula, a name", () => {
  const within = screen(cards)
  const focused = (path: string) => {
    focusPlace(within, path)
    return document.activeElement!.id
  }
  expect(focused("params.level.value")).toBe("slider")
  expect(focused("params.level.min")).toBe("least")
  expect(focused("params.level")).toBe("name")
  expect(focused("protect.stopLoss.percent")).toBe("stop")
  expect(focused("long.enter.all[1]")).toBe("formula")
  expect(focused("long.enter.all[2]")).toBe("mended")
  expect(focused("long.enter.all[3]")).toBe("closed")
  expect(focused("series.my")).toBe("my")
})

test("of a place that is wider or unknown the first part has the focus, or all of it, and never the page", () => {
  const within = screen(cards)
  focusPlace(within, "protect")
  expect(document.activeElement!.id).toBe("stop")
  focusPlace(within, "timeframe")
  expect(document.activeElement).toBe(within)
  expect(isWithinPlace("params.leveller.value", "params.level")).toBe(false)
})

test("rules are finished on their cards, code where it is written, and its sliders beside it", () => {
  const { document } = strategyTemplates.find(({ id }) => id === "rsi-dip")!
  const inCode = { ...document, code: { language: "assemblyscript" as const, source: "" } }
  expect(viewOfPlace(document, "params.level.value")).toBe("rules")
  expect(["params.level.value", "code", "protect.stopLoss.percent"].map((path) => viewOfPlace(inCode, path))).toEqual([
    "sliders",
    "code",
    "json",
  ])
})

import { expect, test } from "vitest"
import { withCode } from "../code/declared-params.ts"
import { codeTemplates } from "../templates/code-templates.ts"
import { strategyTemplates } from "../templates/templates.ts"
import { isAnotherStrategy } from "./another-strategy.ts"

const inCode = codeTemplates.map(({ document }) => document)
const inRules = strategyTemplates.map(({ document }) => document).filter(({ code }) => !code)

test("no template is another one's small change, and each is itself with other numbers", () => {
  const cross = inRules.filter(({ name }) => /cross|dip|breakout|MACD/i.test(name))
  expect(cross.length).toBeGreaterThan(3)
  for (const family of [inCode, cross])
    for (const from of family)
      for (const to of family) expect(isAnotherStrategy(from, to), `${from.name} → ${to.name}`).toBe(from !== to)
  for (const from of [...inCode, ...inRules]) {
    const text = JSON.stringify(from).replaceAll(/\b\d\d\b/g, "33")
    expect(isAnotherStrategy(from, JSON.parse(text) as typeof from)).toBe(false)
  }
})

test("other code in place of a strategy's takes its description away; a change of it leaves it", () => {
  const [first, second] = inCode
  const { source } = first.code!
  expect(first.description).not.toBe("")
  expect(withCode(first, second.code!.source).description).toBeUndefined()
  expect(withCode(first, source.replace("onCandle(", "// mine\n  onCandle(")).description).toBe(first.description)
  expect(withCode({ ...first, name: "Mine" }, second.code!.source).name).toBe("Mine")
})

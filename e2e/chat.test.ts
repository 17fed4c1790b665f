import type { Page } from "@playwright/test"
import { says, startModelServer } from "../relay/models/testing/model-server.ts"
import { dip, envelopeText } from "../relay/models/testing/talking.ts"
import { strategyGguf } from "../web/chat/llm/testing/spelt-strategy.ts"
import { dayAndNightObjections, objections } from "./axe.ts"
import { everythingIn } from "./browser-database.ts"
import { expect, test } from "./support.ts"

const idea = "buy the dip on bitcoin but never lose more than 5 dollars a day"

for (const width of [360, 1280]) {
  test(`an idea becomes a card, is used, tested, made safer, compared and kept, with no model, at ${width} px`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height: 800 })
    await page.goto("/")
    await page.getByLabel("Describe an idea").fill(idea)
    await page.keyboard.press("Enter")
    await expect(page.getByTestId("said")).toHaveText(idea)
    await usedAndTested(page)
    await say(page, "make it safer")
    await madeSaferAndKept(page)
  })

  test(`four questions end in the same card, at ${width} px`, async ({ page }) => {
    await page.setViewportSize({ width, height: 800 })
    await page.goto("/chat")
    await page.getByRole("button", { name: "Answer four questions instead" }).click()
    for (const answer of [/^Bitcoin/, /^In a dip/, /^Usual: 3 %/, /^Risk 1 %, at most \$5 a day/])
      await page.getByRole("button", { name: answer }).click()
    const sentence = await page.getByTestId("wizard-sentence").textContent()
    await page.getByRole("button", { name: "Make it" }).click()
    await expect(page.getByTestId("said")).toHaveText(sentence!)
    await expect(page.getByTestId("not-heard")).toHaveCount(0)
    await usedAndTested(page)
    await say(page, "make it safer")
    await madeSaferAndKept(page)
  })

  test(`a model on one's own computer builds, is checked, tested and paid attention to, at ${width} px`, async ({
    page,
  }) => {
    const careful = { ...dip, limits: { dailyLossPercent: 5 } }
    const server = await startModelServer({
      script: ({ body }) => {
        const isChange = JSON.stringify(body.messages?.at(-1)).includes("safer")
        const strategy = isChange
          ? { ...careful, stop: { kind: "percent", percent: 2 }, size: { kind: "risk", percent: 0.5 } }
          : careful
        return says(envelopeText({ text: isChange ? "It risks less now." : "It buys dips.", strategy }))
      },
      models: ["scripted"],
    })
    await page.setViewportSize({ width, height: 800 })
    await addServer(page, server.baseUrl)
    await page.getByRole("link", { name: "To the chat" }).click()
    await page.getByRole("textbox", { name: "Your idea" }).fill(idea)
    await page.keyboard.press("Enter")
    await page.getByRole("button", { name: "Ask the model too" }).click()
    await expect(page.getByTestId("answered-by")).toHaveText("Answered by scripted; not all of it is what you said.")
    await expect(page.getByText(/^It added: it may sell when the RSI/)).toBeVisible()
    await expect(page.getByTestId("answer").last()).toHaveText("It buys dips.")
    await usedAndTested(page)
    await say(page, "make it safer, however you do that, wonderfully")
    await expect(page.getByTestId("answer").last()).toHaveText("It risks less now.")
    await madeSaferAndKept(page)
    expect(server.heard.every(({ headers }) => headers.authorization === undefined)).toBe(true)
    await server.close()
    await page.goBack()
    await page.getByRole("button", { name: "Ask it again" }).click()
    await expect(page.getByText(/127\.0\.0\.1:\d+ does not answer: .*offline\. Nothing was changed\./)).toBeVisible()
    await expect(page.getByText("start the server")).toBeVisible()
    await page.goto("/chat/models")
    await expect(page.getByRole("region", { name: "The last calls" })).toContainText("scripted")
  })
}

async function usedAndTested(page: Page) {
  const card = page.getByTestId("card").last()
  await expect(card).toContainText("It protects you")
  await card.getByRole("button", { name: "Use it and test it" }).click()
  await expect(card.getByTestId("verdict")).toHaveText(/^(\$100 would have become|It never traded)/)
  await expect(card.getByTestId("applied")).toHaveText(/version 1\.$/)
}

async function madeSaferAndKept(page: Page) {
  const card = page.getByTestId("card").last()
  await expect(card.getByRole("tab", { name: "What changes", selected: true })).toBeVisible()
  await card.getByRole("button", { name: "Use the change and test it" }).click()
  await expect(card.getByTestId("verdict")).toBeVisible()
  await expect(card.getByTestId("applied")).toHaveText(/version 2\.$/)
  await expect(card.getByTestId("side-by-side").getByRole("row", { name: /^Worst dip/ })).toHaveCount(1)
  await card.getByRole("link", { name: "Versions" }).click()
  await expect(page.getByText(/asked for in the chat: “make it safer/i)).toBeVisible()
  await page.goBack()
  await page.getByTestId("card").last().getByRole("link", { name: "Open its rules" }).click()
  await expect(page.getByRole("tab", { name: "Rules", selected: true })).toBeVisible()
}

async function say(page: Page, words: string) {
  await page.getByRole("textbox", { name: "Say what to change, or ask" }).fill(words)
  await page.keyboard.press("Enter")
  // Words of it are marked as understood or not, as soon as it was read.
  await expect(page.getByTestId("said").last()).toContainText(/^\w+/.exec(words)![0])
}

async function addServer(page: Page, baseUrl: string) {
  await page.goto("/chat/models")
  await page.getByLabel("Whose", { exact: true }).selectOption("other")
  await page.getByLabel("Address").fill(baseUrl)
  await page.getByRole("button", { name: /^List the models at 127/ }).click()
  await expect(page.getByLabel("Model", { exact: true })).toHaveValue("scripted")
  await page.getByRole("button", { name: /^Allow 127\.0\.0\.1:\d+ and add$/ }).click()
  await expect(page.getByRole("region", { name: "In use" })).toContainText("scripted")
}

test("a model in a file of one's own answers on the device, and what it writes becomes a card", async ({ page }) => {
  test.slow()
  await page.goto("/chat/models")
  const buffer = Buffer.from(strategyGguf())
  await page
    .getByLabel("A model's file")
    .setInputFiles({ name: "speller.gguf", mimeType: "application/octet-stream", buffer })
  await expect(page.getByRole("region", { name: "In use" })).toContainText("speller", { timeout: 60_000 })
  await page.getByRole("link", { name: "To the chat" }).click()
  await page.getByRole("textbox", { name: "Your idea" }).fill("whatever the stars say")
  await page.keyboard.press("Enter")
  await expect(page.getByTestId("answered-by")).toHaveText(/^Answered by speller/, { timeout: 60_000 })
  await expect(page.getByTestId("card")).toContainText("BTC/USDT")
})

test("what was said is kept: it is found, named, said otherwise, deleted, and comes back", async ({ page }) => {
  await page.goto(`/chat?say=${encodeURIComponent(idea)}`)
  await expect(page.getByTestId("card")).toBeVisible()
  await page.getByRole("button", { name: "Say it otherwise" }).click()
  await page.getByRole("textbox", { name: "Say it otherwise" }).fill("buy the dip on ethereum")
  await page.keyboard.press("Enter")
  await expect(page.getByText("2/2")).toBeVisible()
  await page.getByRole("button", { name: "The way you said it before" }).click()
  await expect(page.getByTestId("said")).toHaveText(idea)
  await page.reload()
  await expect(page.getByTestId("said")).toHaveText(idea)
  await expect(page.getByText("1/2")).toBeVisible()
  await page.getByRole("button", { name: /^More for/ }).click()
  await page.getByRole("menuitem", { name: "Rename" }).click()
  await page.getByLabel("Name", { exact: true }).fill("My dips")
  await page.getByRole("button", { name: "Save" }).click()
  await expect(page.getByRole("link", { name: /^My dips/ })).toBeVisible()
  await page.getByRole("button", { name: "More for My dips" }).click()
  await page.getByRole("menuitem", { name: "Delete" }).click()
  await expect(page.getByRole("heading", { level: 1, name: "What should your bot do?" })).toBeVisible()
  await page.getByRole("button", { name: "Undo" }).click()
  await page.getByRole("link", { name: /^My dips/ }).click()
  await expect(page.getByTestId("said")).toHaveText(idea)
})

test("questions about a test are answered from the test: a term, why it ended so, a day without a trade", async ({
  page,
}) => {
  await page.goto("/backtest?strategy=rsi-dip")
  await page.getByRole("link", { name: "Ask about this", exact: true }).click()
  await expect(page.getByTestId("subject")).toHaveText("About RSI dip in an uptrend on DEMO/USD")
  await page.getByRole("button", { name: "Why did it end like that?" }).click()
  await expect(page.getByTestId("answer").last()).toContainText(/It won \d+ of \d+ trades/)
  await say(page, "What is the Sharpe ratio?")
  await expect(page.getByTestId("answer").last()).toContainText(/above 1 is good.*In this test: /s)
  await say(page, "Why no trade on 12 March?")
  await expect(page.getByTestId("answer").last()).toContainText(/12 Mar 2025.*(It did not buy|It bought|It held)/s)
  await say(page, "Why did it trade so little?")
  await expect(page.getByTestId("answer").last()).toContainText(
    /It made \d+ trades in this test.*To buy, all of these/s,
  )
  await say(page, "why did it stop out?")
  await expect(page.getByTestId("answer").last()).toContainText(/A stop ended \d+ of \d+ trades|No stop ended a trade/)
  await say(page, "which fee did you use?")
  await expect(page.getByTestId("answer").last()).toContainText(/a fee of [\d.]+ % of each purchase.*of fees/s)
  await say(page, "is this strategy any good?")
  await expect(page.getByTestId("answer").last()).toContainText(/It won \d+ of \d+ trades/)
  await say(page, "stop 5 %")
  await expect(page.getByTestId("card")).toHaveCount(1)
  await say(page, "undo that")
  await expect(page.getByTestId("taken-back")).toContainText("is not in what you say next")
  await expect(page.getByTestId("card")).toHaveCount(0)
})

test("an opinion on a market is computed, checked where a model gives it, kept with its facts, and trades nothing", async ({
  page,
}) => {
  await page.goto(`/chat?say=${encodeURIComponent("What do you think of DEMO now?")}`)
  const reading = page.getByRole("article", { name: "Reading of DEMO/USD" })
  await expect(reading).toContainText(/DEMO DATA.*our own rules.*No outcome of such calls is known yet/s)
  await reading.getByText("The facts, computed at").click()
  await expect(reading).toContainText(/1000 closed 1h candles.*Whatever the rule said/s)
  for (const width of [1280, 360])
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" })
      await page.setViewportSize({ width, height: 800 })
      await expect.poll(() => objections(page), `${width} px, ${colorScheme}`).toEqual([])
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
      if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/opinion-${width}-${colorScheme}.png` })
    }
  await say(page, "What do you think of ZZZ?")
  await expect(page.getByTestId("answer").last()).toContainText("no candles of ZZZ yet")

  const verdict = { reasons: ["The averages disagree."], action: "HOLD", confidence: 52, entry: 0, stop: 0 }
  const server = await startModelServer({ script: () => says(JSON.stringify(verdict)), models: ["scripted"] })
  await addServer(page, server.baseUrl)
  await page.goto(`/chat?say=${encodeURIComponent("Should I buy DEMO today?")}`)
  await expect(reading).toContainText(/DEMO\/USD: HOLD.*52 of 100.*scripted.*The averages disagree/s)
  expect(JSON.stringify(server.heard[0].body.messages)).toContain("rsi(close, 14)")
  expect(await everythingIn(page, "analyses")).toMatchObject([{ outcome: null }, { outcome: null }])
  await page.goto("/chat/models")
  await expect(page.getByRole("region", { name: "This month by model" })).toContainText(/scripted.*opinions/s)
  await server.close()
})

test("words that were not understood are marked and named once, and pressing what was tells what it became", async ({
  page,
}) => {
  await page.goto(`/chat?say=${encodeURIComponent("buy BTC when RSI 14 is below 30, sell above 70, zorblify it")}`)
  await expect(page.getByTestId("answer")).toContainText("zorblify")
  await expect(page.getByTestId("not-heard")).toHaveCount(0)
  await page
    .getByTestId("said")
    .getByRole("button", { name: /RSI 14 is below 30/ })
    .click()
  await expect(page.getByRole("dialog")).toContainText("rsi(close, 14)")
})

test("an answer that takes long can be stopped, and changes nothing", async ({ page }) => {
  const server = await startModelServer({ script: () => () => new Promise(() => {}), models: ["scripted"] })
  await addServer(page, server.baseUrl)
  await page.goto("/chat?say=whatever%20the%20stars%20say")
  await expect(page.getByRole("list", { name: "What is done for the answer" })).toContainText("Asking scripted")
  await page.getByRole("button", { name: "Stop" }).click()
  await expect(page.getByText("You stopped it before it was answered. Nothing was changed.")).toBeVisible()
  expect(await everythingIn(page, "strategies")).toEqual([])
  await server.close()
})

test("a conversation has nothing axe objects to, by day and by night", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" })
  await page.goto(`/chat?say=${encodeURIComponent(idea)}`)
  await usedAndTested(page)
  await page.getByRole("button", { name: "Why?" }).click()
  for (const width of [1280, 360]) {
    await page.setViewportSize({ width, height: 800 })
    await expect.poll(() => dayAndNightObjections(page), `${width} px`).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
  }
})

import { readFile } from "node:fs/promises"
import type { Page } from "@playwright/test"
import { projectPath } from "../../scripts/project-path.ts"
import type { OpenedApp } from "./opened-app.ts"
import { quantile } from "./quantile.ts"

const ROUNDS = 12

/** From Enter in the chat to the first thing that is seen of it, to the answer, and what the route's scripts weigh. */
export async function measureChatAnswer(app: OpenedApp): Promise<Record<string, number>> {
  const page = await app.newPage({ viewport: { width: 1280, height: 800 } })
  const home = await scriptsOf(page, app.url)
  const chat = await scriptsOf(page, `${app.url}/chat`)
  const gzip = await Promise.all([...chat].map(gzipBytesOf))
  const first = await Promise.all([...chat].filter((each) => !home.has(each)).map(gzipBytesOf))
  const [reactions, answers]: [number[], number[]] = [[], []]
  for (let round = 0; round < ROUNDS; round++) {
    const { reactionMs, answerMs } = await said(page, `buy BTC on 1h when RSI ${round + 10} is below 30, sell above 70`)
    reactions.push(reactionMs)
    answers.push(answerMs)
  }
  await page.context().close()
  const sum = (bytes: number[]) => bytes.reduce((all, each) => all + each, 0)
  return {
    chatEnterToReactionFirstMs: reactions[0],
    chatEnterToReactionP50Ms: quantile(reactions, 0.5),
    chatEnterToReactionP95Ms: quantile(reactions, 0.95),
    chatEnterToAnswerP50Ms: quantile(answers, 0.5),
    chatRouteGzipBytes: sum(gzip),
    chatRouteOwnGzipBytes: sum(first),
  }
}

/** The scripts of a screen until nothing more is asked for. */
async function scriptsOf(page: Page, url: string): Promise<Set<string>> {
  const addresses = new Set<string>()
  const hear = (request: { url(): string }) => {
    const { pathname } = new URL(request.url())
    if (pathname.endsWith(".js")) addresses.add(pathname)
  }
  page.context().on("request", hear)
  await page.goto(url, { waitUntil: "networkidle" })
  page.context().off("request", hear)
  return addresses
}

async function gzipBytesOf(address: string): Promise<number> {
  const plain = projectPath(`build/web${address}`)
  const sent = await readFile(`${plain}.gz`).catch(() => readFile(plain))
  return sent.length
}

/** Counted in the page: from the key's event to the frame in which the words have left the box, and to the answer. */
async function said(page: Page, words: string): Promise<{ reactionMs: number; answerMs: number }> {
  const box = page.getByRole("textbox").first()
  await box.fill(words)
  const before = await page.getByTestId("said").count()
  await page.evaluate(watchTheBox)
  await box.press("Enter")
  await page.getByTestId("said").nth(before).waitFor()
  await page.getByTestId("answer").nth(before).waitFor()
  return page.evaluate(async () => {
    const { chatTimes: times } = globalThis as unknown as { chatTimes: number[] }
    while (times.length < 2) await new Promise(requestAnimationFrame)
    return { reactionMs: times[1] - times[0], answerMs: performance.now() - times[0] }
  })
}

/** As text: what names its functions for stack traces knows nothing of the page. */
const watchTheBox = `{
  const field = document.querySelector("textarea")
  const times = (globalThis.chatTimes = [])
  const look = () => field.isConnected && field.value !== "" ? void requestAnimationFrame(look) : void times.push(performance.now())
  field.addEventListener("keydown", (event) => times.length === 0 && (times.push(event.timeStamp), requestAnimationFrame(look)))
}`

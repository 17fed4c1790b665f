import { createHash } from "node:crypto"
import { existsSync } from "node:fs"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { openInProcess } from "../../exchange/simulated/in-process.ts"
import { openWithWaysIn } from "../../exchange/simulated/opened-exchange.ts"
import { VirtualTime } from "../../exchange/simulated/virtual-time.ts"
import { openRelayStore } from "../../store/relay-store.ts"
import { differencesIn } from "../../ledger/difference.ts"
import type { BotWish } from "../../ledger/bot-record.ts"
import type { BotRunner } from "../bot-runner.ts"
import type { DifferenceAction } from "../difference-answers.ts"
import { builtEngine } from "../../built-engine.ts"
import { fenceMsOf } from "../fence.ts"
import { hashAtOnce } from "../testing/hash-at-once.ts"
import { CrashPoints } from "./crash-points.ts"
import { findings } from "./findings.ts"
import { Marks } from "./marks.ts"
import { markOutcome } from "./outcome-marks.ts"
import { begin, deploy, type LivingRelay, type Place, symbolsIn } from "./simulated-relay.ts"
import { endMsAt, quoteOf } from "./story-venue.ts"
import { startMs, type Story } from "./story.ts"
import { TroubleMaker } from "./trouble-maker.ts"
import type { Twist } from "./twist.ts"

const SECOND_MS = 1_000

export type Outcome = {
  problems: string[]
  /** Of everything that happened at the exchange, and all that the relay kept. */
  hash: string
  marks: Marks
  longestUnprotectedMs: number
  effects: CrashPoints["passed"]
  lives: number
  orders: number
  /** Everything, for people. */
  told: string
}

const engine = (await builtEngine())!

hashAtOnce()

/** Runs a story to its end and judges it. */
export async function runStory(story: Story, twist: Twist = {}): Promise<Outcome> {
  const telling = await StoryTelling.open(story, twist)
  const marks = new Marks()
  const undo = [...(twist.inside?.() ?? []), marks.watchActs()]
  try {
    await telling.run()
    return await telling.outcome(marks)
  } finally {
    for (const one of undo.reverse()) one()
    await telling.close()
  }
}

/** When the exchange took no order from anybody. */
function excusedBy({ troubles }: Story): [number, number][] {
  return troubles.flatMap(({ atMs, trouble }): [number, number][] => {
    const isClosed = trouble.do === "down" || (trouble.do === "rules" && trouble.rules.status !== undefined)
    return isClosed ? [[startMs + atMs, startMs + atMs + trouble.lastsMs]] : []
  })
}

/** What its account has at the beginning. */
function balancesOf({ venue, hasCoins }: Story): Record<string, string> {
  const coins: Record<string, string> =
    venue === "binance" ? { BTC: "1", ETH: "10", BNB: "1" } : { BTC: "1", ETH: "10" }
  return { [quoteOf[venue]]: "10000", ...(hasCoins ? coins : {}) }
}

class StoryTelling {
  #relay: LivingRelay | undefined
  #awaySinceMs: number | undefined
  readonly #paused: { bot: string; fromMs: number; toMs: number }[] = []
  readonly #killed: [number, number][] = []
  readonly #away: [number, number][] = []
  #lives = 0
  #isFinished = false
  readonly #maker: TroubleMaker

  private constructor(
    private readonly place: Place,
    private readonly folder: string,
    private readonly bugs: unknown[],
  ) {
    const symbols = [...new Set(place.story.bots.flatMap(({ markets }) => markets.map(place.symbolOf)))]
    this.#maker = new TroubleMaker(place.opened, place.time, symbols)
  }

  static async open(story: Story, twist: Twist): Promise<StoryTelling> {
    const bugs: unknown[] = []
    const onBug = (error: unknown) => void bugs.push(error)
    const time = new VirtualTime({ startMs, seed: story.seed, onBug })
    const { seed, venue } = story
    const options = { speak: venue, seed, historyDays: 1, heartbeatMs: 1_000, balances: balancesOf(story) }
    const opened = await openWithWaysIn(options, time)
    // Synced writes cost most of a story's time, and no story loses what was written: memory will do.
    const root = existsSync("/dev/shm") ? "/dev/shm" : tmpdir()
    const folder = await mkdtemp(join(root, "candlewright-story-"))
    const store = await openRelayStore({ dataDirectory: join(folder, "data"), surroundings: time })
    const crashes = new CrashPoints(story.crashes)
    const inside = openInProcess(opened)
    const place = {
      story,
      engine,
      time,
      opened,
      inside,
      symbolOf: symbolsIn(opened.language),
      store,
      crashes,
      killSwitch: { isOn: false },
      disk: { isFull: false },
      twist,
      onBug,
    }
    return new StoryTelling(place, folder, bugs)
  }

  async run(): Promise<void> {
    const { time, story, crashes } = this.place
    await deploy(this.place)
    await this.#live()
    for (const { atMs, trouble } of story.troubles) {
      await this.#advanceTo(atMs)
      await this.#befall(trouble)
    }
    await this.#advanceTo(story.troubledMs)
    crashes.clear()
    this.place.disk.isFull = false
    this.place.killSwitch.isOn = false
    this.#maker.end()
    await this.#advanceTo(time.steadyMs() + story.calmMs)
    await this.#stopAll()
  }

  async outcome(marks: Marks): Promise<Outcome> {
    const { place, bugs } = this
    const { problems, longestUnprotectedMs, verdict } = await findings(place, {
      bugs,
      isFinished: this.#isFinished,
      excused: [...this.#away, ...excusedBy(place.story)],
      killed: this.#killed,
      paused: this.#paused,
    })
    await markOutcome(marks, place, this.#lives)
    const told = await this.#lines()
    return {
      problems,
      hash: createHash("sha256").update(told.join("\n")).digest("hex"),
      marks,
      longestUnprotectedMs,
      effects: place.crashes.passed,
      lives: this.#lives,
      orders: verdict.orders,
      told: told.join("\n"),
    }
  }

  async close(): Promise<void> {
    this.#relay?.life.crash()
    this.place.opened.stop()
    await this.place.store.close()
    await rm(this.folder, { recursive: true, force: true })
  }

  async #befall(trouble: Story["troubles"][number]["trouble"]): Promise<void> {
    const { time, killSwitch } = this.place
    switch (trouble.do) {
      case "restart":
        return this.#restart()
      case "disk":
        this.place.disk.isFull = true
        this.#away.push([time.nowMs(), time.nowMs() + trouble.lastsMs])
        return void time.after(trouble.lastsMs, () => (this.place.disk.isFull = false))
      case "wish": {
        const runner = this.#relay?.runners[trouble.bot]
        return runner && this.#wish(runner, trouble.wish)
      }
      case "answer":
        return this.#answer(trouble.action)
      case "kill":
        killSwitch.isOn = true
        this.#killed.push([
          time.nowMs(),
          Math.min(time.nowMs() + trouble.lastsMs, startMs + this.place.story.troubledMs),
        ])
        return void time.after(trouble.lastsMs, () => {
          killSwitch.isOn = this.#killed.some(([, toMs]) => toMs > time.nowMs())
        })
      default:
        return this.#maker.make(trouble)
    }
  }

  /** What its owner wants is kept once the bot has said so. */
  #wish(runner: BotRunner, wish: BotWish): void {
    const { time } = this.place
    const bot = runner.bot.id
    for (const one of this.#paused) if (one.bot === bot) one.toMs = Math.min(one.toMs, time.nowMs())
    const kept = () => {
      if (wish !== "run") this.#paused.push({ bot, fromMs: time.nowMs(), toMs: Infinity })
    }
    // A full disk keeps no wish, and says so.
    runner.wish(wish, "Its owner wants it.").then(kept, () => {})
  }

  /** Its owner answers whatever is asked now; what cannot be done is refused. */
  async #answer(action: DifferenceAction): Promise<void> {
    const { runners } = this.#relay!
    for (const { id, botId } of await differencesIn(this.place.store.database)) {
      const runner = runners.find(({ bot }) => bot.id === botId)
      runner?.answer(id, action, async () => {}).catch(() => {})
    }
  }

  /** An orderly end and a new start. */
  async #restart(): Promise<void> {
    const { time } = this.place
    const { runners, life } = this.#relay!
    if (life.isOver) return
    const ended = Promise.all(runners.map((runner) => runner.end()))
    const limit = new Promise<void>((resolve) => time.after(30_000, resolve))
    await time.until(Promise.race([ended, limit]))
    life.crash()
    await this.#live()
  }

  async #live(): Promise<void> {
    const sha256 = this.place.story.hasUpdates ? `${engine.sha256.slice(1)}${this.#lives % 2}` : engine.sha256
    this.#lives++
    this.#relay = await begin({ ...this.place, engine: { ...engine, sha256 } })
  }

  async #advanceTo(steadyMs: number): Promise<void> {
    const { time } = this.place
    while (time.steadyMs() < steadyMs) {
      await time.advance(Math.min(SECOND_MS, steadyMs - time.steadyMs()))
      await this.#bringBack()
    }
  }

  async #bringBack(): Promise<void> {
    const { time, story } = this.place
    if (!this.#relay!.life.isOver) return
    this.#awaySinceMs ??= time.nowMs() - SECOND_MS
    if (time.nowMs() < this.#awaySinceMs + story.awayMs) return
    await this.#live()
    // What was under way when the power went is in doubt anew.
    this.#away.push([this.#awaySinceMs, time.nowMs() + fenceMsOf(this.#relay!.exchange)])
    this.#awaySinceMs = undefined
  }

  async #stopAll(): Promise<void> {
    const { time } = this.place
    const { runners } = this.#relay!
    for (const runner of runners) await time.until(runner.wish("stop", "Its owner ends it."))
    const untilMs = time.steadyMs() + endMsAt(this.place.story.venue)
    const isOver = () => runners.every(({ status }) => status === "stopped")
    while (!isOver() && time.steadyMs() < untilMs) await time.advance(SECOND_MS)
    this.#isFinished = isOver()
    await time.advance(10 * SECOND_MS)
    await time.until(Promise.all(runners.map((runner) => runner.end())))
  }

  async #lines(): Promise<string[]> {
    const { opened, store } = this.place
    const events = await store.database.selectFrom("bot_event").selectAll().orderBy("seq").execute()
    const own = events.map((row) => ({ atMs: row.at_ms, line: `${row.bot_id} ${row.kind}: ${row.words}` }))
    const theirs = opened.exchange.log.entries.map((entry) => ({
      atMs: entry.atMs,
      line: `  exchange ${JSON.stringify({ ...entry, sequence: undefined, atMs: undefined })}`,
    }))
    return [...theirs, ...own]
      .sort((one, other) => one.atMs - other.atMs)
      .map(({ atMs, line }) => `${((atMs - startMs) / 1_000).toFixed(3)} ${line}`)
  }
}

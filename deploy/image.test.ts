import { existsSync } from "node:fs"
import { isBuiltin } from "node:module"
import { readdir, readFile, stat } from "node:fs/promises"
import { dirname, join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { builtCommand, said } from "../relay/cli/testing/built-command.ts"
import { commands } from "../relay/cli/commands.ts"
import { projectPath } from "../scripts/project-path.ts"
import { dockerStages, settingOf } from "./testing/dockerfile.ts"
import { imageFolder, type ImageFolder } from "./testing/image-folder.ts"

// The image without Docker: the files that its last stage copies, as its user, in folders that cannot be written.

const patience = { timeout: 60_000, interval: 100 }
const isBuilt = existsSync(projectPath("build/web/index.html")) && existsSync(projectPath("build/engine.wasm"))
let image: ImageFolder
beforeAll(async () => {
  if (isBuilt) image = await imageFolder(dirname(await builtCommand()))
}, 240_000)
afterAll(() => image?.remove())

const crossing = {
  format: "candlewright.strategy/1",
  name: "Crossing averages",
  timeframe: "1h",
  markets: ["BTC/USDT"],
  long: {
    enter: { all: ["crossover(sma(close, 5), sma(close, 15))"] },
    exit: { any: ["crossunder(sma(close, 5), sma(close, 15))"] },
  },
}
const inCode = {
  format: crossing.format,
  name: "In code",
  timeframe: "1h",
  markets: ["BTC/USDT"],
  code: {
    language: "assemblyscript",
    source:
      'import { Candle, Strategy } from "candlewright"\nexport class Mine extends Strategy {\n  onCandle(candle: Candle): void {}\n}',
  },
}

test("it starts as its user with only its data folder to write, serves the app, runs backtests, and ends at SIGTERM with 0", async (context) => {
  if (!isBuilt) return context.skip("the app is not built: npm run build")
  const relay = image.start()
  const url = await relay.hear(/http:\/\/localhost:\d+/)
  expect(await (await fetch(`${url}/api/health`)).json()).toMatchObject({
    status: "ok",
    engine: expect.stringMatching(/^[0-9a-f]{64}$/),
    checks: { database: "ok", practice: "ok", keys: "ok" },
  })
  expect(await healthOf(url)).toBe(0)
  expect(await (await fetch(url)).text()).toContain("<title>Candlewright</title>")

  // As `docker exec` would.
  const asked = image.start(["tokens", "create", "--name", "image", "--scope", "trade", "--json"])
  expect(await asked.ended, asked.said()).toBe(0)
  const { token } = JSON.parse(asked.said()) as { token: string }
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" }
  for (const strategy of [crossing, inCode]) {
    const body = JSON.stringify({ strategy, venue: "practice" })
    const begun = await fetch(`${url}/api/backtests`, { method: "POST", headers, body })
    const { id } = (await begun.json()) as { id: string }
    const job = async () => (await fetch(`${url}/api/jobs/${id}`, { headers })).json() as Promise<{ status: string }>
    await expect.poll(async () => (await job()).status, patience).not.toMatch(/queued|running/)
    expect(await job(), strategy.name).toMatchObject({ status: "done" })
  }
  expect(await relay.stop(), relay.said()).toBe(0)
  expect(await readdir(image.at("/data/relay"))).toContain("relay.db")
  expect((await stat(image.at("/data/relay"))).mode & 0o777).toBe(0o700)
  expect(await healthOf(url)).toBe(1)
}, 180_000)

/** How the image's own health check ends. */
async function healthOf(url: string): Promise<number> {
  const [, ...words] = settingOf(image.stage, "HEALTHCHECK")
  const asked = words.map((word) => word.replace("localhost:8787", new URL(url).host))
  return said(process.execPath, asked, image.at("/app")).then(({ code }) => code!)
}

test("every package that the programs name is whole enough to be loaded", async (context) => {
  if (!isBuilt) return context.skip("the app is not built: npm run build")
  const programs = (await readdir(image.at("/app/build"))).filter((name) => name.endsWith(".mjs"))
  const texts = await Promise.all(programs.map((name) => readFile(image.at(`/app/build/${name}`), "utf8")))
  const named = texts.flatMap((text) => [
    ...text.matchAll(/^(?:import|\} from|.*\bimport\() ?(?:.* from )?"([@a-z][^"]*)"/gm),
  ])
  const packages = [...new Set(named.map(([, name]) => name))].filter(
    (name) => !isBuiltin(name) && !name.startsWith("candlewright"),
  )
  expect(packages).toEqual(expect.arrayContaining(["ccxt", "libsql", "pg", "@tensorflow/tfjs-layers", "zod"]))
  const loading = `await Promise.all(${JSON.stringify(packages)}.map((name) => import(name)))`
  const loaded = await said(process.execPath, ["--input-type=module", "--eval", loading], image.at("/app"))
  expect(loaded.err).toBe("")
  expect(loaded.code).toBe(0)
})

test("it holds the programs, the app, and a fraction of the packages: no sources, no tests, no package manager's", async (context) => {
  if (!isBuilt) return context.skip("the app is not built: npm run build")
  const files = await readdir(image.at("/app"), { recursive: true })
  expect(files.filter((path) => /\.(test\.\w+|tsx?|map)$|\.env|\.git\b/.test(path))).toEqual([])
  const MOST_PACKAGE_MB = 90
  const sizes = files
    .filter((path) => path.startsWith("node_modules/"))
    .map(async (path) => (await stat(join(image.at("/app"), path))).size)
  const megabytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0) / 1e6
  expect(megabytes).toBeLessThan(MOST_PACKAGE_MB)
})

test("its user has a number and is not root, its health is asked by node alone, its base has a version", () => {
  const [build, last] = dockerStages()
  expect(settingOf(last, "USER")[0]).toMatch(/^[1-9]\d{3,}:[1-9]\d{3,}$/)
  for (const name of ["ENTRYPOINT", "HEALTHCHECK"]) expect(settingOf(last, name)[0]).toBe("/usr/local/bin/node")
  expect(last.instructions.filter(({ name }) => name === "RUN" || name === "ADD")).toEqual([])
  expect(last.instructions.every(({ name, options }) => name !== "COPY" || options.from === build.name)).toBe(true)
  expect([build.from, last.from].filter((from) => !/^node:\$\{NODE_VERSION\}-bookworm-slim$/.test(from))).toEqual([])
  expect(Object.keys(commands)).toContain(settingOf(last, "CMD")[0])
})

test("what the image is built of leaves out what was built, kept and tested here", async () => {
  const lines = (await readFile(projectPath(".dockerignore"), "utf8"))
    .split("\n")
    .filter((line) => !line.startsWith("#"))
  expect(lines[0]).toBe("*")
  const taken = lines.filter((line) => line.startsWith("!")).map((line) => line.slice(1))
  expect(taken.filter((name) => !name.includes("*") && !existsSync(projectPath(name)))).toEqual([])
  expect(taken).toEqual(
    expect.arrayContaining(["package.json", "package-lock.json", "relay", "web", "scripts", "LICENSE"]),
  )
  expect(taken.filter((name) => /^(\.git|\.env|docs|e2e|deploy|build|node_modules)/.test(name))).toEqual([])
  expect(lines).toEqual(expect.arrayContaining(["**/node_modules", "**/build"]))
})

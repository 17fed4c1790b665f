import { readFileSync } from "node:fs"
import { basename, extname } from "node:path"
import { fileURLToPath } from "node:url"
import { describe, expect, test } from "vitest"
import { importsOf, projectFiles, sourceFile, sourceFiles, type Import } from "./source-file.ts"

const files = sourceFiles()
const product = files.filter((file) => !file.isTest && !file.text.startsWith("// Written by `npm run"))
const imports = files.flatMap(importsOf)
const inWords = (one: Import) => `${one.from.path} imports ${one.target}`
const partOf = (path: string) => path.split("/")[0]
const engineDoors = ["candles", "strategy", "idea", "run", "result", "wasm", "core-sources"].map(
  (door) => `#engine/${door}`,
)
const ownParts = ["engine-wasm", "web", "relay", "scripts", "e2e", "bench", "docs", "deploy"]

/** The web's rooms from the ground up; a room that is not named is a screen. */
const webLayers = [["ui", "db", "worker"], ["run", "chart", "figure", "relay-client", "venue"], [], ["routes"]]
const screenLayer = 2
const layerOf = (path: string) => {
  const layer = webLayers.findIndex((rooms) => rooms.includes(path.split("/")[1]))
  return layer === -1 ? screenLayer : layer
}

/** Why an import between two parts is not through a door; undefined when it is fine. */
function strayDoor({ from, target, typeOnly }: Import): string | undefined {
  const part = partOf(from.path)
  const door = target.replace(/\?.*$/, "")
  if (!["engine-wasm", "web", "relay"].includes(part)) return undefined
  if (door.startsWith("#"))
    return doorIsOpen(part, door, typeOnly)
      ? undefined
      : `${part} may not use ${door}${door === "#relay/api" ? " but as a type" : ""}`
  const leaves = ownParts.includes(partOf(target)) && partOf(target) !== part
  // A test may start any program of the project, such as the browser finder or another engine; the product may not.
  const isForTests = /^(scripts|engine-wasm\/testing|relay\/forecasts\/testing)\//.test(target)
  return leaves && !(from.isTest && isForTests) ? `${part} reaches into ${partOf(target)}` : undefined
}

function doorIsOpen(part: string, door: string, typeOnly: boolean) {
  if (engineDoors.includes(door) || ["#venues", "#models", "#forecasts"].includes(door))
    return part === "web" || part === "relay"
  return door === "#relay/api" && part === "web" && typeOnly
}

/** What each room of the relay may import beside itself, `#…` and packages. A room that is not named may use all. */
const relayRooms: Record<string, RegExp> = {
  venues: /^never$/,
  models: /^never$/,
  forecasts: /^never$/,
  redaction: /^never$/,
  "bug-report": /^relay\/redaction\.ts$/,
  surroundings: /^relay\/bug-report\.ts$/,
  log: /^relay\/surroundings\.ts$/,
  door: /^relay\/surroundings\.ts$/,
  assistants: /^relay\/(jobs|door)\/|^relay\/(surroundings|own-version|store\/person-schema)\.ts$/,
  analyses: /^relay\/(store|desk|door|audit)\/|^relay\/surroundings\.ts$/,
  signals: /^relay\/(store|desk|door|audit|jobs)\/|^relay\/surroundings\.ts$/,
  routes:
    /^relay\/(analyses|signals|assistants|door|people|audit|bots|accounts|ledger|jobs|marketplace|notifications|hosted-models)\//,
  exchange: /^relay\/(door\/|store\/disk-failure\.ts$|(redaction|surroundings|thread)\.ts$)/,
  guard: /^relay\/(ledger|exchange)\/|^relay\/accounts\/risk\.ts$|^relay\/surroundings\.ts$/,
  ledger: /^relay\/(store|exchange)\/|^relay\/surroundings\.ts$/,
  desk: /^relay\/(exchange|accounts|audit|keys|door|store)\/|^relay\/surroundings\.ts$/,
  bots: /^relay\/(analyses|guard|ledger|exchange|desk|accounts|audit|door)\/|^relay\/surroundings\.ts$/,
  audit: /^relay\/store\/|^relay\/surroundings\.ts$/,
  backup: /^relay\/(store|audit|guard)\/|^relay\/exchange\/simulated\/journal\/|^relay\/surroundings\.ts$/,
  people: /^relay\/(store|door|audit)\/|^relay\/surroundings\.ts$/,
  accounts: /^relay\/(store|keys|audit|door)\/|^relay\/surroundings\.ts$/,
  keys: /^relay\/store\/|^relay\/surroundings\.ts$/,
  jobs: /^relay\/(store|door|desk)\/|^relay\/(surroundings|thread|built-engine)\.ts$/,
  "source-script": /^never$/,
  thread: /^relay\/source-script\.ts$/,
  marketplace: /^relay\/store\/|^relay\/surroundings\.ts$/,
  notifications: /^relay\/(ledger|store|keys|audit|door)\/|^relay\/surroundings\.ts$/,
  "hosted-models": /^relay\/(store|keys|audit|door)\/|^relay\/surroundings\.ts$/,
  store: /^relay\/surroundings\.ts$/,
}

function strayInRelay({ from, target, typeOnly }: Import): boolean {
  const room = /^relay\/([\w-]+)(\.ts|\/)/.exec(from.path)?.[1]
  const mayUse = room === undefined ? undefined : relayRooms[room]
  const isOutside = target.startsWith("relay/") && !target.startsWith(`relay/${room}/`)
  return mayUse !== undefined && isOutside && !mayUse.test(target) && !from.isTest && !typeOnly
}

describe("parts meet only at their doors", () => {
  test("web and relay reach the engine through #engine, web knows the relay as a type", () => {
    expect(
      imports.filter((one) => strayDoor(one) !== undefined).map((one) => `${inWords(one)}: ${strayDoor(one)}`),
    ).toEqual([])
  })

  test("the engine needs nothing but zod (its small form), sha256 for models, and AssemblyScript's compiler for strategies in code: no DOM, no Node", () => {
    const engine = imports.filter(
      ({ from, target }) => partOf(from.path) === "engine-wasm" && !from.isTest && partOf(target) !== "engine-wasm",
    )
    const needed = ["zod/mini", "@noble/hashes/sha2.js", "@noble/hashes/utils.js", "assemblyscript/asc"]
    expect(engine.filter(({ target }) => !needed.includes(target)).map(inWords)).toEqual([])
  })

  test("inside the engine's host, candles know nothing, a strategy knows candles, a result candles, a run all three, an idea strategies", () => {
    const mayUse: Record<string, string[]> = {
      candles: [],
      strategy: ["candles"],
      result: ["candles"],
      run: ["candles", "strategy", "result"],
      idea: ["candles", "strategy"],
    }
    const roomOf = (path: string) => /^engine-wasm\/host\/(.*)/.exec(path)?.[1].split("/")[0]
    const stray = imports.filter(({ from, target }) => {
      const [room, other] = [roomOf(from.path), roomOf(target)]
      return room && other && room !== other && !mayUse[room]?.includes(other) && !from.isTest
    })
    expect(stray.map(inWords)).toEqual([])
  })

  test("the assembly stands on itself alone", () => {
    const assembly = imports.filter(({ from }) => from.path.startsWith("engine-wasm/assembly/") && !from.isTest)
    expect(assembly.filter(({ target }) => !target.startsWith("engine-wasm/assembly/")).map(inWords)).toEqual([])
  })

  test("inside the web, routes lead to screens, screens to what runs and draws, that to db, ui and worker, never back", () => {
    const upward = imports.filter(
      ({ from, target }) =>
        inFolder(from.path) && inFolder(target) && layerOf(target) > layerOf(from.path) && !from.isTest,
    )
    expect(upward.map(inWords)).toEqual([])
  })

  test("inside the web, a screen uses another screen through its index.ts; only what runs in a worker goes past it", () => {
    const isScreen = (path: string) => inFolder(path) && layerOf(path) === screenLayer
    const roomOf = (path: string) => path.split("/")[1]
    const stray = imports.filter(
      ({ from, target }) =>
        isScreen(from.path) && isScreen(target) && roomOf(from.path) !== roomOf(target) && !from.isTest,
    )
    const inWorkers = reachedFrom((path) => path.endsWith("-worker.ts"))
    const throughIndex = (target: string) => /^web\/[\w-]+\/index\.tsx?$/.test(target) || target.includes("?worker")
    expect(stray.filter(({ from, target }) => !throughIndex(target) && !inWorkers.has(from.path)).map(inWords)).toEqual(
      [],
    )
  })

  test("what runs a strategy for the web knows no screen: web/run has no JSX", () => {
    expect(files.filter(({ path }) => /^web\/run\/.*\.tsx$/.test(path)).map(({ path }) => path)).toEqual([])
  })

  test("exchanges' public side needs candles, the types of ccxt, and neither browser nor Node", () => {
    const ofVenues = imports.filter(({ from }) => from.path.startsWith("relay/venues/") && !from.isTest)
    const fine = ({ target, typeOnly }: Import) =>
      target === "#engine/candles" || target.startsWith("relay/venues/") || (target === "ccxt" && typeOnly)
    expect(ofVenues.filter((one) => !fine(one)).map(inWords)).toEqual([])
    const elsewhere = imports.filter(
      ({ from, target }) => target.startsWith("relay/venues/") && !from.path.startsWith("relay/venues/"),
    )
    expect(elsewhere.map(inWords), "others come in by the door #venues").toEqual([])
  })

  test("models need the engine, three small packages, and neither browser nor Node", () => {
    const ofModels = imports.filter(({ from }) => from.path.startsWith("relay/models/") && !from.isTest)
    const fine = ({ target }: Import) =>
      /^(#engine\/(candles|strategy|idea|run|result)|openai|openai\/error|jsonrepair|partial-json)$/.test(target) ||
      target.startsWith("relay/models/")
    expect(ofModels.filter((one) => !fine(one)).map(inWords)).toEqual([])
    const elsewhere = imports.filter(
      ({ from, target }) => target.startsWith("relay/models/") && !from.path.startsWith("relay/models/"),
    )
    expect(elsewhere.filter(({ from }) => !from.isTest).map(inWords), "others come in by the door #models").toEqual([])
  })

  test("training needs the engine and tfjs, and neither browser nor Node; tfjs stands in one file, imported while running", () => {
    const ofForecasts = imports.filter(({ from }) => from.path.startsWith("relay/forecasts/") && !from.isTest)
    const fine = ({ target, typeOnly, from }: Import) =>
      /^#engine\/(candles|run)$/.test(target) ||
      target.startsWith("relay/forecasts/") ||
      (target.startsWith("@tensorflow/") && (typeOnly || from.path === "relay/forecasts/tfjs.ts"))
    expect(ofForecasts.filter((one) => !fine(one)).map(inWords)).toEqual([])
    const starters = product.filter(({ text }) => /from "\.\/tfjs\.ts"/.test(text))
    expect(starters.map(({ path }) => path)).toEqual([])
    const elsewhere = imports.filter(
      ({ from, target }) =>
        (target.startsWith("relay/forecasts/") ||
          (target.startsWith("@tensorflow/") && !target.endsWith(".wasm?url"))) &&
        !from.path.startsWith("relay/forecasts/"),
    )
    expect(elsewhere.filter(({ from }) => !from.isTest).map(inWords), "others come in by the door #forecasts").toEqual(
      [],
    )
  })

  test("inside the relay, each room uses only the rooms below it", () => {
    expect(imports.filter(strayInRelay).map(inWords)).toEqual([])
  })

  test("inside the relay, time, waits, chance and secrets come from surroundings.ts, made where a program or thread begins", () => {
    const own = product.filter(
      ({ path }) =>
        path.startsWith("relay/") &&
        !/^relay\/(surroundings\.ts|exchange\/ccxt\/|exchange\/simulated\/virtual-time\.ts|door\/)/.test(path),
    )
    const world =
      /\b(Date\.now|new Date\(\)|setTimeout|setInterval|setImmediate|Math\.random|randomUUID|timers\/promises)\b/
    const reaching = own.filter(({ text }) => world.test(withoutComments(text)))
    expect(reaching.map(({ path }) => path)).toEqual([])
    const makers = product.filter(({ path, text }) => path.startsWith("relay/") && /\brealSurroundings\(/.test(text))
    expect(
      makers.map(({ path }) => path).filter((path) => !/(^|\/)(main|surroundings)\.ts$|-worker\.ts$/.test(path)),
    ).toEqual([])
  })

  test("inside the relay, orders reach the exchange only through the guard", () => {
    const reaches = imports.filter(
      ({ from, target }) =>
        from.path.startsWith("relay/") &&
        target.startsWith("relay/exchange/") &&
        !/^relay\/(exchange|guard|desk|cli|backup)\//.test(from.path) &&
        !from.isTest,
    )
    expect(
      reaches.filter(({ from, typeOnly }) => !typeOnly && !/^relay\/(main|app)\.ts$/.test(from.path)).map(inWords),
    ).toEqual([])
  })

  test("a stray import would be found", () => {
    const tried = (path: string, text: string) => importsOf(sourceFile(path, text)).map(strayDoor)
    expect(tried("web/home/a.ts", 'import { x } from "../../relay/app.ts"')).toEqual(["web reaches into relay"])
    expect(tried("web/home/a.ts", 'import { type Api } from "#relay/api"')).toEqual([
      "web may not use #relay/api but as a type",
    ])
    expect(tried("web/home/a.ts", 'import type { Api } from "#relay/api"')).toEqual([undefined])
    expect(tried("engine-wasm/host/a.ts", 'export {\n  x,\n} from "../../web/ui/a.ts"')).toEqual([
      "engine-wasm reaches into web",
    ])
    expect(tried("relay/a.ts", 'const x = await import("../web/a.ts")')).toEqual(["relay reaches into web"])
    expect(
      tried("relay/a.ts", 'import "#engine/run"\nimport wasm from "#engine/wasm"\n// import "../web/a.ts"'),
    ).toEqual([undefined, undefined])
  })
})

describe("the engine is pure", () => {
  test("no clock, chance, network or timer: time is the candle's, chance is a seed you pass", () => {
    // Giving way with `setTimeout(resolve)`, so that a cancel can arrive, reads no clock and changes no result.
    const impure =
      /\b(Date\.now|new Date\(\)|performance\.now|Math\.random|crypto\.getRandomValues|randomUUID|setTimeout\((?!resolve\))|setInterval|fetch\(|localStorage|indexedDB)/
    // A long run measures how long it has kept the thread; its results do not depend on it.
    const givesWayByTheClock = ["engine-wasm/host/run/breath.ts"]
    const engine = product.filter(
      (file) => file.path.startsWith("engine-wasm/") && !givesWayByTheClock.includes(file.path),
    )
    expect(engine.filter((file) => impure.test(withoutComments(file.text))).map((file) => file.path)).toEqual([])
  })

  test("every operator has a number of its own", () => {
    const text = readFileSync(
      fileURLToPath(new URL("../engine-wasm/assembly/operators/opcode.ts", import.meta.url)),
      "utf8",
    )
    const numbers = operatorNumbers(text)
    expect(numbers.size).toBeGreaterThan(20)
    const taken = new Map<number, string>()
    const clashes = [...numbers].filter(([name, number]) => (taken.has(number) ? true : !taken.set(number, name)))
    expect(clashes).toEqual([])
  })
})

describe("a file is one noun", () => {
  test("names are kebab-case", () => {
    const tsNames = files.map((file) => file.path).filter((path) => !path.startsWith("web/routes/"))
    expect(tsNames.filter((path) => !/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+)*\.tsx?$/.test(basename(path)))).toEqual([])
  })

  test("no drawer for what had no place: utils, helpers, common, shared, types, misc", () => {
    const drawer = /(^|\/)(utils?|helpers?|common|shared|types?|misc|lib|stuff)(\/|\.tsx?$)/
    expect(projectFiles().filter((path) => drawer.test(path))).toEqual([])
  })

  test("a day, an hour and a minute are written once: engine-wasm/host/candles/timeframe.ts", () => {
    // AssemblyScript cannot import the host's constants.
    const own = files.filter(
      ({ path }) => !/^engine-wasm\/assembly\/|^engine-wasm\/host\/candles\/timeframe\.ts$/.test(path),
    )
    const length = /\bconst (WEEK|DAY|HOUR|MINUTE)(_MS)?\b|\b(86_400_000|3_600_000)\b/
    const twice = own.filter(({ path, text }) => path !== "docs/style.test.ts" && length.test(withoutComments(text)))
    expect(twice.map(({ path }) => path)).toEqual([])
  })

  test("exports have names; only a tool's configuration file may have a default export", () => {
    const defaults = files.filter((file) => /^export default\b|\bas default\b/m.test(withoutComments(file.text)))
    expect(defaults.filter((file) => !file.path.endsWith(".config.ts")).map((file) => file.path)).toEqual([])
  })

  test("most files are under 150 lines, none of the product is over 400", () => {
    const long = product.filter((file) => file.lines > 150)
    expect(
      long.length / product.length,
      `over 150 lines: ${long.map((file) => `${file.path} (${file.lines})`).join(", ")}`,
    ).toBeLessThan(0.15)
    expect(product.filter((file) => file.lines > 400).map((file) => `${file.path} (${file.lines})`)).toEqual([])
  })

  test("no file is imported for what it does by itself: a bundle leaves out what nobody calls", () => {
    const alone = product.flatMap(({ path, text }) =>
      [...text.matchAll(/^import "([.#][^"]*\.tsx?)"/gm)].map(([, target]) => `${path} imports ${target}`),
    )
    expect(alone).toEqual([])
  })

  test("local imports name the file with its ending, except in AssemblyScript, which cannot", () => {
    const local = imports.filter(
      ({ from, target }) => ownParts.includes(partOf(target)) && !from.path.startsWith("engine-wasm/assembly/"),
    )
    expect(local.filter(({ target }) => extname(target.replace(/\?.*$/, "")) === "").map(inWords)).toEqual([])
  })
})

describe("nothing is left on the desk", () => {
  test("no notes to ourselves, no test that is alone or asleep", () => {
    const note = /\b(TODO|FIXME|XXX|HACK)\b|\b(test|it|describe)\.(only|todo)\(|\b(test|it|describe)\.skip\(["'`]/
    expect(
      files.filter((file) => note.test(file.text) && file.path !== "docs/style.test.ts").map((file) => file.path),
    ).toEqual([])
  })

  test("no line over 140 columns, texts in quotes apart, which the formatter leaves in one piece", () => {
    const long = files
      .filter(
        (file) => !file.text.startsWith("// Written by `npm run") && !/report-(style|tables)\.ts$/.test(file.path),
      )
      .flatMap(({ path, text }) => withoutTexts(text).map((line, at) => ({ place: `${path}:${at + 1}`, line })))
    expect(long.filter(({ line }) => line.length > 140).map(({ place }) => place)).toEqual([])
  })

  test("comments and names of tests are plain English, not translated idiom", () => {
    const idiom =
      /\b(is|are|was|were) told\b|\bbecomes of\b|\bcomes of it\b|\bof nought\b|\bto be had\b|\bis let go\b|\b(whoever|nobody) asks\b|\band it is said\b/i
    const spoken = (text: string) =>
      text.split("\n").filter((line) => /^\s*(\/\/|\/?\*)|\b(test|describe)(\.\w+)?\(/.test(line))
    expect(
      files.flatMap(({ path, text }) =>
        path === "docs/style.test.ts"
          ? []
          : spoken(text)
              .filter((line) => idiom.test(line))
              .map((line) => `${path}: ${line.trim()}`),
      ),
    ).toEqual([])
  })

  test("a test without its data is skipped and says so, it does not pass", () => {
    const quiet = /return console\.warn\(|console\.warn\([^)]*\)\n\s*return\b/
    expect(files.filter((file) => file.isTest && quiet.test(file.text)).map((file) => file.path)).toEqual([])
  })

  test("no address of the machine it was written on, no private package registry", () => {
    const machine = /(^|["'`\s(=])\/(work|root|home\/\w+|Users\/\w+)\/|\bregistry\.[a-z-]+\.[a-z]+|_authToken/m
    const texts = projectFiles().filter(
      (path) => /\.(tsx?|m?js|json|md|css|html|ya?ml|sh)$|^\.npmrc$|^\.ci/.test(path) && path !== "docs/style.test.ts",
    )
    const read = (path: string) => readFileSync(fileURLToPath(new URL(`../${path}`, import.meta.url)), "utf8")
    expect(texts.filter((path) => machine.test(read(path).replaceAll("https://registry.npmjs.org/", "")))).toEqual([])
  })
})

/** The files that end up in the same bundle as those `isStart` names. Types cost nothing there. */
function reachedFrom(isStart: (path: string) => boolean): Set<string> {
  const reached = new Set(files.map((file) => file.path).filter(isStart))
  for (const path of reached) {
    const next = imports.filter(
      ({ from, target, typeOnly }) =>
        from.path === path && !typeOnly && ownParts.includes(partOf(target)) && !target.includes("?"),
    )
    for (const { target } of next) reached.add(target)
  }
  return reached
}

/** A file below a folder of web/, not one of the few beside them (main.tsx, router.ts). */
function inFolder(path: string) {
  return /^web\/[^/]+\//.test(path)
}

function withoutComments(text: string) {
  return text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|\s)\/\/.*$/gm, "")
}

/** The lines of a file with every text and regular expression emptied. */
function withoutTexts(text: string): string[] {
  const emptied = text.replace(/`(?:[^`\\]|\\.)*`/g, (found) => found.replace(/[^\n]/g, ""))
  return emptied
    .split("\n")
    .map((line) => line.replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\/(?:[^/\\]|\\.)+\//g, '""'))
}

/** Reads the enum as TypeScript counts it: a member without a number is one more than the member before it. */
function operatorNumbers(text: string): Map<string, number> {
  const body = /enum \w+ \{([\s\S]*?)\n\}/.exec(withoutComments(text))![1]
  const numbers = new Map<string, number>()
  let next = 0
  for (const [, name, given] of body.matchAll(/(\w+)(?:\s*=\s*(\d+))?\s*,/g)) {
    const number = given === undefined ? next : Number(given)
    numbers.set(name, number)
    next = number + 1
  }
  return numbers
}

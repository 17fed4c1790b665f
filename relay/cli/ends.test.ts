import { execFile, spawn } from "node:child_process"
import { once } from "node:events"
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { promisify } from "node:util"
import fc from "fast-check"
import { afterAll, beforeAll, expect, test } from "vitest"
import { builtCommand, said } from "./testing/built-command.ts"

let command = ""
let folder = ""

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "candlewright-ends-"))
  command = await builtCommand()
  await mkdir(join(folder, "inside"))
  await mkdir(join(folder, "open-to-all"))
  await writeFile(join(folder, "open-to-all", "letter.txt"), "mine\n")
  await chmod(join(folder, "open-to-all"), 0o755)
  await writeFile(join(folder, "mine.csv"), "my own\n")
  await symlink("mine.csv", join(folder, "link.csv"))
  await symlink("circle-b", join(folder, "circle-a"))
  await symlink("circle-a", join(folder, "circle-b"))
  await promisify(execFile)("mkfifo", [join(folder, "pipe")])
})

afterAll(async () => {
  await rm(folder, { recursive: true })
})

const candlewright = (...words: string[]) => said(process.execPath, [command, ...words], folder)

/** Through a shell, for what is done to the command's own ends. */
const shell = (script: string) =>
  said("bash", ["-c", script.replaceAll("CW", `"${process.execPath}" "${command}"`)], folder)

const aSentence = /^[^\n]{10,600}[.…](\nTry: candlewright[^\n]*)?\n$/
/** Line ends and tabs are allowed in plain text. */
const isPlain = (text: string) => !/\p{Cc}/u.test(text.replaceAll(/[\n\t]/g, ""))

test.each([
  ["mine.csv/inside.csv", "a part of its path is a file and not a folder"],
  ["circle-a", "leads back to itself"],
  ["x".repeat(300), "too long for the disk"],
  ["inside", "is a folder"],
  ["/proc", "is a folder"],
  ["/dev/zero", "is a device"],
  ["/dev/full", "is a device"],
  ["/proc/self/mem", "cannot read or write"],
  ["nothing.csv", "There is no file"],
  ["\u001b]0;owned\u0007.csv", "There is no file"],
  ["", "There is no file"],
])("%j as a file is refused in a sentence, whatever reads it", async (file, because) => {
  const commands = [
    ["candles", "check", file],
    ["candles", "import", file, "--out", "out.csv"],
    ["check", file],
  ]
  const said = await Promise.all(commands.map((words) => candlewright(...words)))
  for (const { code, err } of said) {
    expect(code, err).toBe(1)
    expect(err).toMatch(aSentence)
    expect(err).toContain(because)
    expect(isPlain(err)).toBe(true)
  }
})

test("a pipe that nobody writes to times out, one that is written is read", async () => {
  const silent = await candlewright("candles", "check", "pipe")
  expect([silent.code, silent.err]).toEqual([1, 'Nothing has come through the pipe "pipe" for 10 seconds.\n'])
  const read = await shell("CW candles synth --candles 5 > pipe & CW candles check pipe; wait")
  expect(read.out).toContain("5 candles of 1h")
})

test("standard input is read as a file under the name -", async () => {
  const synth = "CW candles synth --candles 5"
  const looked = await shell(`${synth} | CW candles check -`)
  expect(looked.out).toContain("-: 5 candles of 1h")
  const imported = await shell(`${synth} | CW candles import --out - -`)
  expect(imported.out).toMatch(/^open_time_ms,/)
  expect((await shell(`${synth} > five.csv; CW candles check - < five.csv`)).out).toContain("5 candles of 1h")
})

test("a file that cannot be written leaves what was there, and nothing beside it", async () => {
  for (const [file, because] of [
    ["inside", "is a folder"],
    ["no-such-folder/x.csv", "its folder does not exist. Nothing was written."],
    ["mine.csv/x.csv", "a part of its path is a file"],
    ["circle-a", "leads back to itself"],
    ["/dev/full", "The disk is full"],
    ["pipe", "No program reads"],
  ]) {
    const { code, err } = await candlewright("candles", "synth", "--out", file)
    expect([code, err]).toEqual([1, expect.stringContaining(because)])
    expect(err).toMatch(aSentence)
  }
  const limited = await shell("ulimit -f 8; CW candles synth --candles 100000 --out mine.csv")
  expect(limited.code).not.toBe(0)
  expect(limited.err).toContain("the earlier file is still there")
  const fresh = await shell("ulimit -f 8; CW candles synth --candles 100000 --out fresh.csv")
  expect([fresh.code, fresh.err]).toEqual([
    1,
    expect.stringMatching(/too large for the disk\. Nothing was written\.$/m),
  ])
  expect(await readFile(join(folder, "mine.csv"), "utf8")).toBe("my own\n")
})

test("writing through a link changes the file it points to, and the link stays", async () => {
  await writeFile(join(folder, "mine.csv"), "my own\n")
  expect((await candlewright("candles", "synth", "--candles", "5", "--out", "link.csv")).code).toBe(0)
  expect(await readFile(join(folder, "mine.csv"), "utf8")).toContain("open_time_ms")
  expect(await readdir(folder)).toContain("link.csv")
})

test("an answer that cannot be written is reported, one that nobody reads to the end is fine", async () => {
  const full = await shell("CW candles synth > /dev/full")
  expect([full.code, full.err]).toEqual([1, expect.stringContaining("The disk is full")])
  for (const command of ["candles synth", "--help", "series --candles mine.csv --formula close"]) {
    if (command.startsWith("series")) await candlewright("candles", "synth", "--candles", "9", "--out", "mine.csv")
    const unwritable = await shell(`CW ${command} 1< /dev/null`)
    expect([unwritable.code, unwritable.err]).toEqual([1, expect.stringContaining("its output is closed")])
    expect(unwritable.err).toMatch(aSentence)
  }
  const closed = await shell("CW candles synth --candles 100000 | head -1; exit ${PIPESTATUS[0]}")
  expect([closed.code, closed.err]).toEqual([0, ""])
  const unprinted = await shell("CW candles check nothing.csv 2> /dev/full")
  expect([unprinted.code, unprinted.out]).toEqual([1, ""])
})

test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
  "%s halfway ends with a sentence, and leaves no half-written file",
  async (signal) => {
    await writeFile(join(folder, "mine.csv"), "my own\n")
    const process_ = spawn(
      process.execPath,
      [command, "candles", "synth", "--candles", "5000000", "--out", "mine.csv"],
      { cwd: folder },
    )
    let err = ""
    process_.stderr.on("data", (data) => (err += String(data)))
    // The part beside the file shows that the command is writing.
    while (!(await readdir(folder)).some((name) => name.endsWith(".part")))
      await once(process_.stdout, "data", { signal: AbortSignal.timeout(20) }).catch(() => undefined)
    process_.kill(signal)
    const [code] = await once(process_, "exit")
    expect([code, err]).toEqual([
      { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 }[signal],
      "Stopped. Nothing was left half done.\n",
    ])
    expect(await readFile(join(folder, "mine.csv"), "utf8")).toBe("my own\n")
    expect((await readdir(folder)).filter((name) => name.endsWith(".part"))).toEqual([])
  },
)

test("whatever words are typed, the end is a sentence in plain letters and never a stack trace", async () => {
  const word = fc.oneof(
    fc.constantFrom("backtest", "sweep", "series", "check", "convert", "candles", "synth", "list", "--json", "--help"),
    fc.constantFrom(
      "--candles",
      "--out",
      "--vary",
      "--strategy",
      "-x",
      "--",
      "--=",
      "--constructor",
      "--__proto__",
      "=",
      "kept:a",
    ),
    fc.string({ unit: "binary", maxLength: 12 }).map((text) => text.replaceAll("\0", "")),
    fc.constantFrom("\u001b[2J", "\u202e", "a=b", "1e400", "n=1:3:0", "kept:binance:BTC/USDT:1h"),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(word, { maxLength: 5 }), async (words) => {
      const { code, err } = await candlewright(...words.filter((each) => each !== "serve" && each !== "exchange"))
      expect([0, 1, 2]).toContain(code)
      expect(isPlain(err)).toBe(true)
      expect(err).not.toMatch(/\n\s+at /)
    }),
    { numRuns: 40 },
  )
}, 240_000)

test("too few open files are a sentence, from the first one on", async () => {
  // With so few, a package is sometimes one that Node cannot open and sometimes one that it says is not there.
  const limits = [19, 20, 25, 27, 30, 33, 36, 40]
  for (const { code, err } of await Promise.all(limits.map((most) => shell(`ulimit -n ${most}; CW candles list`)))) {
    expect([code, err]).toEqual([1, expect.stringContaining("Too many files are open")])
    expect(err).toMatch(aSentence)
  }
  const commands = ["serve --port 0", "backtest", "candles list"]
  for (const { code, err } of await Promise.all(commands.map((words) => shell(`ulimit -n 20; CW ${words}`)))) {
    expect([code, err]).toEqual([1, expect.stringContaining("Too many files are open")])
    expect(err).toMatch(aSentence)
  }
})

test("an option that takes one value is not given twice, by whatever command", async () => {
  const commands = [
    ["serve", "--port", "1", "--port=2"],
    ["backtest", "--cash", "1", "--cash", "2"],
    ["sweep", "--json", "--json"],
    ["candles", "synth", "--seed", "1", "--seed", "1"],
    ["exchange", "--seed", "1", "--seed", "2"],
    ["series", "--candles", "a", "--candles", "b"],
  ]
  for (const { code, err } of await Promise.all(commands.map((words) => candlewright(...words)))) {
    expect([code, err]).toEqual([2, expect.stringContaining("is given twice; give it once")])
  }
})

test.each([
  ["open-to-all", "folder of its own"],
  ["/proc/1", "CANDLEWRIGHT_DATA to a folder"],
  ["/proc/1/candlewright", "cannot keep its data"],
  ["/dev/null", "is a file and not a folder"],
  ["mine.csv/data", "a part of its path is a file"],
  ["circle-a", "leads back to itself"],
])("%s as the data folder is refused with advice that helps", async (data, because) => {
  const { code, err } = await candlewright("candles", "list", "--data", data)
  expect([code, err]).toEqual([1, expect.stringContaining(because)])
  expect(err).toContain("CANDLEWRIGHT_DATA")
})

test("a file that was read is never written over, by whatever name", async () => {
  const rows = Array.from({ length: 30 }, (_, n) => [Date.UTC(2024, 0, 1, n), 10, 11, 9, 10 + (n % 2), 1])
  const text = ["open_time_ms,open,high,low,close,volume", ...rows.map((row) => row.join())].join("\n")
  await writeFile(join(folder, "hours.csv"), text)
  await symlink("hours.csv", join(folder, "same.csv"))
  for (const out of ["hours.csv", "same.csv", "./inside/../hours.csv"]) {
    const { code, err } = await candlewright("candles", "export", "hours.csv", "--timeframe", "4h", "--out", out)
    expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining("was read for this answer") as string })
    expect(await readFile(join(folder, "hours.csv"), "utf8")).toBe(text)
  }
})

test("a period that ends before it begins is named as such, not called empty", async () => {
  const period = ["--from", "2024-02-01", "--to", "2024-01-01"]
  const { code, err } = await candlewright("candles", "export", "hours.csv", "--out", "other.csv", ...period)
  expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining("is not before --to") as string })
})

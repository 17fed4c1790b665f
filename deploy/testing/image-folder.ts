import { spawn } from "node:child_process"
import { once } from "node:events"
import { chmod, chown, cp, mkdir, mkdtemp, readdir, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { basename, dirname, join } from "node:path"
import { copyUsedPackages } from "../../scripts/used-packages.ts"
import { projectPath } from "../../scripts/project-path.ts"
import { dockerStages, settingOf, type Stage } from "./dockerfile.ts"

/** The image's file system as a folder: what the last stage copies, each at its place, and nothing else. */
export type ImageFolder = {
  stage: Stage
  /** Where a path of the image lies. */
  at: (path: string) => string
  /** Starts what the image starts, with its settings, its user and its folders, here. */
  start: (words?: string[], environment?: Record<string, string>) => Container
  remove: () => Promise<void>
}

/** A process as the container would run it. */
export type Container = {
  said: () => string
  hear: (words: RegExp) => Promise<string>
  stop: Stop
  ended: Promise<number>
}
type Stop = (signal?: NodeJS.Signals) => Promise<number>

const READ_ONLY = 0o555
const isRoot = process.getuid?.() === 0

/** Lays the folder out; `programs` are the built programs of the sources as they are now. */
export async function imageFolder(programs: string): Promise<ImageFolder> {
  const root = await mkdtemp(join(tmpdir(), "candlewright-image-"))
  const stage = dockerStages().at(-1)!
  const at = (path: string) => join(root, path)
  for (const { name, words, options } of stage.instructions)
    if (name === "COPY") await copyAll({ words, options, programs, at, workdir: settingOf(stage, "WORKDIR")[0] })
  await chmod(root, READ_ONLY)
  await closeFolder(at(settingOf(stage, "WORKDIR")[0]))
  const remove = () => rm(root, { recursive: true, force: true })
  return { stage, at, remove, start: (words, environment) => start({ stage, at }, words, environment) }
}

type Copying = {
  words: string[]
  options: Record<string, string>
  programs: string
  at: (path: string) => string
  workdir: string
}

async function copyAll({ words, options, programs, at, workdir }: Copying): Promise<void> {
  const [sources, target] = [words.slice(0, -1), at(join(workdir, words.at(-1)!.replace(/^\//, "../".repeat(9))))]
  await mkdir(target, { recursive: true })
  for (const source of sources) await copyOne(source, target, programs)
  if (options.chown && isRoot) await chown(target, ...ids(options.chown))
}

/** From where the build stage has it to where it is here. */
async function copyOne(source: string, target: string, programs: string): Promise<void> {
  if (source === "/data/") return
  if (source === "/packages/") return copyUsedPackages(programs, target)
  const built = /^\/app\/build\/([\w*.-]+\.mjs)$/.exec(source)?.[1]
  const from = built ? join(programs, built) : projectPath(source.replace(/^\/app\//, ""))
  for (const each of await matching(from))
    await cp(each, join(target, source.endsWith("/") ? "" : basename(each)), { recursive: true })
}

async function matching(pattern: string): Promise<string[]> {
  if (!pattern.includes("*")) return [pattern]
  const [folder, end] = [dirname(pattern), basename(pattern).replace("*", "")]
  return (await readdir(folder)).filter((name) => name.endsWith(end)).map((name) => join(folder, name))
}

async function closeFolder(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true }))
    await chmod(join(entry.parentPath, entry.name), READ_ONLY)
  await chmod(folder, READ_ONLY)
}

function ids(user: string): [uid: number, gid: number] {
  const [uid, gid] = user.split(":").map(Number)
  return [uid, gid]
}

function start({ stage, at }: Pick<ImageFolder, "stage" | "at">, words?: string[], environment?: object): Container {
  const here = (text: string) => text.replace(/^\/(app|data)\b/, (path) => at(path))
  const settings = settingOf(stage, "ENV").map((word) => word.split("="))
  const [, ...entry] = settingOf(stage, "ENTRYPOINT").map(here)
  const [uid, gid] = ids(settingOf(stage, "USER")[0])
  const child = spawn(process.execPath, [...entry, ...(words ?? settingOf(stage, "CMD"))], {
    cwd: at(settingOf(stage, "WORKDIR")[0]),
    env: {
      ...Object.fromEntries(settings.map(([name, value]) => [name, here(value)])),
      TMPDIR: "/nowhere",
      ...environment,
    },
    stdio: ["ignore", "pipe", "pipe"],
    ...(isRoot && { uid, gid }),
  })
  let said = ""
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (bytes) => (said += String(bytes)))
  const ended = once(child, "close").then(([code]) => code as number)
  const stop: Stop = (signal = "SIGTERM") => (child.kill(signal), ended)
  const hear = async (wanted: RegExp): Promise<string> => {
    for (
      let over = false;
      ;
      over = await Promise.race([once(child.stdout, "data").then(() => false), ended.then(() => true)])
    ) {
      const found = wanted.exec(said)
      if (found) return found[0]
      if (over) throw new Error(`It ended and said: ${said}`)
    }
  }
  return { said: () => said, hear, stop, ended }
}

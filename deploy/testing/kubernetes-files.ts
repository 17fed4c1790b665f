import { readdirSync, readFileSync } from "node:fs"
import { join, normalize } from "node:path"
import { parseAllDocuments } from "yaml"
import { projectPath } from "../../scripts/project-path.ts"

/** One object of Kubernetes, as far as any kind has it. */
export type Manifest = {
  apiVersion: string
  kind: string
  metadata: { name: string; annotations?: Record<string, string>; labels?: Record<string, string> }
  spec?: Record<string, unknown>
  data?: Record<string, string>
  [field: string]: unknown
}

/** What a kustomization.yaml says of its folder. */
export type Kustomization = {
  kind: "Kustomization"
  namespace: string
  resources: string[]
  patches?: { path: string }[]
  images: { name: string; newName: string; newTag?: string; digest?: string }[]
}

const root = projectPath("deploy/kubernetes")
export const folders = ["base", "overlays/gke"] as const
export type Folder = (typeof folders)[number]

/** The files of a folder, but for what is in folders of its own. */
export function filesIn(folder: Folder): string[] {
  return readdirSync(join(root, folder)).filter((name) => name !== "kustomization.yaml")
}

export function kustomizationOf(folder: Folder): Kustomization {
  return readAll<Kustomization>(`${folder}/kustomization.yaml`)[0]
}

/** The objects of a folder with those it builds on, its patches laid over them by name. */
export function renderedFolder(folder: Folder): Manifest[] {
  const { resources, patches = [] } = kustomizationOf(folder)
  const objects = resources.flatMap((resource) => {
    const path = normalize(`${folder}/${resource}`)
    return folders.includes(path as Folder) ? renderedFolder(path as Folder) : readAll<Manifest>(path)
  })
  return patches.flatMap(({ path }) => readAll<Manifest>(`${folder}/${path}`)).reduce(patched, objects)
}

/** The objects in a text of YAML. Throws where it is none, or says something twice. */
export function objectsIn<Kind>(text: string): Kind[] {
  const documents = parseAllDocuments(text, { version: "1.1", uniqueKeys: true })
  return [...documents].map((document) => {
    if (document.errors.length > 0) throw document.errors[0]
    return document.toJS() as Kind
  })
}

function readAll<Kind>(path: string): Kind[] {
  return objectsIn<Kind>(readFileSync(join(root, path), "utf8"))
}

function patched(objects: Manifest[], patch: Manifest): Manifest[] {
  const isSame = (one: Manifest) => one.kind === patch.kind && one.metadata.name === patch.metadata.name
  if (!objects.some(isSame)) throw new Error(`There is no ${patch.kind} ${patch.metadata.name} to patch.`)
  return objects.map((one) => (isSame(one) ? (merged(one, patch) as Manifest) : one))
}

/** As Kubernetes merges: fields of objects, entries of lists by their names, and everything else in its place. */
function merged(old: unknown, change: unknown): unknown {
  if (isNamedList(old) && isNamedList(change)) {
    const others = old.filter(({ name }) => !change.some((each) => each.name === name))
    return [...others, ...change.map((each) => merged(old.find(({ name }) => name === each.name) ?? {}, each))]
  }
  if (!isPlain(old) || !isPlain(change)) return change
  const entries = Object.entries(change).map(([field, value]) => [field, merged(old[field], value)] as const)
  return { ...old, ...Object.fromEntries(entries) }
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}

function isNamedList(value: unknown): value is { name: string }[] {
  return Array.isArray(value) && value.every((each) => isPlain(each) && "name" in each)
}

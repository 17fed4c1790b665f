import * as models from "kubernetes-models"
import * as z from "zod"
import type { Manifest } from "./kubernetes-files.ts"

type Model = { new (data: Manifest): object; prototype: { validate(): void } }

/** What is wrong with an object by the schema of its kind: undefined where nothing is. */
export function faultIn(object: Manifest): string | undefined {
  const own = Object.hasOwn(googleKinds, object.kind) ? googleKinds[object.kind as keyof typeof googleKinds] : undefined
  return own ? own.safeParse(object).error?.message : faultByModel(object)
}

function faultByModel(object: Manifest): string | undefined {
  const model = modelOf(object)
  if (model === undefined) return `${object.apiVersion} has no kind ${object.kind}`
  const reads = new Reads()
  try {
    model.prototype.validate.call(reads.watched({ ...object }))
  } catch (error) {
    return (error as Error).message
  }
  const unknown = reads.unreadIn(object)
  return unknown.length === 0 ? undefined : `${object.kind} has no ${unknown.join(", ")}`
}

function modelOf({ apiVersion, kind }: Manifest): Model | undefined {
  const [version, group] = apiVersion.split("/").toReversed()
  const name = group?.replaceAll(/[.](\w)/g, (_, letter: string) => letter.toUpperCase())
  const groups = models as unknown as Record<string, Record<string, Record<string, Model>>>
  const kinds = name === undefined ? (models.v1 as unknown as Record<string, Model>) : groups[name]?.[version]
  return kinds?.[kind]
}

/** Which fields a schema asked for: one that it never did, it does not know. */
class Reads {
  readonly #read = new Map<object, Set<PropertyKey>>()

  watched<Kind extends object>(value: Kind): Kind {
    return new Proxy(value, {
      get: (of, field) => {
        const read = this.#read.get(of) ?? new Set()
        this.#read.set(of, read.add(field))
        const found: unknown = Reflect.get(of, field)
        return typeof found === "object" && found !== null ? this.watched(found) : found
      },
    })
  }

  /** The fields nobody asked for, but at the top, which is a copy. */
  unreadIn(value: object, place = ""): string[] {
    const read = this.#read.get(value)
    return Object.entries(value).flatMap(([field, inner]: [string, unknown]) => {
      const at = place === "" ? field : `${place}.${field}`
      if (place !== "" && read !== undefined && !read.has(field)) return [at]
      return typeof inner === "object" && inner !== null ? this.unreadIn(inner, at) : []
    })
  }
}

const named = { metadata: z.strictObject({ name: z.string(), namespace: z.string().optional() }) }
const seconds = z.int().min(1)

/** Kinds of Google's own, as far as they are used here: https://cloud.google.com/kubernetes-engine/docs/how-to/ingress-configuration */
const googleKinds = {
  ManagedCertificate: z.strictObject({
    ...named,
    apiVersion: z.literal("networking.gke.io/v1"),
    kind: z.string(),
    spec: z.strictObject({ domains: z.array(z.string()).min(1) }),
  }),
  FrontendConfig: z.strictObject({
    ...named,
    apiVersion: z.literal("networking.gke.io/v1beta1"),
    kind: z.string(),
    spec: z.strictObject({ redirectToHttps: z.strictObject({ enabled: z.boolean() }) }),
  }),
  BackendConfig: z.strictObject({
    ...named,
    apiVersion: z.literal("cloud.google.com/v1"),
    kind: z.string(),
    spec: z.strictObject({
      timeoutSec: seconds,
      connectionDraining: z.strictObject({ drainingTimeoutSec: seconds }),
      healthCheck: z.strictObject({
        type: z.enum(["HTTP", "HTTPS", "HTTP2"]),
        requestPath: z.string().startsWith("/"),
        port: z.int(),
        checkIntervalSec: seconds,
        timeoutSec: seconds,
      }),
    }),
  }),
} as const

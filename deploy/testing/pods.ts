import type { Manifest } from "./kubernetes-files.ts"

export type Container = {
  name: string
  image: string
  args?: string[]
  command?: string[]
  env?: { name: string; value?: string; valueFrom?: object }[]
  resources: { requests: Record<string, string>; limits: Record<string, string> }
  securityContext: Record<string, unknown>
  [probe: string]: unknown
}

/** What runs: its labels, its settings, and all its containers. */
export type Pod = {
  owner: string
  labels: Record<string, string>
  spec: {
    securityContext: Record<string, unknown>
    automountServiceAccountToken: boolean
    volumes: { name: string; secret?: { secretName: string } }[]
    [field: string]: unknown
  }
  containers: Container[]
}

type Template = { metadata: { labels: Record<string, string> }; spec: Pod["spec"] }

/** Every pod that some objects lead to. */
export function podsOf(objects: Manifest[]): Pod[] {
  return objects.flatMap((object) => {
    const template = templateOf(object)
    if (template === undefined) return []
    const { containers, initContainers = [] } = template.spec as unknown as Record<string, Container[]>
    const { labels } = template.metadata
    return [
      { owner: object.metadata.name, labels, spec: template.spec, containers: [...containers, ...initContainers] },
    ]
  })
}

function templateOf({ kind, spec }: Manifest): Template | undefined {
  if (kind === "CronJob") return (spec as { jobTemplate: { spec: { template: Template } } }).jobTemplate.spec.template
  return (spec as { template?: Template } | undefined)?.template
}

type Selector = { matchLabels?: Record<string, string>; matchExpressions?: { key: string; values: string[] }[] }

/** Whether a selector means a pod with these labels; an empty one means every pod. */
export function selects(
  { matchLabels = {}, matchExpressions = [] }: Selector,
  labels: Record<string, string>,
): boolean {
  return (
    Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
    matchExpressions.every(({ key, values }) => values.includes(labels[key]))
  )
}

/** A rule that a schema breaks, and where. */
export type BrokenRule = { path: string; because: string }

const forbidden = [
  "anyOf",
  "oneOf",
  "allOf",
  "not",
  "if",
  "$ref",
  "$defs",
  "default",
  "const",
  "pattern",
  "format",
  "nullable",
  "patternProperties",
  "prefixItems",
  "propertyNames",
]
const bounds = [
  "minimum",
  "maximum",
  "minLength",
  "maxLength",
  "minItems",
  "maxItems",
  "exclusiveMinimum",
  "exclusiveMaximum",
  "multipleOf",
]
const MOST_DEPTH = 5

/**
 * What keeps a JSON Schema from one of the strict modes of all servers: an object at the root, every field required,
 * objects closed, no unions, defaults, records or patterns, a single type, at most five levels, and but for grammars
 * on the device no bounds.
 */
export function brokenRules(schema: unknown, flavour: "hosted" | "device"): BrokenRule[] {
  const root = schema as { type?: unknown }
  const atRoot = root?.type === "object" ? [] : [{ path: "", because: "the root is not an object" }]
  return [
    ...atRoot,
    ...broken(schema, { path: "", depth: 1, banned: flavour === "hosted" ? [...forbidden, ...bounds] : forbidden }),
  ]
}

type Place = { path: string; depth: number; banned: string[] }

function broken(schema: unknown, place: Place): BrokenRule[] {
  const { path, depth, banned } = place
  const node = (schema ?? {}) as Record<string, unknown>
  const rule = (isBroken: boolean, because: string) => (isBroken ? [{ path, because }] : [])
  const properties = Object.entries((node.properties ?? {}) as Record<string, unknown>)
  const required = Array.isArray(node.required) ? (node.required as string[]) : []
  return [
    ...rule(depth > MOST_DEPTH, `it is deeper than ${MOST_DEPTH} levels`),
    ...banned.flatMap((word) => rule(Object.hasOwn(node, word), `it uses ${word}`)),
    ...rule(typeof node.type !== "string", "it has not exactly one type"),
    ...rule(node.type === "object" && node.additionalProperties !== false, "it is open to other fields"),
    ...rule(
      properties.length !== required.length || properties.some(([name]) => !required.includes(name)),
      "not every field is required",
    ),
    ...rule(
      Array.isArray(node.enum) && (node.enum as unknown[]).some((each) => typeof each !== "string" || each === ""),
      "a choice is empty or no text",
    ),
    ...rule(node.type === "array" && node.items === undefined, "a list does not say of what"),
    ...properties.flatMap(([name, field]) =>
      broken(field, { ...place, path: path === "" ? name : `${path}.${name}`, depth: depth + 1 }),
    ),
    ...(node.items === undefined ? [] : broken(node.items, { ...place, path: `${path}[]`, depth: depth + 1 })),
  ]
}

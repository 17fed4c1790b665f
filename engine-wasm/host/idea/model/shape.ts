/**
 * What a model fills in, described once: from it come the JSON Schema of each flavour, the type, and the reader. All
 * fields are always there, and an empty one ("", 0, []) means "not used": every server's strict mode takes that.
 */
export type Shape =
  | { kind: "text"; about?: string; most: number }
  | { kind: "number"; about?: string; least: number; most: number; isWhole: boolean }
  | { kind: "choice"; about?: string; of: readonly string[] }
  | { kind: "list"; about?: string; of: Shape; most: number }
  | { kind: "object"; about?: string; fields: Readonly<Record<string, Shape>> }

/** The value that a shape describes. */
export type Filled<S> = S extends { kind: "text" }
  ? string
  : S extends { kind: "number" }
    ? number
    : S extends { kind: "choice"; of: readonly (infer Choice)[] }
      ? Choice
      : S extends { kind: "list"; of: infer Item }
        ? Filled<Item>[]
        : S extends { kind: "object"; fields: infer Fields }
          ? { -readonly [Key in keyof Fields]: Filled<Fields[Key]> }
          : never

type About = { about?: string }

export const text = (most: number, about?: string) => ({ kind: "text", most, about }) as const
export const number = (least: number, most: number, about?: string) =>
  ({ kind: "number", least, most, isWhole: false, about }) as const
export const whole = (least: number, most: number, about?: string) =>
  ({ kind: "number", least, most, isWhole: true, about }) as const
export const choice = <const Choice extends string>(of: readonly Choice[], about?: string) =>
  ({ kind: "choice", of, about }) as const
export const list = <Item extends Shape>(of: Item, most: number, about?: string) =>
  ({ kind: "list", of, most, about }) as const
export const object = <const Fields extends Record<string, Shape>>(fields: Fields, about?: string) =>
  ({ kind: "object", fields, about }) as const

/** A grammar enforces bounds, and without them a small model may fill one field without end; strict modes refuse them. */
export type SchemaFlavour = "hosted" | "device"

/** The JSON Schema of a shape. */
export function jsonSchemaOf(shape: Shape, flavour: SchemaFlavour): { [key: string]: unknown } {
  const described = describedBy(shape)
  const bounds = flavour === "device"
  switch (shape.kind) {
    case "text":
      return { type: "string", ...described, ...(bounds && { maxLength: shape.most }) }
    case "number":
      return {
        type: shape.isWhole ? "integer" : "number",
        ...described,
        ...(bounds && { minimum: shape.least, maximum: shape.most }),
      }
    case "choice":
      return { type: "string", enum: [...shape.of], ...described }
    case "list":
      return {
        type: "array",
        ...described,
        items: jsonSchemaOf(shape.of, flavour),
        ...(bounds && { maxItems: shape.most }),
      }
    case "object": {
      const fields = Object.entries(shape.fields).map(([name, field]) => [name, jsonSchemaOf(field, flavour)])
      return {
        type: "object",
        ...described,
        properties: Object.fromEntries(fields) as object,
        required: Object.keys(shape.fields),
        additionalProperties: false,
      }
    }
  }
}

function describedBy({ about }: About): { description?: string } {
  return about === undefined ? {} : { description: about }
}

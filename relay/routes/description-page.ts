import type { Description, Operation } from "./description.ts"

/** The API's document as a page: no script, nothing from elsewhere. */
export function descriptionPage({ info, paths, components }: Description): string {
  const operations = Object.entries(paths ?? {}).flatMap(([path, item]) =>
    Object.entries(item as Record<string, Operation>).map(([method, operation]) => section(method, path, operation)),
  )
  const schemas = Object.entries(components?.schemas ?? {}).map(
    ([name, schema]) => `<h2>${text(name)}</h2>${code(schema)}`,
  )
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${text(info.title)} API</title><style>${style}</style>
<main><h1>${text(info.title)} API <small>${text(info.version)}</small></h1><p>${text(info.description ?? "")}</p>
<p><a href="openapi.json">openapi.json</a></p>${operations.join("")}${schemas.join("")}</main></html>`
}

function section(method: string, path: string, operation: Operation): string {
  const { summary = "", requestBody, parameters, responses = {}, "x-scope": scope = "" } = operation
  const told = ([status, { description = "" }]: [string, { description?: string }]) => `${status} ${description}`
  const [refused, given] = [true, false].map((isRefusal) =>
    Object.entries(responses)
      .filter(([status]) => isRefusal === !/^[23]/.test(status))
      .map(told)
      .join(", "),
  )
  return `<section><h2><b>${text(method.toUpperCase())}</b> /api${text(path)} <small>${text(scope)}</small></h2>
<p>${text(summary)}. ${given && `Answers ${text(given)}.`}</p>
<p>Refuses with ${text(refused)}.</p>
${details("Address", parameters)}${details("Body", requestBody)}${details("Answer", responses)}</section>`
}

function details(name: string, value: unknown): string {
  return value === undefined ? "" : `<details><summary>${name}</summary>${code(value)}</details>`
}

function code(value: unknown): string {
  return `<pre>${text(JSON.stringify(value, null, 2))}</pre>`
}

function text(plain: string): string {
  return plain.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`)
}

const style = `:root{color-scheme:light dark;font:15px/1.5 system-ui,sans-serif}main{max-width:60rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.5rem}h2{font-size:1rem;font-weight:400;margin:1.5rem 0 0}small{opacity:.7}p{margin:.25rem 0}pre{overflow:auto;font-size:.85rem}`

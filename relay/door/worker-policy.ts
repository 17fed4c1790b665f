import { isPublicAddress, modelHosts } from "#models"

/**
 * The policy of a worker's own script, where it needs another than the pages: each may do what its work takes, and
 * nothing else, and no page may do it. `to`: the model server that its address names.
 */
export function workerPolicyOf(path: string, to: string | undefined): string | undefined {
  const name = /^\/assets\/([a-z-]+-worker)-[\w-]+\.js$/.exec(path)?.[1]
  switch (name) {
    // AssemblyScript's compiler fetches its own WebAssembly from a data: address.
    case "asc-worker":
      return policy({ connect: "'self' data:" })
    // llama.cpp starts a worker of its own from a blob.
    case "wllama-worker":
      return policy({ connect: "'self' blob:", script: "'self' 'wasm-unsafe-eval' blob:", worker: "'self' blob:" })
    // The library, the configuration and the pieces of a model that a person chose to download.
    case "web-llm-worker":
      return policy({ connect: `'self' ${downloadHosts.join(" ")}` })
    case "server-model-worker":
      return policy({ connect: modelServer(to) ?? "'none'" })
    default:
      return undefined
  }
}

/** Where web-llm's models come from, and where those addresses lead on to. */
const downloadHosts = [
  "https://huggingface.co",
  "https://*.huggingface.co",
  "https://*.hf.co",
  "https://raw.githubusercontent.com",
]

/** The origin of a server that may be asked from the browser: one of the named companies, or a computer at home. */
function modelServer(to: string | undefined): string | undefined {
  if (to === undefined || !URL.canParse(to)) return undefined
  const { origin, hostname, protocol } = new URL(to)
  const isNamed = modelHosts.some(({ baseUrl }) => baseUrl !== "" && new URL(baseUrl).origin === origin)
  const isAtHome = /^https?:$/.test(protocol) && !isPublicAddress(hostname)
  return isNamed || isAtHome ? origin : undefined
}

type Allowed = { connect: string; script?: string; worker?: string }

function policy({ connect, script, worker = "'self'" }: Allowed): string {
  return [
    "default-src 'none'",
    "base-uri 'none'",
    "object-src 'none'",
    "frame-ancestors 'none'",
    "form-action 'none'",
    `worker-src ${worker}`,
    `connect-src ${connect}`,
    `script-src ${script ?? "'self' 'wasm-unsafe-eval'"}`,
    // A script's address made of a blob is one that trusted types would refuse.
    ...(script === undefined ? ["require-trusted-types-for 'script'"] : []),
  ].join("; ")
}

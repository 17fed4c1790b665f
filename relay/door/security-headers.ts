import type { MiddlewareHandler } from "hono"
import { directHosts } from "#venues"
import { workerPolicyOf } from "./worker-policy.ts"

/** Policies that Monaco creates for itself; ours is `app-worker` (web/worker/trusted-worker.ts). */
const trustedTypePolicies = [
  "app-worker",
  "editorViewLayer",
  "richScreenReaderContent",
  "domLineBreaksComputer",
  "diffReview",
  "diffEditorWidget",
  "editorGhostText",
  "stickyScrollViewLayer",
  "standaloneColorizer",
  "defaultWorkerFactory",
  "tokenizeToString",
  "dompurify",
  "'allow-duplicates'",
].join(" ")

/**
 * What our pages may load and do: an injected script cannot run, and can reach only us and the exchanges' public
 * data.
 */
export const contentPolicy = contentPolicyWith(["'self'", ...directHosts].join(" "))

const headers = {
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
}

/** For a year a browser asks the public address by TLS alone: https://www.rfc-editor.org/rfc/rfc6797 */
const ONLY_TLS = "max-age=31536000"

/** Puts the content policy and its companions on every answer, errors included; no cache stores the API's answers. */
export function securityHeaders(): MiddlewareHandler {
  return async (c, next) => {
    await next()
    for (const [name, value] of Object.entries(headers)) c.header(name, value)
    c.header("content-security-policy", workerPolicyOf(c.req.path, c.req.query("to")) ?? contentPolicy)
    if (c.get("entrance")?.isPublic) c.header("strict-transport-security", ONLY_TLS)
    if (c.req.path.startsWith("/api/")) c.header("cache-control", "no-store")
  }
}

function contentPolicyWith(connections: string): string {
  return [
    "default-src 'none'",
    "base-uri 'none'",
    "object-src 'none'",
    "frame-ancestors 'none'",
    "form-action 'none'",
    "img-src 'self' data:",
    "font-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    `connect-src ${connections}`,
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self' 'unsafe-inline'",
    "require-trusted-types-for 'script'",
    `trusted-types ${trustedTypePolicies}`,
  ].join("; ")
}

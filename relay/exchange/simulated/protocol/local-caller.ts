const OWN_NAME = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/

/** The headers that tell where a request comes from, as sent. */
export type Origin = { host: string | undefined; origin: string | undefined; site: string | undefined }

/** Whether the computer is called by a name of its own: a foreign one means somebody pointed their domain here. */
export function isOwnName(host: string | undefined): boolean {
  return OWN_NAME.test(host ?? "")
}

/**
 * Whether a request comes from a program of this computer or from an address a person typed. Browsers add an origin
 * or a site to whatever a page sends, programs add neither; no page has any business here, whatever port it came from.
 */
export function isOwnProgram({ host, origin, site }: Origin): boolean {
  return isOwnName(host) && !isFromPage({ origin, site })
}

export function isFromPage({ origin, site }: Omit<Origin, "host">): boolean {
  return origin !== undefined || (site !== undefined && site !== "none")
}

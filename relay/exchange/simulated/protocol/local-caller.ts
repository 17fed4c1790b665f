const OWN_NAME = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/

/** The headers that show where a request comes from, as sent. */
export type Origin = { host: string | undefined; origin: string | undefined; site: string | undefined }

/** Whether Host is a name of this computer: a foreign one means somebody pointed their domain here. */
export function isOwnName(host: string | undefined): boolean {
  return OWN_NAME.test(host ?? "")
}

/**
 * Whether a request comes from a program of this computer or from a typed address. Browsers add an origin or a site
 * to whatever a page sends, programs add neither; no page may come in here, whatever its port.
 */
export function isOwnProgram({ host, origin, site }: Origin): boolean {
  return isOwnName(host) && !isFromPage({ origin, site })
}

export function isFromPage({ origin, site }: Omit<Origin, "host">): boolean {
  return origin !== undefined || (site !== undefined && site !== "none")
}

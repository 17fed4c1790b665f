const OWN_NAME = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/
const OWN_PAGE = /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/

/**
 * Whether a request comes from a program or page of this computer: it names the computer itself (a foreign name means
 * somebody pointed
 * their domain here), and no page of another website sent it. Header values as sent.
 */
export function isLocalCaller({
  host,
  origin,
  site,
}: {
  host: string | undefined
  origin: string | undefined
  site: string | undefined
}): boolean {
  if (!OWN_NAME.test(host ?? "")) return false
  return (origin === undefined || OWN_PAGE.test(origin)) && site !== "cross-site"
}

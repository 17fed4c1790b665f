/** Where Telegram answers: a stand-in on this computer takes its place where the environment names one. */
export function telegramFrom(text: string | undefined): URL {
  if (!text) return new URL("https://api.telegram.org/")
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url?.protocol === "http:" && /^(localhost|127\.0\.0\.1|\[::1\])$/.test(url.hostname)) return url
  throw new Error(
    "CANDLEWRIGHT_TELEGRAM_URL is the address of a stand-in on this computer, such as http://127.0.0.1:9200/",
  )
}

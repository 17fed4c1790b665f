/** Asks a program on this machine; anything but a good answer is an error with what it said. */
export async function jsonRequest(
  url: string,
  { method, body, token }: { method?: string; body?: object; token?: string } = {},
): Promise<unknown> {
  const answer = await fetch(url, {
    method: method ?? (body === undefined ? "GET" : "POST"),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    headers: {
      "content-type": "application/json",
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
  })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${method ?? "asked"} ${url}: ${answer.status} ${text.slice(0, 300)}`)
  return text === "" ? undefined : JSON.parse(text)
}

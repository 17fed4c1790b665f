import { type Attack, request, type Target } from "./attack.ts"

const writing = (accountId: string) => [
  "POST /api/tokens",
  "POST /api/accounts",
  "POST /api/bots",
  "POST /api/pair",
  `PATCH /api/accounts/${accountId}`,
  `PUT /api/accounts/${accountId}/key`,
]

/** Bodies that a page can send without asking first: they are not JSON by their own word. */
export function contentTypeAttacks({ port, admin, accountId }: Target): Attack[] {
  const types = [
    "",
    "text/plain",
    "text/plain; application/json",
    "text/plain;charset=application/json",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "application/jsonx",
    "application/json+evil",
    "application/json, text/plain",
    "text/json",
    "application/csp-report",
    "application\\json",
  ]
  return writing(accountId).flatMap((line) =>
    types.map((type) => ({
      name: `${line} as ${type}`,
      bytes: request({
        line,
        host: `localhost:${port}`,
        headers: [`Authorization: ${admin}`, `Content-Type: ${type}`],
        body: '{"name":"x","scope":"admin"}',
      }),
      statuses: [415],
    })),
  )
}

/** JSON that is deep, reaches for prototypes, has numbers that are none, or letters that are not what they seem. */
export function jsonAttacks({ port, admin, accountId }: Target): Attack[] {
  const texts = [
    `${"[".repeat(100_000)}${"]".repeat(100_000)}`,
    `${'{"name":'.repeat(20_000)}1${"}".repeat(20_000)}`,
    '{"__proto__":{"scope":"admin","name":"x","venue":"practice","mode":"paper"}}',
    '{"name":"x","scope":"admin","venue":"practice","mode":"paper","__proto__":{"isAdmin":true}}',
    '{"name":"x","scope":"admin","venue":"practice","mode":"paper","constructor":{"prototype":{"isAdmin":true}}}',
    '{"name":"x","name":"y","risk":{"__proto__":{"dailyLossPercent":100}}}',
    '{"name":"x","scope":"admin","expiresMs":NaN}',
    '{"name":"x","scope":"admin","expiresMs":1e999}',
    '{"name":"x","scope":"admin","expiresMs":-1e999}',
    '{"name":"x","scope":"admin","expiresMs":9007199254740993}',
    '{"name":"x","scope":"admin","expiresMs":"1"}',
    '{"name":"x","scope":["admin"]}',
    '{"name":{"$gt":""},"scope":{"$ne":""}}',
    '{"risk":{"dailyLossPercent":1e999}}',
    '{"risk":{"riskPercent":-1}}',
    '{"risk":{"maxOrderQuote":"NaN"}}',
    '{"risk":{"maxOrderQuote":"1e9"}}',
    '{"risk":{"allowedMarkets":["../../x"],"more":1}}',
    "\u00ef\u00bb\u00bf\u0000{}",
    "{}{}",
    "[]",
    "null",
    '"text"',
    "0",
    "<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>",
    "name=x&scope=admin",
    "undefined",
  ]
  return writing(accountId).flatMap((line) =>
    texts.map((body) => ({
      name: `${line} ${body.slice(0, 70)}`,
      bytes: request({
        line,
        host: `localhost:${port}`,
        headers: [`Authorization: ${admin}`],
        body,
      }),
      statuses: [400, 413, 422],
    })),
  )
}

/** Names of something that is otherwise good, which would look like another or break a line. */
export function nameAttacks({ port, admin, accountId }: Target): Attack[] {
  const names = [
    "",
    "   ",
    "a\\u0000b",
    "a\\nb",
    "a\\r\\nSet-Cookie: x=1",
    "abc\\u202edcb",
    "a\\u2066b\\u2069",
    "a\\u200fb",
    "a\\u2028b",
    "a\\u2029b",
    "a\\u0085b",
    "\\u200b",
    "\\ufeff",
    "a\\ud800",
    "\\udc00\\ud800",
    "a\\u001b[2J",
    "x".repeat(81),
  ]
  const takers: Record<string, (name: string) => string> = {
    "POST /api/tokens": (name) => `{"name":"${name}","scope":"read"}`,
    "POST /api/accounts": (name) => `{"name":"${name}","venue":"practice","mode":"paper"}`,
    [`PATCH /api/accounts/${accountId}`]: (name) => `{"name":"${name}"}`,
  }
  return Object.entries(takers).flatMap(([line, bodyOf]) =>
    names.map((name) => ({
      name: `${line} named ${name}`,
      bytes: request({ line, host: `localhost:${port}`, headers: [`Authorization: ${admin}`], body: bodyOf(name) }),
      statuses: [400, 422],
    })),
  )
}

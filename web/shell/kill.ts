import { answered, relay } from "../relay-client/relay.ts"
import { tellNews } from "../relay-client/relay-news.ts"

/** Whether the kill switch of the relay is on. */
export async function askKill() {
  const answer = await answered(relay.kill.$get())
  return answer.json()
}

/** Stops whatever adds risk; once more changes nothing. */
export async function stopEverything() {
  await answered(relay.kill.$post())
  tellNews()
}

/** Lets bots buy again. */
export async function releaseKill() {
  await answered(relay.kill.$delete())
  tellNews()
}

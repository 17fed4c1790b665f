// OpenAI's library comes for those who ask through their relay.
export { relayedModel } from "#models"

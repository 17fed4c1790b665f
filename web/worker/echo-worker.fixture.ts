// The smallest worker there is, for trusted-worker.browser.test.ts.
addEventListener("message", (event: MessageEvent<string>) => postMessage(`${event.data} from ${self.name}`))
